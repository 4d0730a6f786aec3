"""How noisy the plates of a shelf are, as the store file says."""

from __future__ import annotations

import math

import numpy as np

from contracts.layout import Shelf, gondola_of
from twin.store import Store

MIDDLE, NOISY = 0.5, 0.9
"""Where a file gives what many shelves were measured at: the middle one, and the one in ten that is noisier."""


def shelf_sd_g(store: Store, shelf: Shelf, quantile: float) -> float:
    """Return the standard deviation of a shelf's readings while somebody walks by, grams.

    Args:
        store: the store.
        shelf: one of its shelves.
        quantile: which of the measured shelves it is taken for, 0 to 1, unless it was measured itself.
    """
    noise = store.plate_noise
    if store.perfect:
        return 0.0
    measured = noise.racks.get(gondola_of(shelf.id))
    if measured is not None:
        row = int(shelf.id.rpartition("-")[2]) - 1
        return math.hypot(measured.still_g[row], measured.tread_g[row])
    return math.hypot(float(np.quantile(noise.still_g, quantile)), float(np.quantile(noise.tread_g, quantile)))
