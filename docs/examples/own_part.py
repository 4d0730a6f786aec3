"""The reference stack with one part of one's own: a simpler watcher of plates.

Run it with `python own_part.py 50051`; port 0 takes any free one.
"""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from contracts.layout import Layout
from contracts.records import Weights
from stack.core import ReferenceStack
from stack.server import serve

LEAST_G = 20.0  # half of what the lightest goods of the corner shop weigh
SAME_G = 4.0  # two blocks whose medians are this near have come to rest


@dataclass(frozen=True)
class Change:
    plates: tuple[str, ...]
    deltas_g: tuple[float, ...]
    sigma_g: float
    started_ns: int
    ended_ns: int


class JumpWatcher:
    """Tells of a plate whose median rests on another level than before; knows no noise, neighbours or slow lifts."""

    def __init__(self, layout: Layout) -> None:
        self._plates = {gondola.id: gondola.plates for gondola in layout.gondolas}
        self._level: dict[str, tuple[float, int]] = {}  # grams, and when they were last seen
        self._before: dict[str, float] = {}

    def update(self, weights: Weights) -> Sequence[Change]:
        """Return the changes that this block of samples completed."""
        ended_ns = weights.started_ns + weights.period_ns * len(weights.grams)
        medians = np.median(weights.grams, axis=0)
        pairs = zip(self._plates[weights.source], medians, strict=True)
        found = (self._look(plate.id, float(grams), weights.started_ns, ended_ns) for plate, grams in pairs)
        return [change for change in found if change]

    def _look(self, plate: str, grams: float, started_ns: int, ended_ns: int) -> Change | None:
        at_rest = abs(grams - self._before.get(plate, grams)) < SAME_G
        self._before[plate] = grams
        level, since_ns = self._level.setdefault(plate, (grams, ended_ns))
        if not at_rest or np.isnan(grams):
            return None
        self._level[plate] = (grams, ended_ns)
        if abs(grams - level) < LEAST_G:
            return None
        return Change((plate,), (grams - level,), 3.0, since_ns, started_ns)

    def health(self) -> Mapping[str, str]:
        """Return the plates that are not well: it believes all of them."""
        return {}


def main() -> None:
    server, port = serve(lambda: ReferenceStack({"loads": JumpWatcher}), int(sys.argv[1]))
    print(f"listening on 127.0.0.1:{port}", flush=True)
    server.wait_for_termination()


if __name__ == "__main__":
    main()
