"""A small shopping trolley: a wire basket on a frame with four castors. Our own design."""

from __future__ import annotations

import itertools

from contracts.geometry import Vec3
from twin.pushed.parts import Part, bar, wheel

_WIRE_M = 0.008
_FRAME_M = 0.025
# Half width, rear end and front end of the basket at its rim and at its bottom.
_RIM, _RIM_Z = (0.26, -0.16, 0.58), 0.92
_BOTTOM, _BOTTOM_Z = (0.19, -0.08, 0.46), 0.55
_ACROSS = 6
_ALONG = 9


def trolley() -> list[Part]:
    """Return its parts; the fixed axle is the origin, the handle is behind."""
    parts: list[Part] = []
    for side in (-1, 1):
        parts += wheel(0.06, 0.03, (0.0, 0.23 * side, 0.06))
        parts += wheel(0.06, 0.03, (0.48, 0.17 * side, 0.06))
        parts += [
            bar("metal", (-0.02, 0.23 * side, 0.13), (0.48, 0.17 * side, 0.13), _FRAME_M),
            bar("metal", (-0.02, 0.23 * side, 0.13), (-0.20, 0.25 * side, 1.00), _FRAME_M),
        ]
    parts.append(bar("grip", (-0.26, -0.25, 1.00), (-0.26, 0.25, 1.00), 0.035))
    parts += [bar("metal", (-0.20, 0.25 * side, 1.00), (-0.26, 0.25 * side, 1.00), 0.02) for side in (-1, 1)]
    return parts + _basket()


def _basket() -> list[Part]:
    """Return rims and wires: over the bottom across, and up all four sides."""
    parts: list[Part] = []
    for share in (0.0, 0.33, 0.66, 1.0):
        ring = _ring(share)
        thick = 0.014 if share == 1.0 else _WIRE_M
        parts += [bar("metal", a, b, thick) for a, b in itertools.pairwise((*ring, ring[0]))]
    low, high = _ring(0.0), _ring(1.0)
    for count, (a, b) in ((_ALONG, (0, 1)), (_ACROSS, (1, 2)), (_ALONG, (2, 3)), (_ACROSS, (3, 0))):
        for k in range(count):
            t = k / count
            parts.append(bar("metal", _between(low[a], low[b], t), _between(high[a], high[b], t), _WIRE_M))
    for k in range(1, _ALONG):
        parts.append(bar("metal", _between(low[0], low[1], k / _ALONG), _between(low[3], low[2], k / _ALONG), _WIRE_M))
    return parts


def _ring(share: float) -> tuple[Vec3, ...]:
    """Return the corners at a share of the basket's height: right rear, right front, left front, left rear."""
    half, rear, front = (a + (b - a) * share for a, b in zip(_BOTTOM, _RIM, strict=True))
    z = _BOTTOM_Z + (_RIM_Z - _BOTTOM_Z) * share
    return ((rear, -half, z), (front, -half, z), (front, half, z), (rear, half, z))


def _between(a: Vec3, b: Vec3, t: float) -> Vec3:
    return (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t)
