"""What a feed is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from contracts.clock import WallClock
from contracts.record import Record


class Feed(Protocol):
    """Carries a run's records to programs outside."""

    @property
    def about(self) -> Sequence[str]:
        """What it serves and where, for people: one line, and perhaps another of what it cannot serve."""

    def begin(self, clock: WallClock) -> None:
        """Learn the clock of the run; nothing is sent before."""

    def send(self, records: Sequence[Record]) -> None:
        """Pass on what it knows of the records delivered in one tick.

        Raises:
            RigFault: it cannot any more.
        """

    def close(self) -> None:
        """Say goodbye and let go of everything; may be called twice."""
