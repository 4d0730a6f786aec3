"""A real regression: in a clone, a commit breaks a threshold of the stack, and the night names that commit."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.rig.kiosk import ROOT, STUCK_S, TAKE_ONE, environment, write_scenario

PLAN = """\
about: A night in the kiosk.
budget: 30 min
slower: 0.001
jobs:
  visits: {run: [night/visit.yaml]}
"""
THRESHOLD = ("stack/weighing/steady.py", "SMALLEST_G = 15.0", "SMALLEST_G = 1500.0")


def git(folder: Path, *words: str) -> str:
    command = ["git", "-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false", *words]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


def committed(folder: Path, what: str) -> str:
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", what)
    return git(folder, "rev-parse", "HEAD")


def night(clone: Path) -> dict[str, object]:
    command = [sys.executable, "-m", "rig.cli", "nightly", "night/plan.yaml", "--blame", "900", "--json"]
    done = subprocess.run(
        command, cwd=clone, check=False, capture_output=True, text=True, timeout=STUCK_S * 5, env=environment()
    )
    assert done.returncode in (0, 1), done.stderr
    told: dict[str, object] = json.loads(done.stdout)
    return told


@pytest.mark.long
@pytest.mark.timeout(STUCK_S * 10)
@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="this is no clone of the repository")
def test_the_night_finds_the_commit_that_broke_a_threshold(tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--shared", str(ROOT), str(clone))
    (clone / "night").mkdir()
    write_scenario(clone / "night", TAKE_ONE)
    (clone / "night/plan.yaml").write_text(PLAN)
    committed(clone, "A night in the kiosk")
    assert night(clone)["good"]
    (clone / "README.md").write_text("Another text.\n")
    committed(clone, "Another text")
    path = clone / THRESHOLD[0]
    text = path.read_text()
    assert text.count(THRESHOLD[1]) == 1
    path.write_text(text.replace(*THRESHOLD[1:]))
    bad = committed(clone, "A plate must change by a lot")
    (clone / "README.md").write_text("Yet another text.\n")
    committed(clone, "Yet another text")
    told = night(clone)
    (change,) = told["changes"]  # type: ignore[misc]
    assert (change["turn"], change["case"], change["now"]) == ("wrong", "visit", "fail")  # type: ignore[index]
    assert (change["since"], change["among"]) == (bad, 1)  # type: ignore[index]
    page = (clone / "out/nights" / str(told["night"]) / "summary.html").read_text()
    assert bad[:12] in page
    assert git(clone, "worktree", "list").count("\n") == 0
