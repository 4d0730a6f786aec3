"""What may go goes; references, what failed lately, and what nobody asked about stay."""

import os
from pathlib import Path

import pytest

from contracts.clock import SECOND, WallClock
from rig.storage.place import Stored
from rig.storage.prune import DAY_S, Rules, old_ones
from tests.rig.kiosk import Here

NOW_S = 1e9
RULES = Rules(30 * DAY_S, 90 * DAY_S)


def stored(name: str, days: float) -> Stored:
    return Stored(name, 10, NOW_S - days * DAY_S)


@pytest.mark.parametrize(
    ("days", "outcome", "goes"),
    [
        (29, "pass", False), (31, "pass", True), (31, "fail", False), (31, "error", False), (31, "", False),
        (91, "fail", True), (91, "", True), (91, "pass", True),
    ],
)  # fmt: skip
def test_who_goes(days: float, outcome: str, goes: bool) -> None:
    assert bool(old_ones([stored("a.mcap", days)], RULES, NOW_S, lambda _: outcome)) is goes


def test_failures_may_be_kept_shorter_too() -> None:
    rules = Rules(90 * DAY_S, 30 * DAY_S)
    gone = {
        how: bool(old_ones([stored("a.mcap", 31)], rules, NOW_S, lambda _, how=how: how)) for how in ("pass", "fail")
    }
    assert gone == {"pass": False, "fail": True}


def test_a_recording_takes_its_own_with_it() -> None:
    names = [
        "a.mcap",
        "a.mcap.json",
        "a-plan.png",
        "a.html",
        "a.reference.mcap",
        "a.tolerance.yaml",
        "a-b.mcap",
        "a-b-plan.png",
    ]
    files = [stored(f"night/{name}", 1 if "-b" in name else 100) for name in names]
    (old,) = old_ones([*files, stored("a-plan.png", 100)], RULES, NOW_S, lambda _: "")
    assert old.name == "night/a.mcap"
    assert sorted(file.name for file in old.files) == [
        f"night/{n}" for n in ("a-plan.png", "a.html", "a.mcap", "a.mcap.json")
    ]
    assert old.bytes == 40


def test_nobody_is_asked_where_it_does_not_matter() -> None:
    asked: list[str] = []
    files = [stored("young.mcap", 1), stored("between.mcap", 50), stored("old.mcap", 100)]
    old_ones(files, RULES, NOW_S, lambda name: asked.append(name) or "pass")
    assert asked == ["between.mcap"]


def test_the_command(recorded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    now_s, here = WallClock().epoch_ns / SECOND, Here(capsys)
    for name, days in (("young", 1), ("passed", 40), ("older", 100)):
        path = tmp_path / f"{name}.mcap"
        path.write_bytes(recorded.read_bytes() if name == "passed" else b"not read")
        os.utime(path, (now_s - days * DAY_S,) * 2)
    asked = ("prune", tmp_path, "--keep", "30d", "--keep-failed", "90d")
    code, out, _ = here(*asked, "--dry-run")
    assert code == 0
    assert [line.split()[2:4] for line in out.splitlines()[:2]] == [["older.mcap", "-"], ["passed.mcap", "pass"]]
    assert "2 recordings would go" in out
    assert len(list(tmp_path.iterdir())) == 3
    assert "2 recordings went" in here(*asked)[1]
    assert [path.name for path in tmp_path.iterdir()] == ["young.mcap"]


@pytest.mark.parametrize("arguments", [["--keep", "30"], ["--keep", "soon"], ["--keep", "1d", "--keep-failed", "-1d"]])
def test_wrong_ages(arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = Here(capsys)("prune", tmp_path, *arguments)
    assert (code, "not an age" in err) == (4, True)


def test_a_folder_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = Here(capsys)("prune", tmp_path / "nihgts", "--keep", "1d")
    assert (code, "no such folder" in err) == (4, True)
