"""How well a run keeps real time."""

from __future__ import annotations

import pytest

from contracts.clock import MILLISECOND
from contracts.errors import RigFault
from rig.loop import Progress
from rig.pace import BEGINNING_NS, CAUGHT_UP_NS, LATE_NS, OVERRUN_NS, Pace


def late(ns: int, at_ns: int = BEGINNING_NS) -> Progress:
    return Progress(at_ns, ns, (), ())


def test_late_ticks_are_counted_and_told() -> None:
    pace = Pace()
    for ns in (0, LATE_NS, LATE_NS + 1, 31 * MILLISECOND):
        pace.note(late(ns))
    assert str(pace) == "latest tick 31.0 ms late, 2 of 4 more than 20 ms"
    assert pace.figures == {"ticks": 4, "late_ticks": 2, "late_ms": 20, "latest_ms": 31}


def test_a_tick_that_is_far_too_late_ends_the_run() -> None:
    pace = Pace()
    pace.note(late(0))
    pace.note(late(OVERRUN_NS))
    with pytest.raises(RigFault, match="not real-time"):
        pace.note(late(OVERRUN_NS + 1))


def test_ticks_of_the_beginning_say_nothing_until_the_run_has_caught_up() -> None:
    pace = Pace()
    pace.note(late(OVERRUN_NS + 1, BEGINNING_NS - 1))
    pace.note(late(OVERRUN_NS + 1, BEGINNING_NS + 1))
    assert str(pace) == "latest tick 0.0 ms late, 0 of 0 more than 20 ms"
    pace.note(late(LATE_NS, BEGINNING_NS + 2))
    with pytest.raises(RigFault):
        pace.note(late(OVERRUN_NS + 1, BEGINNING_NS + 3))


def test_a_run_that_never_catches_up_is_not_real_time() -> None:
    pace = Pace()
    with pytest.raises(RigFault):
        pace.note(late(OVERRUN_NS + 1, CAUGHT_UP_NS))
