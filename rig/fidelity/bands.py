"""How near the twin must come to the real log, figure by figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rig.fidelity.measure import BANDS_HZ


@dataclass(frozen=True, slots=True)
class Rule:
    """How near is near.

    Args:
        unit: of the figure.
        factor: the twin's may be so many times the real one, or that part of it.
        slack: or differ by so much, whichever allows more.
        why: reason for that width.
    """

    unit: str
    factor: float = 1.0
    slack: float = 0.0
    why: str = ""

    def band(self, real: float) -> tuple[float, float]:
        """Return the lowest and the highest value that the twin may show."""
        times = sorted((real / self.factor, real * self.factor))
        return min(times[0], real - self.slack), max(times[1], real + self.slack)


_ONE_LOG = "one log of 17 s: its own halves differ as much"
_FEW = "one pick, seen on 11 plates"
_EXTREME = "the extreme of some 200 plates in one short log"

RULES: Mapping[str, Rule] = {
    "idle SD, smallest": Rule("g", 2.0, why=_EXTREME),
    "idle SD, median": Rule("g", 1.4, why=_ONE_LOG),
    "idle SD, p90": Rule("g", 1.6, why=_ONE_LOG),
    "idle SD, p99": Rule("g", 2.0, why=_EXTREME),
    "idle SD, largest": Rule("g", 2.0, why=_EXTREME),
    "still SD, median": Rule("g", 1.3, why=_ONE_LOG),
    "stirred SD, median": Rule("g", 1.6, why="people do not all walk alike"),
    "lag-1 correlation, p5": Rule("", slack=0.2, why=_ONE_LOG),
    "lag-1 correlation, p95": Rule("", slack=0.2, why=_ONE_LOG),
    **{
        f"spectrum {low:g}-{high:g} Hz": Rule("", 2.0, 0.05, "racks of one make differ as much")
        for low, high in BANDS_HZ
    },
    "drift, median": Rule("g", 2.0, 0.05, _ONE_LOG),
    "drift, largest": Rule("g", 2.5, why=_EXTREME),
    "converter step": Rule("g", slack=0.002, why="exact"),
    "repeated samples": Rule("", 1.5, why=_ONE_LOG),
    "message latency, median": Rule("ms", slack=5.0, why="a part of the interval that no stack can notice"),
    "message jitter": Rule("ms", 1.7, why="3 to 5 ms on four gondolas"),
    "pick, change": Rule("g", slack=12.0, why="packs of one product differ by 0.8 %, twice"),
    "pick, error": Rule("g", slack=5.0, why="a cell of class C3 may err by 2.3 g, noise comes on top"),
    "pick, neighbours' largest end offset": Rule("g", slack=11.0, why=_FEW),
    "pick, settling": Rule("s", slack=0.6, why=_FEW),
    "swing at once, same shelf, median": Rule("g", 2.0, why=_FEW),
    "swing at once, same shelf, largest": Rule("g", 3.0, why=_FEW),
    "swing in 5 s, same shelf, smallest": Rule("g", 2.5, why=_FEW),
    "swing in 5 s, same shelf, median": Rule("g", 2.0, why="steps fall where they fall"),
    "swing in 5 s, same shelf, largest": Rule("g", 2.5, why=_FEW),
    "swing in 5 s, other shelves, smallest": Rule("g", 2.0, why="steps fall where they fall"),
    "swing in 5 s, other shelves, largest": Rule("g", 2.0, why=_EXTREME),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One figure, real and simulated.

    Args:
        name: of the figure.
        unit: of all numbers.
        real: what the log shows.
        twin: what the twin shows.
        low: lowest that it may show.
        high: highest that it may show.
        why: reason for the width of the band.
    """

    name: str
    unit: str
    real: float
    twin: float
    low: float
    high: float
    why: str

    @property
    def inside(self) -> bool:
        """Whether the twin comes near enough."""
        return self.low <= self.twin <= self.high


def compare(real: Mapping[str, float], twin: Mapping[str, float]) -> tuple[Row, ...]:
    """Hold the twin's figures against the real ones."""
    rows = []
    for name, rule in RULES.items():
        low, high = rule.band(real[name])
        rows.append(Row(name, rule.unit, real[name], twin[name], low, high, rule.why))
    return tuple(rows)
