"""Palm codes: CompCode, which direction a line has, and BOCV, the sign of every direction.

A stored palm keeps the middle 28 x 28 cells of the grid (the core); a probe has 32 x 32, so that its core can be taken
at 25 places. Alignment is done on the probe alone: what is stored is never moved, and can be masked.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stack.palm.gabor import GRID, Responses

CORE = 28
SHIFTS = GRID - CORE + 1
WINDOWS = SHIFTS * SHIFTS
CENTRE = WINDOWS // 2
COMP_BITS, BOCV_BITS = CORE * CORE * 3, CORE * CORE * 6
WORD = 64

Bits = NDArray[np.bool_]
Words = NDArray[np.uint64]

RING = np.array([[0, 0, 0], [0, 0, 1], [0, 1, 1], [1, 1, 1], [1, 1, 0], [1, 0, 0]], np.bool_)
"""Bits of each direction: they differ in as many as the directions are apart, 3 at the most (Kong and Zhang 2004)."""


@dataclass(frozen=True, slots=True)
class Probe:
    """The codes of one presented palm at all 25 places.

    Args:
        comp: (25, 2352) CompCode.
        bocv: (25, 4704) BOCV.
    """

    comp: Bits
    bocv: Bits

    @property
    def core(self) -> tuple[Bits, Bits]:
        """CompCode and BOCV of the middle place: what is enrolled."""
        return self.comp[CENTRE], self.bocv[CENTRE]


def encode(answers: Responses) -> Probe:
    """Return the codes of a square of palm.

    Args:
        answers: (6, 32, 32) of the line filters.
    """
    comp = RING[np.argmin(answers, axis=0)]
    bocv = np.moveaxis(answers < 0, 0, -1)
    return Probe(_windows(comp), _windows(bocv))


def _windows(cells: Bits) -> Bits:
    """Return (25, bits) the core of a (32, 32, n) grid at all places, row by row."""
    places = [(y, x) for y in range(SHIFTS) for x in range(SHIFTS)]
    return np.stack([cells[y : y + CORE, x : x + CORE].ravel() for y, x in places])


def pack(bits: Bits) -> Words:
    """Return (..., words) of 64 bits each, the last one filled up with zeros.

    Args:
        bits: (..., n).
    """
    count = -(-bits.shape[-1] // WORD) * WORD
    filled = np.zeros((*bits.shape[:-1], count), np.bool_)
    filled[..., : bits.shape[-1]] = bits
    return np.packbits(filled, axis=-1).view("<u8").astype(np.uint64, copy=False)
