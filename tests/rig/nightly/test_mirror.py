"""All nights at a URL: in fsspec's memory, and on an S3 server of somebody else's."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from rig.nightly import history
from rig.nightly.corpus import Corpus
from rig.nightly.night import all_nights
from rig.nightly.night_of import Options, run_plan
from rig.storage.opening import open_place
from tests.rig.kiosk import made
from tests.rig.nightly.test_night import Machine
from tests.rig.storage.test_s3 import SERVER, keys, server

__all__ = ["keys", "server"]

PLAN = "about: A short night.\njobs:\n  walkout: {run: [scenarios]}\n  again: {kept: [walkout]}\n"


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Machine:
    """A machine whose runs leave a real recording."""
    pytest.importorskip("fsspec", reason="pip install 'walkout-rig[storage]'")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "nightly.yaml").write_text(PLAN)
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "scenarios/look.yaml").write_text("")
    recording = made(tmp_path_factory, "first").path("look")
    machine = Machine(tmp_path)
    machine.outcomes = {"look": "pass"}
    run = machine._run

    def recorded(stem: str, command: list[str]) -> object:
        shutil.copy(recording, Path(command[command.index("--record") + 1]) / f"{stem}.mcap")
        return run(stem, command)

    monkeypatch.setattr(machine, "_run", recorded)
    return machine


@pytest.fixture
def memory() -> Iterator[str]:
    fsspec = pytest.importorskip("fsspec", reason="pip install 'walkout-rig[storage]'")
    yield "memory://mirror/nights"
    fsspec.filesystem("memory").store.clear()


def night(machine: Machine, url: str) -> bool:
    return run_plan(Path("nightly.yaml"), Path("nights"), Options(results=url, execute=machine)).good


def comes_back(machine: Machine, url: str) -> None:
    """A night is kept, its machine lost, and the next has all it needs from the URL."""
    assert night(machine, url)
    assert machine.ran == ["look"]
    (kept,) = Corpus(Path("nights")).kept()
    names = {file.name for file in open_place(url).files()}
    assert {kept.file, kept.file.replace(".mcap", ".reference.mcap"), kept.file.replace(".mcap", ".json")} <= names
    assert {name.rsplit("/", 1)[1] for name in names if name.count("/") == 1} >= {"night.json", "summary.html"}
    shutil.rmtree("nights")
    assert night(machine, url)
    assert machine.ran == ["look", "look", "look"]  # the run, and the replay of the kept one
    assert Path("nights", kept.file).is_file()
    assert len(list(all_nights(Path("nights")))) == 2


def test_nights_are_kept_in_memory(machine: Machine, memory: str) -> None:
    comes_back(machine, memory)
    if pytest.importorskip("duckdb", reason="pip install 'walkout-rig[history]'"):
        assert len(history.ask(memory, "")[1]) == 2


def test_a_night_that_was_killed_goes_on_on_another_machine(machine: Machine, memory: str) -> None:
    Path("scenarios/two.yaml").write_text("")
    machine.outcomes["two"] = "pass"
    machine.killed_at = "two"
    with pytest.raises(KeyboardInterrupt):
        night(machine, memory)
    shutil.rmtree("nights")
    machine.killed_at = ""
    assert night(machine, memory)
    assert machine.ran == ["look", "two"]


@pytest.mark.peer
@pytest.mark.skipif(not SERVER.exists(), reason="an S3 server is not here: ci/peers installs moto")
def test_nights_are_kept_in_s3(machine: Machine, keys: dict[str, str]) -> None:
    comes_back(machine, "s3://lab/mirror")
    assert len(history.ask("s3://lab/mirror", "")[1]) == 2
