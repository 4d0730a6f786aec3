"""A scanner that looks: the phone is drawn as its imager sees it, and only what can be decoded there is reported."""

from __future__ import annotations

import math

from numpy.random import Generator

from contracts.held import HeldPhone

GLARE_PX = 90.0
"""How wide a lamp's reflection is: about as wide as the code at 0.15 m. Our assumption."""


def look(code: bytes, held: HeldPhone, draws: Generator) -> tuple[bytes, str] | None:
    """Return the code that a scanner reads off a phone and its AIM id, None when it reads nothing.

    Args:
        code: what the phone shows.
        held: how it is held; which way round, and which way it is tilted, is drawn.
        draws: of this showing, the imager's noise among them.
    """
    from twin import phone_screen, scanner_eye  # heavy: only where pictures are looked at
    from twin.scanner_view import Glare, Held, Imager, see

    roll, way = draws.uniform(0, 360, 2)
    lamp = Glare(0.5, 0.5, GLARE_PX, held.glare) if held.glare else None
    picture = see(
        Imager(),
        phone_screen.draw(code),
        Held(held.distance_m, _tilts(held.tilt_deg, way), float(roll), glare=lamp),
        draws,
    )
    seen = scanner_eye.read(picture)
    return (seen.code, seen.aim_id) if seen else None


def _tilts(tilt_deg: float, way_deg: float) -> tuple[float, float]:
    """Return the angles about the imager's two axes by which a glass is turned away so far, that way, degrees."""
    off, way = math.radians(tilt_deg), math.radians(way_deg)
    across = math.asin(math.sin(off) * math.sin(way))
    return math.degrees(across), math.degrees(math.atan2(math.sin(off) * math.cos(way), math.cos(off)))
