"""Where a stream is, asked over ONVIF."""

import base64
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.errors import DeviceUnavailable
from devices.camera import soap
from devices.camera.address import Login
from devices.camera.onvif import find_stream
from tests.devices.camera.onvif_device import PASSWORD, OnvifDevice

WHO = Login("operator", PASSWORD)
STREAM = "rtsp://who:ever@192.0.2.9:554/live"
SMALL = (320, 180)
HEADS = st.sampled_from([b'<?xml version="1.0" encoding="%s"?>' % name for name in (b"x", b"utf-16", b"gb2312")])


@pytest.fixture
def device() -> Iterator[OnvifDevice]:
    made = OnvifDevice(STREAM)
    yield made
    made.close()


def test_the_digest_of_onvifs_own_example() -> None:
    nonce = base64.b64decode("LKqI6G/AikKCQrN0zqZFlg==")
    assert soap.digest(nonce, "2010-09-16T07:50:45Z", "userpassword") == "tuOSpGlFlIXsozq4HFNeeGeFLEI="


def test_the_profile_of_the_calibrated_size_is_taken(device: OnvifDevice) -> None:
    found = find_stream(device.url, WHO, size=SMALL)
    assert found.url == "rtsp://192.0.2.9:554/live?p1"  # no user: whose password would it be?
    assert (found.identity, found.firmware) == ("Acme Eye 2 42", "1.7")
    assert find_stream(device.url, WHO, size=(640, 360)).url.endswith("?p0")
    assert find_stream(device.url, WHO, size=SMALL, profile="main").url.endswith("?p0")
    assert find_stream(device.url, WHO, size=SMALL, profile="p0").url.endswith("?p0")


def test_a_profile_that_is_not_there_names_those_that_are(device: OnvifDevice) -> None:
    with pytest.raises(DeviceUnavailable, match=r"(?s)no such profile.*main \(1920 x 1080\), sub \(320 x 180\)"):
        find_stream(device.url, WHO, size=SMALL, profile="third")


@pytest.mark.parametrize("who", [Login("operator", "wrong-one"), Login("stranger", "wrong-one"), Login()])
def test_a_wrong_password_is_told_and_not_printed(device: OnvifDevice, who: Login) -> None:
    with pytest.raises(DeviceUnavailable, match=r"(?s)refuses the user or the password.*password file") as caught:
        find_stream(device.url, who, size=SMALL)
    assert "wrong-one" not in str(caught.value)


def test_a_camera_whose_clock_is_wrong_is_asked_by_its_own() -> None:
    device = OnvifDevice(STREAM, ahead=timedelta(days=-9000))
    try:
        assert find_stream(device.url, WHO, size=SMALL).url.endswith("?p1")
    finally:
        device.close()


def test_a_camera_that_names_no_host_of_use_is_taken_where_it_was_reached() -> None:
    device = OnvifDevice("rtsp://0.0.0.0:8554/live")
    try:
        assert find_stream(device.url, WHO, size=SMALL).url == "rtsp://127.0.0.1:8554/live?p1"
    finally:
        device.close()


@pytest.mark.parametrize(
    ("broken", "found"),
    [
        ("<html>hello</html>", "no SOAP 1.2"),
        ("hello", "no XML"),
        ('<!DOCTYPE x [<!ENTITY a "b">]><x/>', "entities"),
        (soap.question("", Login(), b"", 0).decode(), "an address that is none|no such profile"),
    ],
)
def test_what_is_no_onvif_is_told(device: OnvifDevice, broken: str, found: str) -> None:
    device.broken = broken
    with pytest.raises(DeviceUnavailable, match=found):
        find_stream(device.url, WHO, size=SMALL)


@settings(deadline=None, max_examples=300)
@given(
    st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode), st.tuples(HEADS, st.binary(max_size=80)))
)
def test_any_bytes_are_an_answer_or_none(data: bytes | tuple[bytes, bytes]) -> None:
    with suppress(soap.BadAnswer):
        body = soap.answer(data if isinstance(data, bytes) else b"".join(data))
        soap.profiles(body)
        soap.clock_s(body)


def test_silence_is_told() -> None:
    with pytest.raises(DeviceUnavailable, match=r"(?s)does not answer over ONVIF.*refused.*camera/rtsp"):
        find_stream("http://127.0.0.1:9/onvif/device_service", WHO, size=SMALL)
