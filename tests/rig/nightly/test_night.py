"""A whole night with commands that only say what they are told to."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from contracts.errors import BadFile, NothingToRun
from rig.nightly import history
from rig.nightly.closing import Outcome
from rig.nightly.compare import Turn
from rig.nightly.making import steps_of
from rig.nightly.night import all_nights
from rig.nightly.night_of import Options, run_plan
from rig.nightly.plan import Job, Plan
from rig.nightly.process import Done
from rig.nightly.reading import rows_of

PLAN = """\
about: A short night.
jobs:
  walkout: {run: [scenarios]}
  corpus: {replay: corpus}
  replica: {score: some-suite, seeds: "1"}
  speed: {bench: [plates]}
"""

DIFFERENCE = {"message": "receipt", "t_s": 9.9, "after": 104, "path": "total", "recorded": "100", "found": "200"}


class Machine:
    """Answers each command as the real ones do."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.outcomes = {"one": "pass", "two": "pass"}
        self.f1, self.speed, self.digest, self.replay_code = 0.95, 10.0, "a", 0
        self.ran: list[str] = []
        self.killed_at = ""

    def __call__(self, command: Sequence[str], folder: Path, within_s: float) -> Done:
        assert folder == self.folder
        words = [word for word in command if not word.startswith("-")]
        verb = next((word for word in words if word in ("run", "replay", "score")), "bench")
        stem = Path(words[words.index(verb) + 1]).stem if verb != "bench" else words[-1]
        if stem == self.killed_at:
            raise KeyboardInterrupt
        self.ran.append(stem)
        return getattr(self, f"_{verb}")(stem, command)  # type: ignore[no-any-return]

    def _run(self, stem: str, command: Sequence[str]) -> Done:
        outcome = self.outcomes[stem]
        if outcome == "dead":
            return Done(-11, "", "Segmentation fault")
        verdict = {"outcome": outcome, "troubles": [], "differences": ["ana: 1 x tea is missing"][: outcome == "fail"]}
        out = Path(command[command.index("--record") + 1])
        (out / f"{stem}.html").write_text("a page")
        run = {"scenario": stem, "verdict": verdict, "xfail": None, "digest": self.digest,
               "realtime_factor": 2.0, "recording": str(out / f"{stem}.mcap")}  # fmt: skip
        return Done(int(outcome == "fail"), json.dumps([run]), "")

    def _replay(self, stem: str, command: Sequence[str]) -> Done:
        told = {"verdict": {"outcome": "pass", "differences": []}, "digest": "r", "realtime_factor": 20.0,
                "comparison": {"difference": DIFFERENCE}}  # fmt: skip
        return Done(self.replay_code, json.dumps(told), "")

    def _score(self, stem: str, command: Sequence[str]) -> Done:
        figure = {"value": self.f1, "low": self.f1 - 0.01, "high": self.f1 + 0.01}
        return Done(0, json.dumps({"suite": stem, "total": {"figures": {"f1": figure}}, "gates": []}), "")

    def _bench(self, stem: str, command: Sequence[str]) -> Done:
        into = Path(command[command.index("--into") + 1])
        into.write_text(json.dumps([{"name": stem, "unit": "x", "better": "higher", "median": self.speed}]))
        return Done(0, "plates  median 10", "")


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "nightly.yaml").write_text(PLAN)
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "corpus").mkdir()
    for name in ("one", "two"):
        (tmp_path / "scenarios" / f"{name}.yaml").write_text("")
    (tmp_path / "corpus" / "old.mcap").write_text("")
    return Machine(tmp_path)


def night(machine: Machine) -> Outcome:
    return run_plan(Path("nightly.yaml"), Path("nights"), Options(execute=machine))


def test_a_good_night_is_what_the_next_is_held_against(machine: Machine) -> None:
    first = night(machine)
    assert (first.good, first.against, list(first.changed)) == (True, "", [])
    machine.outcomes["two"], machine.f1, machine.speed = "fail", 0.8, 4.0
    second = night(machine)
    assert (second.good, second.against) == (False, first.night.name)
    assert [change.turn for change in second.changed] == [Turn.WRONG, Turn.WORSE, Turn.SLOWER]
    machine.outcomes["two"], machine.f1, machine.speed = "pass", 0.95, 10.0
    assert night(machine).against == first.night.name


def test_the_page_says_what_was_wrong_and_how_to_see_it_again(machine: Machine) -> None:
    machine.outcomes["two"] = "fail"
    page = (night(machine).night.folder / "summary.html").read_text()
    assert "1 x tea is missing" in page
    assert "rig run scenarios/two.yaml" in page
    assert 'href="out/walkout--two/two.html"' in page
    assert "default-src &#x27;none" in page or "default-src 'none'" in page


def test_a_command_that_dies_is_an_error_and_takes_nothing_else_with_it(machine: Machine) -> None:
    machine.outcomes["one"], machine.replay_code = "dead", 7
    done = night(machine)
    assert {(c.row.case, c.row.outcome) for c in done.changed} == {("one", "error"), ("old", "diverged")}
    assert "Segmentation fault" in next(c.row.detail for c in done.changed if c.row.case == "one")
    assert machine.ran == ["one", "two", "old", "some-suite", "plates"]
    wrong = next(c.row.detail for c in done.changed if c.row.case == "old")
    assert wrong == "receipt at 9.900 s, after 104 messages that agree\ntotal\nrecorded  100\nnow       200"


def test_a_night_that_was_killed_goes_on_where_it_was(machine: Machine) -> None:
    machine.killed_at = "old"
    with pytest.raises(KeyboardInterrupt):
        night(machine)
    assert machine.ran == ["one", "two"]
    machine.killed_at = ""
    done = night(machine)
    assert machine.ran == ["one", "two", "old", "some-suite", "plates"]
    assert done.good
    assert len(list(all_nights(Path("nights")))) == 1


def test_hunts_look_elsewhere_each_night() -> None:
    plan = Plan(about="x", jobs={"hunt": Job(hunt="kiosk")})
    (step,) = steps_of(plan, Path())
    words = step.words(Path("out"), "2026-11-22T030000-abc")
    assert words[words.index("--seed") + 1] == "20261122"
    assert step.again == "rig hunt --store kiosk --budget 300 s"


def test_what_there_was_no_time_for_is_told_and_no_night_is_good_without_it(machine: Machine) -> None:
    Path("nightly.yaml").write_text("budget: 0 s\n" + PLAN)
    done = night(machine)
    assert not done.good
    assert {change.turn for change in done.changed} == {Turn.LEFT_OUT}
    assert machine.ran == []


def test_all_nights_are_one_table(machine: Machine) -> None:
    pytest.importorskip("duckdb", reason="pip install 'walkout-rig[history]'")
    pytest.importorskip("pyarrow", reason="pip install 'walkout-rig[history]'")
    assert night(machine).in_history
    machine.outcomes["one"] = "fail"
    night(machine)
    names, rows = history.ask(
        Path("nights"), "select \"case\", count(*) as n from rows where outcome = 'fail' group by 1"
    )
    assert (list(names), rows) == (["case", "n"], [("one", 1)])
    assert len(history.ask(Path("nights"), "")[1]) == 2
    with pytest.raises(Exception, match="does not take"):
        history.ask(Path("nights"), "select * from read_text('nightly.yaml')")


def test_plans_that_cannot_be_are_refused(machine: Machine) -> None:
    Path("nightly.yaml").write_text("about: x\njobs: {a: {run: [scenarios], score: b}}\n")
    with pytest.raises(BadFile, match="expected one of run"):
        night(machine)
    Path("nightly.yaml").write_text("about: x\njobs: {a: {run: [nothing]}}\n")
    with pytest.raises(NothingToRun):
        night(machine)


def test_tests_of_pytest_are_rows_too(tmp_path: Path) -> None:
    plan = Plan(about="x", jobs={"long": Job(test=["tests"], marks="long")})
    (step,) = steps_of(plan, Path())
    assert step.again == 'pytest -m "long" tests'
    (tmp_path / "junit.xml").write_text(
        '<testsuites><testsuite><testcase classname="a" name="b"/><testcase classname="a" name="c">'
        '<failure message="no">wrong</failure></testcase><testcase classname="a" name="d"><skipped/></testcase>'
        "</testsuite></testsuites>"
    )
    rows = rows_of(step, 1, "", "", tmp_path)
    assert [(row.case, row.outcome, row.detail) for row in rows] == [("a::b", "pass", ""), ("a::c", "fail", "wrong")]
    (tmp_path / "junit.xml").write_text(
        '<testsuites><testsuite><testcase classname="a" name="d"><skipped message="no Ray"/></testcase>'
        "</testsuite></testsuites>"
    )
    (row,) = rows_of(step, 0, "", "", tmp_path)
    assert (row.case, row.outcome, row.detail, row.good) == (step.name, "skipped", "no Ray", True)
    (tmp_path / "junit.xml").write_text("<testsuites>")
    assert [row.outcome for row in rows_of(step, 3, "", "killed", tmp_path)] == ["error"]
