"""How well a run keeps real time."""

from __future__ import annotations

import pytest

from contracts.clock import MILLISECOND
from contracts.errors import RigFault
from rig.loop import Progress
from rig.pace import LATE_NS, OVERRUN_NS, Pace


def late(ns: int) -> Progress:
    return Progress(1_000_000_000, ns, (), ())


def test_late_ticks_are_counted_and_told() -> None:
    pace = Pace()
    for ns in (0, LATE_NS, LATE_NS + 1, 31 * MILLISECOND):
        pace.note(late(ns))
    assert str(pace) == "latest tick 31.0 ms late, 2 of 4 more than 20 ms"


def test_a_tick_that_is_far_too_late_ends_the_run() -> None:
    pace = Pace()
    pace.note(late(OVERRUN_NS))
    with pytest.raises(RigFault, match="not real-time"):
        pace.note(late(OVERRUN_NS + 1))
