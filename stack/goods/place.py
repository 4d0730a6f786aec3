"""Where on a rack something changed, as far as looking at hands is concerned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from contracts.layout import Gondola, Layout, gondola_of


class Change(Protocol):
    """What happened on a shelf, and when: as much of a change of load as the hand needs."""

    @property
    def plates(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def started_ns(self) -> int: ...  # noqa: D102
    @property
    def ended_ns(self) -> int: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a board.

    Args:
        gondola: the rack.
        low_m: left end, in the rack's frame.
        high_m: right end.
        z_m: height of the board.
    """

    gondola: Gondola
    low_m: float
    high_m: float
    z_m: float


def place_of(change: Change, layout: Layout) -> Place:
    """Return where a change happened."""
    gondola = layout.gondola[gondola_of(change.plates[0])]
    plates = [layout.plate[plate] for plate in change.plates]
    at = gondola.pose.unapply(np.array([plate.pose.position for plate in plates]))
    half = max(plate.width_m for plate in plates) / 2
    return Place(gondola, float(at[:, 0].min()) - half, float(at[:, 0].max()) + half, float(at[0, 2]))
