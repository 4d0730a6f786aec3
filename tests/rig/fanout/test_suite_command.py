"""`rig suite`: what it chooses, what it refuses, how it prints and how it ends."""

import json
import os
import signal
from pathlib import Path

import pytest

from contracts.clock import WallClock
from rig.cli.app import run_command
from rig.shards import shard_of
from tests.rig.kiosk import ENDLESS, LOOK, STUCK_S, TAKE_ONE, rig, start, wait_for_growth, write_scenario

STEMS = ("leave", "look", "pay", "return", "take")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Five scenarios in a folder, as a suite."""
    for stem in STEMS:
        write_scenario(tmp_path, LOOK, f"{stem}.yaml")
    return tmp_path


def listed(*arguments: object, out: pytest.CaptureFixture[str]) -> list[str]:
    assert run_command(["suite", *map(str, arguments), "--list", "--json"]) == 0
    names: list[str] = json.loads(out.readouterr().out)
    return names


def test_shares_of_a_suite_have_every_scenario_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shares: list[str] = []
    for index in (1, 2):
        shares += listed(folder, "--shard", f"{index}/2", out=capsys)
    assert sorted(shares) == list(STEMS)


def test_files_and_folders_keep_the_order_they_are_given_in(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [folder / f"{stem}.yaml" for stem in ("pay", "look")]
    assert listed(*files, out=capsys) == ["pay", "look"]
    assert listed(folder, "--only", "tak", out=capsys) == ["take"]


def test_two_runs_of_one_name_are_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["suite", str(folder), str(folder / "pay.yaml")]) == 4
    assert "two scenarios are named 'pay'" in capsys.readouterr().err


def test_a_share_to_which_nothing_belongs_passes_and_a_name_that_is_nobody_s_does_not(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = 3 - shard_of("pay", 2)
    assert run_command(["suite", str(folder / "pay.yaml"), "--shard", f"{other}/2", "--json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["runs"] == []
    assert f"belong to other shares than {other}/2" in err
    assert run_command(["suite", str(folder), "--only", "nobody"]) == 5


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--engine", "dask"], "expected: processes or ray"),
        (["--jobs", "-1"], "not a number of jobs"),
        (["--address", "auto"], "only Ray has an address"),
        (["--engine", "ray", "--address", "auto", "--jobs", "2"], "a cluster knows how much it can do"),
        (["--cpus", "2"], "only Ray shares out processors"),
        (["--engine", "ray", "--gpus", "-1"], "less than nothing"),
        (["--shard", "3/2"], "not a share"),
        (["--bench", "no-such-bench"], "no bench is named"),
    ],
)
def test_what_makes_no_sense_is_refused_before_anything_runs(
    folder: Path, capsys: pytest.CaptureFixture[str], options: list[str], said: str
) -> None:
    assert run_command(["suite", str(folder), *options]) == 4
    assert said in capsys.readouterr().err


def test_a_name_that_is_neither_scenario_nor_suite_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["suite", "no-such-thing"]) == 4
    assert "no-such-thing" in capsys.readouterr().err


@pytest.mark.slow
def test_a_suite_prints_one_table_and_returns_the_worst_outcome(tmp_path: Path) -> None:
    wrong = TAKE_ONE + "expect:\n  receipts:\n    ana: {aurel-500: 2}\n"
    files = [write_scenario(tmp_path, text, f"{stem}.yaml") for stem, text in (("wrong", wrong), ("look", LOOK))]
    done = rig("suite", *files, "--jobs", 1)
    assert done.returncode == 1, done.stderr
    lines = done.stdout.splitlines()
    rows = [next(i for i, line in enumerate(lines) if f"│ {name}" in line) for name in ("wrong", "look")]
    assert rows == sorted(rows)
    assert "1 of 2 passed" in lines[-1]
    assert "[2/2] look: pass" in done.stderr


def wait_for_the_last(group: int) -> None:
    """Wait until a process group is empty: the tracker that Python keeps beside its workers ends after everybody."""
    clock = WallClock()
    while clock.now_ns < STUCK_S * 1e9:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        clock.wait_until(clock.now_ns + 50_000_000)
    pytest.fail("somebody is still at work")


@pytest.mark.slow
def test_ctrl_c_ends_everything_and_keeps_what_is_done(tmp_path: Path) -> None:
    files = [write_scenario(tmp_path, text, f"{stem}.yaml") for stem, text in (("look", LOOK), ("endless", ENDLESS))]
    record = tmp_path / "kept"
    process = start("suite", *files, "--jobs", 1, "--record", record, "--json")
    wait_for_growth(process, record / ".going" / "endless-1" / "endless.mcap")
    os.killpg(process.pid, signal.SIGINT)  # a terminal sends it to everybody
    out, err = process.communicate(timeout=STUCK_S)
    wait_for_the_last(process.pid)
    assert (process.returncode, "Traceback" in err) == (2, False)
    told = json.loads(out)
    assert [(run["name"], run["word"]) for run in told["runs"]] == [("look", "pass")]
    assert told["wanted"] == 2
    assert "1 of 2 runs were finished" in err
    assert [path.name for path in record.iterdir()] == ["look.mcap"]
