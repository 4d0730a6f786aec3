"""Units of mass as scales write them."""

from __future__ import annotations

from devices.scale.reading import NAN, Reading, Status

GRAMS_OF = {"mg": 0.001, "g": 1.0, "kg": 1000.0, "t": 1_000_000.0, "lb": 453.59237, "oz": 28.349523125}
"""Grams of one. Source: NIST Handbook 44, appendix C (pound and ounce avoirdupois, exact)."""


def reading(value: bytes, unit: bytes, status: Status = Status.OK, *, net: bool = False) -> Reading:
    """Return a single plate's reading of a number and its unit; a unit that is no mass is a fault of the scale."""
    factor = GRAMS_OF.get(unit.decode("ascii", "replace").strip().lower())
    if factor is None:
        return Reading((NAN,), Status.FAULT, net)
    return Reading((float(value.replace(b" ", b"")) * factor,), status, net)
