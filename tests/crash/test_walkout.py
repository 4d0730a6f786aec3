"""People walk out with goods while the stack dies at each step of its books: charged once, or held with the reason."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.crash.conftest import TALLY
from tests.crash.driver import Driver
from tests.docs.pages import ROOT

SHARDS = 8


@pytest.fixture(scope="session")
def walker() -> Iterator[subprocess.Popen[str]]:
    """Run the process of which stacks are born."""
    command = [sys.executable, "-m", "tests.crash.walkout"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        yield process
        assert process.stdin
        process.stdin.close()


def play(walker: subprocess.Popen[str], driver: Driver, dies: list[int]) -> dict[str, int]:
    """Play a morning through deaths, and check everything; return what it came to."""
    assert walker.stdin
    assert walker.stdout
    walker.stdin.write(json.dumps({"ledger": driver.new_ledger(), "dies": dies}) + "\n")
    walker.stdin.flush()
    ended = json.loads(walker.stdout.readline())
    TALLY.plays += 1
    TALLY.stack += ended["killed"]
    TALLY.wrong += len(ended["wrong"])
    assert ended["wrong"] == [], dies
    return dict(ended)


def test_a_few_deaths_during_visits(walker: subprocess.Popen[str], driver: Driver) -> None:
    assert play(walker, driver, [])["killed"] == 0
    assert play(walker, driver, [25, 18, 30])["killed"] == 3


@pytest.mark.crash
@pytest.mark.timeout(1_200)
@pytest.mark.parametrize("shard", range(SHARDS))
def test_the_stack_dies_at_each_step_of_walk_outs(walker: subprocess.Popen[str], driver: Driver, shard: int) -> None:
    steps = play(walker, driver, [])["steps"]
    for step in range(2 + shard, steps + 1, SHARDS):
        assert play(walker, driver, [step])["killed"] == 1


@pytest.mark.crash
@pytest.mark.timeout(1_200)
@pytest.mark.parametrize("every", [3, 7, 11, 19])
def test_it_dies_again_and_again_during_walk_outs(walker: subprocess.Popen[str], driver: Driver, every: int) -> None:
    assert play(walker, driver, list(range(every, every + 12)))["killed"] >= 2
