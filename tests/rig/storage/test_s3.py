"""Against an S3 server of somebody else's: moto's, in a process of its own."""

import json
import os
import re
import signal
import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from rig.run import RunResult
from rig.storage.cache import fetched
from rig.storage.keeping import keep
from rig.storage.note import sha256
from rig.storage.opening import open_place
from tests.rig.kiosk import ROOT, rig

SERVER = ROOT / ".peers/moto/bin/moto_server"
SECRET = "wJalrXUtnFEMI-not-a-real-key"

pytestmark = [
    pytest.mark.peer,
    pytest.mark.skipif(not SERVER.exists(), reason="an S3 server is not here: ci/peers installs moto"),
]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve S3 on a free port of this machine; yields the address."""
    log = tmp_path_factory.mktemp("moto") / "log"
    with log.open("w") as out:
        command = [str(SERVER), "-H", "127.0.0.1", "-p", "0"]
        process = subprocess.Popen(command, stdout=out, stderr=out, env=os.environ | {"PYTHONUNBUFFERED": "1"})
    try:
        while not (found := re.search(r"http://127\.0\.0\.1:\d+", log.read_text())):
            assert process.poll() is None, log.read_text()
        urllib.request.urlopen(urllib.request.Request(f"{found[0]}/lab", method="PUT")).close()
        yield found[0]
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


@pytest.fixture
def keys(server: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    pytest.importorskip("s3fs", reason="s3:// needs the extra 'storage'")
    said = {
        "AWS_ENDPOINT_URL": server, "AWS_ACCESS_KEY_ID": "AKIALAB", "AWS_SECRET_ACCESS_KEY": SECRET,
        "AWS_DEFAULT_REGION": "eu-west-1",
    }  # fmt: skip
    for name, value in said.items():
        monkeypatch.setenv(name, value)
    return said


def test_a_run_goes_there_and_comes_back(
    keys: dict[str, str], result: RunResult, recorded: Path, cache: Path, tmp_path: Path
) -> None:
    url = keep(result, open_place("s3://lab/nights/1"))
    assert url == "s3://lab/nights/1/look.mcap"
    done = rig("inspect", url, "--json", XDG_CACHE_HOME=str(cache), **keys)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["scenario"] == "look"
    assert sha256(fetched(url)) == sha256(recorded)
    seen = [file for file in open_place("s3://lab/nights").files() if file.name.endswith(".mcap")]
    assert [(file.name, file.bytes) for file in seen] == [("1/look.mcap", recorded.stat().st_size)]


def test_what_has_been_kept_long_enough_goes(keys: dict[str, str], result: RunResult) -> None:
    keep(result, open_place("s3://lab/old"))
    done = rig("prune", "s3://lab/old", "--keep", "1d", **keys)
    assert "0 recordings went" in done.stdout, done.stderr
    done = rig("prune", "s3://lab/old", "--keep", "0min", "--keep-failed", "1d", **keys)
    assert "1 recordings went" in done.stdout, done.stderr
    assert list(open_place("s3://lab/old").files()) == []


def test_a_bucket_that_is_not_there_is_complained_of_without_a_secret(keys: dict[str, str], cache: Path) -> None:
    done = rig("inspect", "s3://nowhere/look.mcap", XDG_CACHE_HOME=str(cache), **keys)
    assert done.returncode == 6, done.stdout
    assert "no such recording" in done.stderr
    assert SECRET not in done.stdout + done.stderr


def test_nothing_that_is_stored_holds_the_secret(keys: dict[str, str], result: RunResult, tmp_path: Path) -> None:
    store = open_place("s3://lab/secrets")
    keep(result, store)
    for file in store.files():
        store.get(file.name, tmp_path / "a")
        assert SECRET.encode() not in (tmp_path / "a").read_bytes()
