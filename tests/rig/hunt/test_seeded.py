"""The seeded bugs in the real stack: found by the real command in the twin, and made short, each within its budget.

Minutes each, so not in the default run: `pytest -m long tests/rig/hunt`.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from contracts.steps import HandTo, PutBack, ShopperPlan, Take
from rig.hunt.keep import steps_of
from rig.scenario import Scenario, read_scenario
from tests.rig.hunt.booth import write_booth
from tests.rig.hunt.planting import BUGS, ROOT
from tests.rig.kiosk import environment

BUDGET = "200 s"
STUCK_S = 1500.0


def shows(name: str, plans: tuple[ShopperPlan, ...]) -> bool:
    """Whether a script holds what a bug gets wrong."""
    steps = [step for plan in plans for step in plan.steps]
    return {
        "lost_count": any(isinstance(step, Take) and step.at_once for step in steps),
        "put_back_elsewhere": any(isinstance(step, PutBack) and step.place for step in steps),
        "hand_over_ignored": any(isinstance(step, HandTo) for step in steps),
    }[name]


@pytest.mark.long
@pytest.mark.timeout(STUCK_S + 60)
@pytest.mark.parametrize("name", ["lost_count", "put_back_elsewhere", "hand_over_ignored"])
def test_a_bug_of_the_stack_is_found_and_made_short(name: str, tmp_path: Path) -> None:
    done = hunted(BUGS / f"{name}.patch", tmp_path)
    assert done.returncode == 1, done.stderr
    found = [read_scenario(Path(each["file"])).scenario for each in json.loads(done.stdout)["found"]]
    mine: list[Scenario] = [scenario for scenario in found if shows(name, scenario.shoppers)]
    assert mine, done.stderr
    assert min(map(steps_of, mine)) <= 3


def hunted(patch: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Hunt in the booth with a bug planted, until the time is up."""
    hunt = ["hunt", "--store", write_booth(folder), "--budget", BUDGET, "--corpus", folder, "--json"]
    command = [sys.executable, "-m", "tests.rig.hunt.planting", patch, *hunt]
    return subprocess.run(
        [str(word) for word in command], check=False, capture_output=True, text=True, timeout=STUCK_S, cwd=ROOT,
        env=environment(),
    )  # fmt: skip
