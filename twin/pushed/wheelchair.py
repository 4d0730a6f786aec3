"""A wheelchair with large wheels at the back, for who moves it by hand or is pushed. Our own design."""

from __future__ import annotations

import itertools

from twin.pushed.parts import Part, bar, box, wheel

_HALF_M = 0.22
"""Half of the frame's width."""


def wheelchair() -> list[Part]:
    """Return its parts; the fixed axle is the origin, the handles are behind."""
    parts: list[Part] = [
        box("seat", (0.42, 0.42, 0.035), (0.15, 0.0, 0.41)),
        box("seat", (0.03, 0.41, 0.46), (-0.125, 0.0, 0.66), -0.12),
        bar("metal", (0.0, -0.26, 0.30), (0.0, 0.26, 0.30), 0.025),
        bar("metal", (0.30, -_HALF_M, 0.20), (0.05, _HALF_M, 0.39), 0.02),
        bar("metal", (0.30, _HALF_M, 0.20), (0.05, -_HALF_M, 0.39), 0.02),
    ]
    for side in (-1, 1):
        parts += _side(side)
    return parts


def _side(side: int) -> list[Part]:
    """Return the wheels, frame, armrest, handle and footrest of one side."""
    y = _HALF_M * side
    parts = wheel(0.30, 0.025, (0.0, 0.26 * side, 0.30))
    parts += wheel(0.085, 0.03, (0.42, 0.22 * side, 0.085))
    parts += [
        # The rim that hands push.
        *(bar("grip", (a[0], 0.288 * side, a[1]), (b[0], 0.288 * side, b[1]), 0.016) for a, b in _RIM),
        bar("metal", (-0.10, y, 0.40), (0.40, y, 0.40), 0.025),
        bar("metal", (-0.09, y, 0.40), (-0.16, y, 0.92), 0.025),
        bar("grip", (-0.16, y, 0.92), (-0.32, y, 0.94), 0.032),
        bar("metal", (0.42, y, 0.16), (0.42, y, 0.40), 0.025),
        bar("metal", (0.40, y, 0.40), (0.58, y * 0.75, 0.08), 0.022),
        box("metal", (0.15, 0.13, 0.02), (0.64, 0.11 * side, 0.06)),
        bar("metal", (0.30, y, 0.40), (0.30, y, 0.62), 0.02),
        box("grip", (0.30, 0.05, 0.03), (0.13, y, 0.64)),
    ]
    return parts


_ROUND = ((1.0, 0.0), (0.707, 0.707), (0.0, 1.0), (-0.707, 0.707), (-1.0, 0.0), (-0.707, -0.707), (0.0, -1.0))
_POINTS = tuple((0.255 * c, 0.30 + 0.255 * s) for c, s in (*_ROUND, (0.707, -0.707), (1.0, 0.0)))
_RIM = tuple(itertools.pairwise(_POINTS))
