"""`rig hunt` as it is typed: what it says, what it writes, what it refuses; with a stack made of arithmetic."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from contracts.errors import StackDied
from contracts.steps import Take
from rig.cli.app import run_command
from rig.hunt.traits import Traits
from rig.judge.verdict import Verdict
from rig.scenario import Scenario, read_scenario
from rig.strategies.plot import Plot
from tests.rig.hunt import fakes

Rig = Callable[..., tuple[int, str, str]]


@dataclass(frozen=True)
class FakeField:
    """A corner shop whose stack is arithmetic; it keeps no recordings."""

    read: fakes.Read
    dies: type[BaseException] = StackDied
    store: str = fakes.STORE

    def tell(self, plot: Plot) -> Scenario:
        return fakes.told(plot)

    def traits(self, plot: Plot) -> Traits:
        return fakes.traits(plot)

    def play(self, scenario: Scenario) -> Verdict:
        return fakes.fake_play(self.read)(scenario)

    def run(self, scenario: Scenario, record_dir: Path | None = None) -> None:
        raise self.dies(f"no recording of {scenario.name} in {record_dir}")


@pytest.fixture
def rig(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Rig:
    monkeypatch.chdir(tmp_path)

    def call(field: FakeField | None, *words: str) -> tuple[int, str, str]:
        if field is not None:
            monkeypatch.setattr("rig.cli.hunting.open_field", lambda *_: field)
        code = run_command(["hunt", "--store", fakes.STORE, *words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def test_a_find_is_written_said_and_can_be_read(rig: Rig, tmp_path: Path) -> None:
    code, out, err = rig(FakeField(fakes.lost_count), "--most", "1", "--add", "corpus")
    (file,) = (tmp_path / "out" / "hunt").glob("*.yaml")
    found = read_scenario(file).scenario
    assert code == 1
    assert f"rig run out/hunt/{file.name}" in out
    assert "steps     1 between coming in and leaving\n" in out
    assert found.about.startswith("Found by a hunt: ana: receipt says")
    assert any(isinstance(step, Take) and step.at_once for step in found.shoppers[0].steps)
    assert (tmp_path / "corpus" / file.name).read_text() == file.read_text()
    assert "1 shoppers, 1 steps: charged too little" in err


def test_programs_get_json(rig: Rig) -> None:
    code, out, _ = rig(FakeField(fakes.put_back_elsewhere), "--most", "1", "--json", "--corpus", "here")
    told = json.loads(out)
    assert code == 1
    assert told["tried"] > 3
    (found,) = told["found"]
    assert found["file"] == f"here/{found['name']}.yaml"
    assert found["page"] == ""
    assert found["steps"] == 2
    assert found["shortest"]


def test_nothing_found_is_0(rig: Rig, tmp_path: Path) -> None:
    code, out, _ = rig(FakeField(fakes.right), "--budget", "0.3 s", "--json")
    assert code == 0
    assert json.loads(out)["found"] == []
    assert not (tmp_path / "out").exists()


def test_a_find_stays_when_its_page_is_interrupted(rig: Rig, tmp_path: Path) -> None:
    code, out, err = rig(FakeField(fakes.lost_count, KeyboardInterrupt), "--json")
    assert code == 2
    assert "interrupted" in err
    (found,) = json.loads(out)["found"]
    assert (tmp_path / found["file"]).is_file()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--budget", "soon"], "no length of time"),
        (["--shoppers", "0-2"], "no number of shoppers"),
        (["--shoppers", "3-1"], "no number of shoppers"),
        (["--steps", "0"], "scripts have steps"),
        (["--corpus", "file"], "finds go into a folder"),
        (["--store", "bookshop"], "nobody is charged for what they take there"),
        (["--store", "corner-shp"], "did you mean 'corner-shop'"),
    ],
)
def test_what_makes_no_sense_is_refused(rig: Rig, tmp_path: Path, words: list[str], said: str) -> None:
    (tmp_path / "file").write_text("")
    code, out, err = rig(None, *words)
    assert code == 4
    assert said in err
    assert out == ""


@pytest.mark.parametrize("text", ["10 m", "10m", "600 s", "10 min", "600"])
def test_ten_minutes_can_be_said_in_many_ways(text: str) -> None:
    from rig.cli.hunting import budget_ns

    assert budget_ns(text) == 600_000_000_000
