"""By whose hand a process of the crash suite ended: only what the stack did itself counts against it."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest

from tests.crash.lives import MOST_BY_OTHERS, Ended, Live, through

KILLED, ASKED_TO_END, FELL, FAULT = int(signal.SIGKILL), int(signal.SIGTERM), int(signal.SIGSEGV), 1 << 8


def lives(*ends: tuple[int, str]) -> tuple[Live, list[int]]:
    """Return processes that end in these ways, and the steps at which they were told to die."""
    left: Iterator[tuple[int, str]] = iter(ends)
    told: list[int] = []

    def live(die_at: int) -> tuple[int, str]:
        told.append(die_at)
        return next(left)

    return live, told


def test_it_dies_as_planned_and_comes_to_its_end() -> None:
    live, told = lives((KILLED, ""), (0, "39"))
    assert through([17], live) == Ended(39, 1)
    assert told == [17, 0]


@pytest.mark.parametrize("by", [KILLED, ASKED_TO_END])
def test_who_is_killed_by_others_is_started_again(by: int) -> None:
    live, told = lives((KILLED, ""), (by, ""), (0, "39"))
    assert through([17], live) == Ended(39, 1, 1)
    assert told == [17, 0, 0]


def test_it_is_not_killed_by_others_for_ever() -> None:
    live, told = lives(*[(KILLED, "")] * 20)
    ended = through([], live)
    assert (ended.steps, ended.how) == (-1, f"killed by others {MOST_BY_OTHERS + 1} times")
    assert len(told) == MOST_BY_OTHERS + 1


@pytest.mark.parametrize(("status", "how"), [(FELL, "it fell by SIGSEGV"), (FAULT, "it ended with exit status 1")])
def test_a_stack_that_falls_by_itself_is_told_of_and_not_started_again(status: int, how: str) -> None:
    live, told = lives((KILLED, ""), (status, ""))
    assert through([17], live) == Ended(-1, 1, 0, how)
    assert told == [17, 0]
