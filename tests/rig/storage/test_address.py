"""URLs carry no secret, and nothing that is said does."""

from pathlib import Path

import pytest

from contracts.errors import UsageError
from rig.storage.address import checked, is_url, parent, without_secrets
from rig.storage.opening import open_place


def test_what_a_url_is() -> None:
    assert [is_url(text) for text in ("s3://b/x", "memory://x", "out", "/a/b", "C:x", "a:b")] == [True] * 2 + [
        False
    ] * 4
    assert parent("s3://bucket/deep/a.mcap") == ("s3://bucket/deep", "a.mcap")


@pytest.mark.parametrize("url", ["s3://", "s3://bucket", "s3://bucket/"])
def test_a_url_that_names_no_file(url: str) -> None:
    with pytest.raises(UsageError, match="names no file"):
        parent(url)


@pytest.mark.parametrize(
    "url",
    ["sftp://me:hunter2hunter2@host/x", "https://host/a?X-Amz-Signature=hunter2hunter2", "https://hunter2@host/a"],
)
def test_a_secret_in_a_url_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(UsageError, match="do not belong into a URL") as error:
        checked(url)
    assert "hunter2" not in str(error.value)


def test_a_name_is_no_secret() -> None:
    assert checked("sftp://me@host/recordings/") == "sftp://me@host/recordings"


def test_secrets_of_the_environment_are_not_said() -> None:
    environment = {"AWS_SECRET_ACCESS_KEY": "wJalrXUtnFEMI", "AWS_SESSION_TOKEN": "FwoGZXIvYXdz", "REGION": "eu-west-1"}
    said = without_secrets("wJalrXUtnFEMI at eu-west-1 with FwoGZXIvYXdz", environment)
    assert said == "*** at eu-west-1 with ***"


def test_an_unknown_scheme_says_what_to_install(tmp_path: Path) -> None:
    pytest.importorskip("fsspec", reason="stores behind URLs need the extra 'storage'")
    with pytest.raises(UsageError, match=r"walkout-rig\[storage\]"):
        open_place("nosuch://x/y")


def test_without_fsspec_a_folder_still_works_and_a_url_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "fsspec.core", None)
    assert list(open_place(str(tmp_path)).files()) == []
    with pytest.raises(UsageError, match=r"walkout-rig\[storage\]"):
        open_place("s3://bucket/x")
