"""Cases are run in processes, one failure takes nothing from the others, and the command ends as it says."""

import json
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from contracts.clock import CpuStopwatch
from contracts.errors import RigFault, StackDied
from contracts.records import Setup
from contracts.steps import Drop, HandTo, PutBack, ShopperPlan, Take
from rig.cli.app import run_command
from rig.cli.scoring import exit_code, read_seeds
from rig.loop import Progress
from rig.score import work
from rig.score.case import State
from rig.score.crew import Crew
from rig.score.gates import check_gates, read_gates
from rig.score.report import report
from rig.score.suite import cases, read_suite
from rig.score.watched import Meter, WatchedStack
from rig.score.work import Play, do, script_units
from tests.rig import crewwork
from tests.rig.fakes import LAYOUT, FakeStack
from tests.rig.scorecases import case, units

ROOT = Path(__file__).parents[2]
SHORTEST = ("leave_without_account", "enter_and_buy_nothing")


@pytest.fixture
def mini(tmp_path: Path) -> Path:
    folder = tmp_path / "mini"
    folder.mkdir()
    for name in SHORTEST:
        shutil.copy(ROOT / f"scenarios/walkout/{name}.yaml", folder)
    return folder


@pytest.fixture
def play(mini: Path, tmp_path: Path) -> Play:
    (scenario, store), *_ = cases(read_suite(str(mini)), ())
    return Play(scenario=scenario, store_path=store, folder=tmp_path)


# --- worker processes --------------------------------------------------------------------------------


def test_a_crew_does_everything_once_in_processes_of_its_own() -> None:
    crew = Crew(2, crewwork.double, lambda task, _: -task)
    assert sorted(crew.results(range(5))) == [0, 2, 4, 6, 8]
    pids = set(Crew(2, crewwork.who, lambda _, __: 0).results(range(4)))
    assert os.getpid() not in pids
    assert len(pids) == 2
    assert list(crew.results([])) == []


def test_a_worker_that_dies_takes_only_its_task_with_it() -> None:
    results = sorted(map(str, Crew(1, crewwork.fragile, crewwork.lost).results(range(5))))
    assert results == ["0", "1", "2: the worker process ended with exit code -9", "3", "4"]


def test_who_stops_listening_ends_the_workers() -> None:
    results = Crew(2, crewwork.who, crewwork.lost).results(range(40))
    pid = int(next(results))
    results.close()  # type: ignore[attr-defined]  # it is a generator
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


# --- one case ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "state", "said"),
    [
        (StackDied("the stack failed"), State.DIED, "the stack failed"),
        (RigFault("the disk is full"), State.ERROR, "the disk is full"),
        (ZeroDivisionError("oh"), State.ERROR, "ZeroDivisionError: oh"),
    ],
)
def test_whatever_goes_wrong_is_the_score_of_that_case(
    play: Play, monkeypatch: pytest.MonkeyPatch, error: Exception, state: State, said: str
) -> None:
    def fails(_: Play) -> None:
        raise error

    monkeypatch.setattr(work, "_play", fails)
    found = do(play)
    assert (found.name, found.state) == (play.scenario.name, state)
    assert said in found.troubles[0]


def test_a_dead_stack_has_billed_nothing_of_what_the_script_takes(play: Play) -> None:
    steps = (
        Take(product="a", count=3), PutBack(product="a"), Take(product="b"), Drop(product="b"),
        Take(product="c"), HandTo(product="c", to="ben"),
    )  # fmt: skip
    plans = (ShopperPlan(name="ana", steps=steps), ShopperPlan(name="ben", steps=()))
    assert script_units(plans) == 3
    dead = work.died(replace(play, scenario=replace(play.scenario, shoppers=plans)), "gone")
    assert (dead.counts.f1, dead.counts.exact, dead.counts.receipts) == (0.0, 0, 2)


def test_a_stack_is_watched_and_answers_as_before() -> None:
    inner = FakeStack()
    watched = WatchedStack(inner)
    setup = Setup(t_ns=0, source="rig", layout=LAYOUT)
    assert watched.feed([setup], 0) == []
    watched.close()
    assert (inner.seen, inner.closed) == ([setup], True)
    assert watched.cpu_s > 0


def test_a_meter_counts_from_the_first_tick_to_the_last() -> None:
    meter = Meter(remote=False)
    stack = meter.around(FakeStack())
    meter.on_progress(Progress(4_000_000_000, 0, (), ()))
    stack.feed([], 0)
    cost = meter.cost(2.5)
    assert (cost.simulated_s, cost.wall_s) == (4.0, 2.5)
    assert cost.stack_cpu_s is not None
    assert cost.stack_cpu_s > 0
    assert Meter(remote=True).cost(1.0).stack_cpu_s is None


def test_cpu_time_only_grows() -> None:
    for thread in (False, True):
        watch = CpuStopwatch(thread=thread)
        first = watch.seconds
        sum(range(10_000))
        assert 0 <= first <= watch.seconds


# --- the command -------------------------------------------------------------------------------------


def test_exit_codes_put_the_rig_before_the_product() -> None:
    good, low = case("a", **units(1, 1, 1)), read_gates(["f1=0.9"], [])
    died, broken = case("b", state=State.DIED, troubles=("x",)), case("c", state=State.ERROR, troubles=("y",))
    unplayed = case("d", troubles=("ana could not take it",), **units(1, 1, 1))

    def code(*cases_: object, gates: object = ()) -> int:
        found = report(list(cases_), suite="x")  # type: ignore[arg-type]
        return exit_code(found, check_gates(gates, found))  # type: ignore[arg-type]

    assert code(good) == 0
    assert code(case("e", **units(0, 1, 1))) == 0
    assert code(good, gates=low) == 0
    assert code(case("e", **units(0, 1, 1)), gates=low) == 1
    assert code(good, died) == 1
    assert code(good, died, broken, gates=low) == 6
    assert code(good, unplayed) == 6


@pytest.mark.parametrize(("text", "seeds"), [("", ()), ("3", (3,)), ("1,2, 2", (1, 2)), ("1-3,9", (1, 2, 3, 9))])
def test_seeds_are_a_list_or_a_range(text: str, seeds: tuple[int, ...]) -> None:
    assert read_seeds(text) == seeds


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ([], 4, "a SUITE, or --recordings DIR"),
        (["adversarial", "--recordings", "."], 4, "two things"),
        (["adversarail"], 4, "did you mean 'adversarial'?"),
        (["adversarial", "--seeds", "3-1"], 4, "not a list of seeds"),
        (["adversarial", "--jobs", "0"], 4, "1 to 256"),
        (["adversarial", "--min", "f1"], 4, "not a demand"),
        (["walkout", "--held-out"], 4, "has no reporting seeds"),
        (["walkout", "--only", "nothing like it"], 5, "no scenario to score"),
        (["--recordings", "docs"], 5, "no recording to score"),
        (["adversarial", "--record", "README.md"], 4, "that is no folder"),
    ],
)
def test_what_makes_no_sense_is_refused_before_anything_runs(
    arguments: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    assert run_command(["score", *arguments]) == code
    assert said in capsys.readouterr().err


def test_the_cases_of_a_suite_can_be_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["score", "adversarial", "--seeds", "5", "--list", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert [each["case"] for each in listed] == [f"adversarial-{n}[seed=5]" for n in (1, 2, 3)]
    assert "enter" in listed[0]["script"]


def test_a_folder_with_a_file_that_is_no_recording_is_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "x.mcap").write_bytes(b"nothing of the kind")
    assert run_command(["score", "--recordings", str(tmp_path), "--json"]) == 6
    out, err = capsys.readouterr()
    assert json.loads(out)["cases"][0]["state"] == "error"
    assert "[1/1] x: ERROR" in err


@pytest.mark.slow
def test_a_real_suite_is_run_scored_drawn_and_scored_again(
    mini: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record, plots = tmp_path / "rec", tmp_path / "plots"
    arguments = ["score", str(mini), "--json", "--record", str(record), "--plots", str(plots), "--min", "exact=0.9"]
    assert run_command([*arguments, "--seeds", "4"]) == 0
    out, err = capsys.readouterr()
    data = json.loads(out)
    assert [(each["name"], each["seed"]) for each in data["cases"]] == [
        ("enter_and_buy_nothing[seed=4]", 4), ("leave_without_account[seed=4]", 4),
    ]  # fmt: skip
    assert data["total"]["figures"]["exact"]["value"] == 1.0
    assert data["total"]["figures"]["stack_cpu"]["value"] < data["total"]["figures"]["cpu"]["value"]
    assert "[2/2]" in err
    assert sorted(path.name for path in plots.iterdir()) == ["mini-reliability.png", "mini-shoppers.png"]
    assert run_command(["score", "--recordings", str(record), "--json"]) == 0
    again = json.loads(capsys.readouterr().out)
    for known, other in zip(data["cases"], again["cases"], strict=True):
        assert {**known, "cost": None} == other
    assert again["total"]["figures"]["cpu"]["value"] is None


@pytest.mark.slow
def test_ctrl_c_prints_what_was_scored_so_far(mini: Path, tmp_path: Path) -> None:
    rig = Path(sys.executable).parent / "rig"
    command = [str(rig), "score", str(mini), "--seeds", "1-50", "--json"]
    environ = {**os.environ, "TMPDIR": str(tmp_path)}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environ, start_new_session=True
    ) as process:
        assert process.stderr
        first = process.stderr.readline()
        os.killpg(process.pid, signal.SIGINT)  # a terminal sends it to everybody
        out, err = process.communicate(timeout=60)
    assert first.startswith("[1/100]")
    assert (process.returncode, "Traceback" in err) == (2, False)
    assert "interrupted; 1 of 100 cases were scored" in err
    data = json.loads(out)
    assert (data["wanted"], data["total"]["cases"]) == (100, 1)
    assert list(tmp_path.glob("rig-score-*")) == []
