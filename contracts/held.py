"""How a phone is held before a scanner, where a run looks at the picture that the scanner gets of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldPhone:
    """One way of holding it, any way round.

    Args:
        tilt_deg: how far its glass is turned away from the scanner.
        glare: strength of a lamp's reflection in the middle of the glass, 0..1.
        distance_m: from the scanner's lens.
    """

    tilt_deg: float = 0.0
    glare: float = 0.0
    distance_m: float = 0.15
