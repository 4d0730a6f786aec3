"""Jobs that have a share of the night take turns from night to night, and the budget holds."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from rig.nightly.closing import Outcome
from rig.nightly.night import Night
from rig.nightly.night_of import Options, run_plan
from rig.nightly.past import Past
from rig.nightly.process import Done
from rig.nightly.running import Terms, run_night
from rig.nightly.steps import Step
from rig.nightly.turns import in_turn

PLAN = """\
about: A night in turns.
budget: {budget}
jobs:
  must: {{run: [must]}}
  walkout: {{run: [walkout], share: 20 s}}
"""
RIGHT = {"outcome": "pass", "troubles": [], "differences": []}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("must/a", *(f"walkout/{i}" for i in range(5))):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / f"{name}.yaml").write_text("")
    return tmp_path


@pytest.fixture
def costs(monkeypatch: pytest.MonkeyPatch) -> dict[str, float]:
    """What each step takes, wall seconds, without taking it."""
    told: dict[str, float] = {}
    keep = Night.keep

    def kept(self: Night, step: str, rows: object, wall_s: float) -> None:
        keep(self, step, rows, told.get(step, wall_s))  # type: ignore[arg-type]

    monkeypatch.setattr(Night, "keep", kept)
    monkeypatch.setattr("rig.nightly.running.Stopwatch", lambda: _Watch(told))
    return told


class _Watch:
    """Every step takes ten seconds."""

    seconds = 10.0

    def __init__(self, _: object) -> None:
        pass


def run(command: Sequence[str], folder: Path, within_s: float) -> Done:
    stem = Path(next(word for word in command if word.endswith(".yaml"))).stem
    told = {"scenario": stem, "xfail": None, "digest": "", "realtime_factor": 1, "recording": "a.mcap"}
    return Done(0, json.dumps([told | {"verdict": RIGHT}]), "")


def night(budget: str = "10 min", execute: Callable[..., Done] = run) -> Outcome:
    Path("nightly.yaml").write_text(PLAN.format(budget=budget))
    return run_plan(Path("nightly.yaml"), Path("nights"), Options(execute=execute))


def tonight(done: Outcome) -> set[str]:
    return {row.case for row in done.night.rows() if row.job == "walkout" and row.outcome}


@pytest.mark.usefixtures("folder", "costs")
def test_what_does_not_fit_comes_first_the_next_night_and_no_night_is_worse_for_it() -> None:
    first, second, third = night(), night(), night()
    # The first night knows no costs: a step goes in as long as there is time. The next leaves 3 s more than it took.
    assert (len(tonight(first)), len(tonight(second))) == (2, 1)
    assert not tonight(first) & tonight(second)
    assert not (tonight(first) | tonight(second)) & tonight(third)
    assert {step.name for step in first.put_off} == {str(i) for i in range(5)} - tonight(first)
    assert first.good
    assert [change.turn.value for change in second.changed] == ["new"]
    page = (second.night.folder / "summary.html").read_text()
    assert "1 of 5" in page
    assert "first another night" in page


@pytest.mark.usefixtures("folder", "costs")
def test_a_step_that_ends_with_the_night_is_left_out_and_not_wrong() -> None:
    done = night("15 s", lambda command, folder, within_s: Done(-15, "", "", late=True))
    assert {row.outcome for row in done.night.rows()} == {"left out"}
    assert {row.job for row in done.night.rows()} == {"must"}
    assert len(done.put_off) == 5
    (cut,) = [name for name in done.night.steps() if name.startswith("walkout")]
    assert (done.night.kept(cut), done.night.cost_s(cut)) == ([], 10.0)


@pytest.mark.usefixtures("folder", "costs")
def test_time_that_was_spent_before_a_night_was_killed_counts() -> None:
    ran: list[str] = []

    def killed(command: Sequence[str], folder: Path, within_s: float) -> Done:
        ran.append(command[4])
        if len(ran) == 2:
            raise KeyboardInterrupt
        return run(command, folder, within_s)

    with pytest.raises(KeyboardInterrupt):
        night("15 s", killed)
    done = night("15 s")
    assert tonight(done) == {Path(ran[1]).stem}
    assert len(done.put_off) == 4


def step(name: str) -> Step:
    return Step("a", name, "run", (), "")


def test_days_begin_at_other_steps_and_what_waited_longest_comes_first() -> None:
    steps = [step(name) for name in "pqrst"]
    firsts = {in_turn(steps, {"a": 60.0}, Past(), f"2026-11-{day:02}T0300")[0].name for day in range(1, 6)}
    assert firsts == set("pqrst")
    assert in_turn(steps, {}, Past(), "2026-11-22T0300") == steps
    past = Past(last={f"a--{name}": f"2026-11-{20 + (name == 'q')}" for name in "pqrs"})
    ordered = [each.name for each in in_turn(steps, {"a": 60.0}, past, "2026-11-22T0300")]
    assert (ordered[0], ordered[-1]) == ("t", "q")


def test_a_step_that_is_dearer_than_its_share_is_run_alone_and_one_that_the_night_has_no_time_for_is_not(
    tmp_path: Path,
) -> None:
    past, told = Past(costs={"a--p": [100.0], "a--q": [2000.0], "a--r": [1.0]}), list[str]()
    terms = Terms(
        budget_s=600.0, shares={"a": 60.0}, past=past, tell=told.append, execute=lambda *_: Done(0, "[]", "no rows")
    )
    put_off = run_night(Night(tmp_path), [step("p"), step("q"), step("r")], tmp_path, terms)
    assert [each.name for each in put_off] == ["q"]
    assert Night(tmp_path).steps() == ["a--p", "a--r"]
