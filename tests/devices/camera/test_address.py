"""Addresses and passwords."""

from pathlib import Path

import pytest

from contracts.errors import BadFile, UsageError
from devices.camera.address import Login, check, login, with_login


def test_an_address_is_taken_as_it_is() -> None:
    assert check("rtsp://192.0.2.7/live/main", "rtsp") == "rtsp://192.0.2.7/live/main"
    assert check("https://cam.example/onvif/device_service", "http").startswith("https:")


@pytest.mark.parametrize("url", ["", "/dev/video0", "http://cam/x", "rtsp://", "rtsp://cam:0/x", "rtsp://cam:99999/x"])
def test_what_is_none_is_refused(url: str) -> None:
    with pytest.raises(UsageError, match=r"(?s)cannot be reached so.*rtsp://HOST"):
        check(url, "rtsp")


@pytest.mark.parametrize("url", ["rtsp://me:secret@cam/x", "http://me:secret@cam/x", "rtsp://me:secret@cam:99999/x"])
def test_a_password_in_a_line_is_refused_and_not_printed(url: str) -> None:
    with pytest.raises(UsageError) as caught:
        check(url, "rtsp")
    assert "secret" not in str(caught.value)


def test_a_password_is_read_from_its_file_and_shown_nowhere(tmp_path: Path) -> None:
    (tmp_path / "p").write_text("s@cr/et:1\n")
    who = login("op erator", tmp_path / "p")
    assert who == Login("op erator", "s@cr/et:1")
    assert "cr" not in repr(who)
    assert with_login("rtsp://cam:554/x", who) == "rtsp://op%20erator:s%40cr%2Fet%3A1@cam:554/x"
    assert with_login("rtsp://cam/x", Login()) == "rtsp://cam/x"


def test_half_a_login_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="belong together"):
        login("me", None)
    with pytest.raises(UsageError, match="belong together"):
        login("", tmp_path / "p")
    with pytest.raises(BadFile, match="cannot be read"):
        login("me", tmp_path / "p")
    (tmp_path / "p").write_text("\n")
    with pytest.raises(BadFile, match="no password"):
        login("me", tmp_path / "p")
