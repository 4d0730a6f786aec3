"""Creases of a palm: principal and secondary lines, each a quadratic Bezier curve."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]

PRINCIPAL = (
    ((40.0, -25.0), (-16.0, -38.0), 0.16),
    ((-38.0, -10.0), (33.0, 14.0), 0.12),
    ((-38.0, -14.0), (-6.0, 46.0), -0.30),
)
"""Heart, head and life line of a right palm seen from its inside: start mm, end mm, bow (share of the chord)."""
ENDS_SD_MM, BOW_SD = 5.0, 0.07
PRINCIPAL_DEPTH, PRINCIPAL_WIDTH_MM = (0.30, 0.55), (0.7, 1.1)
SECONDARY, SECONDARY_BOW = (8, 23), (-0.2, 0.2)
SECONDARY_DEPTH, SECONDARY_WIDTH_MM = (0.10, 0.34), (0.4, 0.75)
REACH_MM = 44.0


@dataclass(frozen=True, slots=True)
class Crease:
    """One line of a palm.

    Args:
        ends: (3, 2) start, control and end point, mm from the palm's centre; x to the little finger, y to the wrist.
        depth: how much darker its middle is, as a share of log brightness.
        width_mm: standard deviation of its profile.
    """

    ends: Points
    depth: float
    width_mm: float

    def points(self, count: int = 24) -> Points:
        """Return (count, 2) points along it, mm."""
        t = np.linspace(0.0, 1.0, count)[:, None]
        start, control, end = self.ends
        return np.asarray((1 - t) ** 2 * start + 2 * t * (1 - t) * control + t**2 * end)


def draw_creases(draws: np.random.Generator) -> tuple[Crease, ...]:
    """Return the creases of one palm.

    Source: the geometry of BezierPalm (ECCV 2022): 3 to 4 principal and 5 to 15 secondary curves, bow 0.1 to 0.2 of
    the chord; more secondary lines here, since lines are all that tells these palms' larger features apart.
    """
    principal = [_principal(draws, *line) for line in PRINCIPAL]
    return (*principal, *(_secondary(draws) for _ in range(int(draws.integers(*SECONDARY)))))


def _principal(draws: np.random.Generator, start: tuple[float, float], end: tuple[float, float], bow: float) -> Crease:
    ends = np.array([start, end]) + draws.normal(0, ENDS_SD_MM, (2, 2))
    first, last = draws.uniform(0.0, 0.15), draws.uniform(0.8, 1.0)
    curve = _bowed(ends[0], ends[1], bow + draws.normal(0, BOW_SD))
    return Crease(_part(curve, first, last), draws.uniform(*PRINCIPAL_DEPTH), draws.uniform(*PRINCIPAL_WIDTH_MM))


def _secondary(draws: np.random.Generator) -> Crease:
    ends = draws.uniform(-REACH_MM, REACH_MM, (2, 2))
    curve = _bowed(ends[0], ends[1], draws.uniform(*SECONDARY_BOW))
    return Crease(curve, draws.uniform(*SECONDARY_DEPTH), draws.uniform(*SECONDARY_WIDTH_MM))


def _bowed(start: Points, end: Points, bow: float) -> Points:
    """Return start, control and end of a curve that leaves its chord by a share of the chord's length."""
    chord = end - start
    aside = np.array([-chord[1], chord[0]])
    return np.stack([start, (start + end) / 2 + 2 * bow * aside, end])


def _part(curve: Points, first: float, last: float) -> Points:
    """Return the piece of a quadratic curve between two of its parameters (de Casteljau)."""
    start, control, end = curve

    def blossom(a: float, b: float) -> Points:
        return np.asarray((1 - a) * (1 - b) * start + ((1 - a) * b + a * (1 - b)) * control + a * b * end)

    return np.stack([blossom(first, first), blossom(first, last), blossom(last, last)])
