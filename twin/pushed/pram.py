"""A pram: a carrycot with a hood and a child in it, on four wheels. Our own design."""

from __future__ import annotations

import numpy as np

from contracts.geometry import Floats
from twin.pushed.parts import Part, bar, box, egg, sheet, wheel


def pram() -> list[Part]:
    """Return its parts; the fixed axle is the origin, the handle is behind."""
    parts: list[Part] = []
    for side in (-1, 1):
        parts += wheel(0.15, 0.035, (0.0, 0.27 * side, 0.15))
        parts += wheel(0.10, 0.035, (0.52, 0.22 * side, 0.10))
        parts += [
            bar("metal", (0.0, 0.25 * side, 0.15), (0.40, 0.20 * side, 0.56), 0.025),
            bar("metal", (0.52, 0.20 * side, 0.12), (-0.02, 0.21 * side, 0.60), 0.025),
            bar("metal", (-0.02, 0.21 * side, 0.60), (-0.26, 0.20 * side, 1.02), 0.025),
        ]
    parts += [
        bar("metal", (0.0, -0.27, 0.15), (0.0, 0.27, 0.15), 0.02),
        bar("metal", (0.52, -0.22, 0.10), (0.52, 0.22, 0.10), 0.02),
        bar("grip", (-0.26, -0.20, 1.02), (-0.26, 0.20, 1.02), 0.035),
        box("metal", (0.42, 0.30, 0.02), (0.24, 0.0, 0.27)),  # the rack for shopping
        sheet("cloth", _cot(1.0)),
        sheet("lining", _cot(0.93)),
        box("lining", (0.70, 0.32, 0.05), (0.22, 0.0, 0.66)),
        egg("skin", (0.075, 0.065, 0.06), (0.42, 0.0, 0.73)),
        sheet("cloth", _apron()),
        sheet("cloth", _hood()),
    ]
    return parts


def _cot(scale: float) -> Floats:
    """Return the sides of the carrycot: rounded, narrower below."""
    turns = np.linspace(0, 2 * np.pi, 25)
    rows = []
    for z, wide in ((0.56, 0.78), (0.60, 0.92), (0.82, 1.0)):
        x = np.sign(np.cos(turns)) * np.abs(np.cos(turns)) ** 0.6 * 0.41 * wide * scale + 0.22
        y = np.sign(np.sin(turns)) * np.abs(np.sin(turns)) ** 0.6 * 0.20 * wide * scale
        rows.append(np.stack([x, y, np.full_like(x, z)], axis=1))
    return np.array(rows[::-1])


def _apron() -> Floats:
    """Return the cover over the foot end, slightly arched."""
    x, y = np.meshgrid(np.linspace(-0.19, 0.28, 6), np.linspace(-0.19, 0.19, 7))
    return np.stack([x, y, 0.825 + 0.05 * (1 - (y / 0.2) ** 2)], axis=-1)


def _hood() -> Floats:
    """Return the hood over the head end, which is in front: a quarter of an ellipsoid."""
    rise, across = np.meshgrid(np.radians(np.linspace(-2, 105, 8)), np.radians(np.linspace(-90, 90, 11)))
    x = 0.37 + 0.26 * np.cos(rise) * np.cos(across)
    y, z = 0.20 * np.sin(across), 0.82 + 0.30 * np.sin(rise) * np.cos(across)
    return np.stack([x, y, z], axis=-1)
