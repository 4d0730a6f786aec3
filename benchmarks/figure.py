"""One measured figure, and the machine it was measured on."""

from __future__ import annotations

import os
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

Better = Literal["higher", "lower"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure.

    Args:
        name: what the results call it.
        unit: of the values.
        better: which way is good.
        values: one a repetition.
        target: what it is held against; None where it is only told.
        note: what was measured, in a few words.
    """

    name: str
    unit: str
    better: Better
    values: Sequence[float]
    target: float | None = None
    note: str = ""

    @property
    def median(self) -> float:
        """The middle of the values: what counts."""
        return statistics.median(self.values)

    @property
    def best(self) -> float:
        """The best value: whatever else a machine does only makes things slower."""
        return max(self.values) if self.better == "higher" else min(self.values)

    @property
    def met(self) -> bool | None:
        """Whether the median meets the target; None without one."""
        if self.target is None:
            return None
        return self.median >= self.target if self.better == "higher" else self.median <= self.target

    def as_data(self) -> dict[str, Any]:
        """Return the figure as it is kept."""
        own = asdict(self)
        own["values"] = [round(value, 4) for value in self.values]
        return {
            **own,
            "value": round(self.median, 4),
            "median": round(self.median, 4),
            "best": round(self.best, 4),
            "machine": machine(),
            "load": round(os.getloadavg()[0], 2),
            "date": date.today().isoformat(),
        }


def machine() -> str:
    """Return the processor and the memory of this machine."""
    cpu = Path("/proc/cpuinfo").read_text()
    names = [line.partition(":")[2].strip() for line in cpu.splitlines() if line.startswith("model name")]
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    return f"{len(names) or os.cpu_count()} x {names[0] if names else 'unknown'}, {pages:.0f} GiB"
