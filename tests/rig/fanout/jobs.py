"""Jobs for tests, and work that worker processes can import."""

from __future__ import annotations

import os
import signal
from collections.abc import Generator, Sequence
from pathlib import Path

from rig.fanout.attempt import Attempt, Done, Job, Lost
from rig.fanout.choose import choose
from rig.fanout.work import do
from rig.scenario.model import Scenario
from tests.rig.kiosk import LOOK, TAKE_ONE, write_scenario


def job(name: str, *, bench: str = "", folder: Path | None = None) -> Job:
    """Return a job that nobody can do."""
    scenario = Scenario(name=name, about="Nothing.", store="none", seed=1, shoppers=())
    return Job(scenario=scenario, store_path=Path("none.yaml"), bench=bench, folder=folder)


def kiosk_jobs(folder: Path, record: Path | None) -> list[Job]:
    """Return two real, short runs."""
    files = [write_scenario(folder, text, f"{stem}.yaml") for stem, text in (("look", LOOK), ("take_one", TAKE_ONE))]
    return [
        Job(scenario=scenario, store_path=store.resolve(), folder=record)
        for scenario, store in choose([str(file) for file in files])
    ]


def dies_at_first(attempt: Attempt) -> Done:
    """Make a run, but kill the first worker that tries to take one."""
    if attempt.job.name == "take_one" and attempt.number == 1:
        os.kill(os.getpid(), signal.SIGKILL)
    return do(attempt)


def takes_its_node_with_it(attempt: Attempt) -> Done:
    """Make a run, but kill the first node that tries to take one: every process that was started with it."""
    if attempt.job.name == "take_one" and attempt.number == 1:
        os.killpg(os.getpgid(_raylet()), signal.SIGKILL)
    return do(attempt)


def _raylet() -> int:
    """Return the process that governs this worker's node, which started it."""
    return os.getppid()


class FakeEngine:
    """Answers the last attempt first, and loses those that a plan says.

    Args:
        losing: how many attempts at each job are lost.
        interrupted_after: results until somebody presses Ctrl-C.
    """

    def __init__(self, losing: dict[str, int] | None = None, interrupted_after: int | None = None) -> None:
        self.losing, self.interrupted_after = losing or {}, interrupted_after
        self.tried: list[tuple[str, int]] = []
        self.closed = 0

    def results(self, attempts: Sequence[Attempt]) -> Generator[Done | Lost, None, None]:
        try:
            for attempt in reversed(attempts):
                if len(self.tried) == self.interrupted_after:
                    raise KeyboardInterrupt
                name = attempt.job.name
                self.tried.append((name, attempt.number))
                if attempt.number <= self.losing.get(name, 0):
                    yield Lost(attempt, "its process was killed")
                else:
                    word, code = ("fail", 1) if name == "wrong" else ("pass", 0)
                    yield Done(name=name, word=word, exit_code=code, digest=f"of {name}", attempts=attempt.number)
        finally:
            self.closed += 1
