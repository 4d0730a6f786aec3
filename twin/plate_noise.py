"""How a gondola's plates err: cells, swing of the rack, noise, and a converter that repeats itself."""

from __future__ import annotations

import numpy as np

from contracts.geometry import Floats
from contracts.layout import Gondola
from contracts.seeds import stream
from twin.plate_cells import Cells
from twin.plate_rack import Rack, draw_levels
from twin.plate_still import StillNoise
from twin.store_noise import PlateNoise

GARBAGE_G = 20_000.0
LATEST_NS = 30_000_000
"""No message of the real log came more than 31 ms late."""


class PlateErrors:
    """The errors of all plates of one gondola.

    Args:
        gondola: the rack.
        noise: magnitudes.
        seed: the scenario's seed.
        noisy: False makes every error zero.
    """

    def __init__(self, gondola: Gondola, noise: PlateNoise, seed: int, *, noisy: bool) -> None:
        def draws(part: str) -> np.random.Generator:
            return stream(seed, "plates", gondola.id, part)

        levels = draw_levels(gondola, noise, seed)
        self._noisy, self._jitter_ns, self._late = noisy, noise.jitter, draws("messages")
        self._garbage = draws("garbage")
        self._capacity_g = np.array([plate.capacity_g for plate in gondola.plates])
        self._cells = Cells(gondola, noise, draws("cells"))
        self._rack = Rack(levels, noise, gondola.sample_rate_hz, draws("rack"))
        self._still = StillNoise(levels, noise, gondola.sample_rate_hz, draws("still"))
        self._last_load: Floats | None = None
        self._last: Floats | None = None

    def readings(self, loads_g: Floats, treads: Floats) -> Floats:
        """Return what the cells give for true loads, before rounding.

        Args:
            loads_g: (samples, plates) grams, the next samples in order.
            treads: (samples,) strength of the footfalls since the sample before, 0 for none.
        """
        loads_g = np.minimum(loads_g, self._capacity_g)
        if not self._noisy:
            return loads_g
        before = loads_g[0] if self._last_load is None else self._last_load
        changes = np.diff(loads_g, axis=0, prepend=before[None])
        self._last_load = loads_g[-1]
        noise, fresh = self._still.take(len(loads_g))
        values = self._cells.feel(loads_g, bool(changes.any())) + noise
        swing = self._rack.swing(changes, treads)
        return self._held(values if swing is None else values + swing, fresh)

    def _held(self, values: Floats, fresh: np.ndarray[tuple[int, int], np.dtype[np.bool_]]) -> Floats:
        """Return the values with those that are not fresh replaced by the ones before them."""
        before = values[0] if self._last is None else self._last
        rows = np.where(fresh, np.arange(1, len(values) + 1)[:, None], 0)
        held = np.take_along_axis(np.vstack([before, values]), np.maximum.accumulate(rows, axis=0), axis=0)
        self._last = held[-1]
        return held

    def late_ns(self) -> int:
        """Return by how much the next message is later than it could be, nanoseconds."""
        return round(min(float(self._late.exponential(self._jitter_ns)), LATEST_NS)) if self._noisy else 0

    def garbage(self) -> float:
        """Return any value that a broken cell may send."""
        return float(self._garbage.uniform(-GARBAGE_G, GARBAGE_G))
