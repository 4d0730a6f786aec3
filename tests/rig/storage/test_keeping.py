"""A run goes into a store and comes back, whole or not at all."""

import json
import shutil
from pathlib import Path

import pytest

from contracts.errors import RigFault
from rig.run import RunResult
from rig.storage.cache import beside, fetched, origin
from rig.storage.keeping import keep, put_back
from rig.storage.note import sha256
from rig.storage.opening import open_place
from tests.rig.kiosk import LOOK, Here, write_scenario


def test_a_run_takes_its_pictures_and_page_with_it_and_no_others(place: str, result: RunResult) -> None:
    keep(result, open_place(place))
    names = [file.name for file in open_place(place).files()]
    assert names == ["look-plan.png", "look.html", "look.mcap", "look.mcap.json"]


def test_it_is_fetched_once(memory: str, result: RunResult, recorded: Path, cache: Path) -> None:
    url = keep(result, open_place(memory))
    path = fetched(url)
    assert sha256(path) == sha256(recorded)
    assert path.is_relative_to(cache)
    path.write_bytes(b"x" * path.stat().st_size)  # would be fetched again if anybody looked
    assert fetched(url).read_bytes()[:3] == b"xxx"
    assert origin(path) == memory
    assert beside(path, "look.html") == Path("look.html")


def test_a_changed_recording_without_a_note_is_fetched_again(memory: str, tmp_path: Path, cache: Path) -> None:
    store, file = open_place(memory), tmp_path / "a"
    for text in (b"one", b"another"):
        file.write_bytes(text)
        store.put(file, "a.mcap")
        assert fetched(f"{memory}/a.mcap").read_bytes() == text


def test_what_is_not_what_its_note_says_is_refused(memory: str, result: RunResult, tmp_path: Path, cache: Path) -> None:
    url = keep(result, open_place(memory))
    (tmp_path / "a").write_bytes(b"half")
    open_place(memory).put(tmp_path / "a", "look.mcap")
    with pytest.raises(RigFault, match="not the one that its note tells of"):
        fetched(url)
    assert not list(cache.rglob("*look.mcap*"))


def test_a_store_that_refuses_leaves_the_recording_and_says_where(
    result: RunResult, recorded: Path, tmp_path: Path
) -> None:
    (tmp_path / "nights").write_text("no folder")
    with pytest.raises(RigFault, match="does not let us") as error:
        keep(result, open_place(str(tmp_path / "nights")))
    assert error.value.__notes__ == [f"the recording is whole, and lies at {recorded}"]


def test_references_come_and_go(memory: str, result: RunResult, tmp_path: Path, cache: Path) -> None:
    url = keep(result, open_place(memory))
    path = fetched(url)
    accepted = path.with_name("look.reference.mcap")
    assert put_back(None) == put_back(tmp_path / "mine.mcap") == ""
    accepted.write_bytes(b"accepted")
    assert put_back(accepted) == f"{memory}/look.reference.mcap"
    shutil.rmtree(cache)
    assert fetched(url).with_name("look.reference.mcap").read_bytes() == b"accepted"
    open_place(memory).remove("look.reference.mcap")
    assert not fetched(url).with_name("look.reference.mcap").exists()


def test_commands_take_urls(
    memory: str, result: RunResult, tmp_path: Path, cache: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    url, here = keep(result, open_place(memory)), Here(capsys)
    code, out, err = here("inspect", url, "--json")
    assert (code, json.loads(out)["scenario"]) == (0, "look"), err
    code, _, err = here("view", url, "-o", tmp_path / "a.png")
    assert code == 0, err
    code, _, err = here("inspect", f"{memory}/none.mcap")
    assert (code, "no such recording" in err) == (6, True), err
    code, _, err = here("inspect", "ftp://me:hunter2@host/none.mcap")
    assert (code, "hunter2" in err) == (4, False), err


@pytest.mark.slow
def test_a_run_is_copied_as_it_ends(
    memory: str, tmp_path: Path, cache: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    file = write_scenario(tmp_path, LOOK, "look.yaml")
    code, out, err = Here(capsys)("run", file, "--record", memory, "--json")
    assert code == 0, err
    (told,) = json.loads(out)
    assert told["stored"] == f"{memory}/look.mcap"
    assert sha256(fetched(told["stored"])) == sha256(tmp_path / "out" / "look.mcap")
    names = {stored.name for stored in open_place(memory).files()}
    assert names == {"look.mcap", "look.mcap.json", "look-plan.png", "look-cameras.png"}
