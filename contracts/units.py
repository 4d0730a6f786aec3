"""Lengths of time and amounts of money as people write and read them: "4 s", "250 ms", "7.50"."""

from __future__ import annotations

import math
import re
from decimal import Decimal, InvalidOperation
from typing import Annotated

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

from contracts.clock import MILLISECOND, SECOND

_NS_OF = {"ns": 1, "us": 1_000, "ms": MILLISECOND, "s": SECOND, "min": 60 * SECOND, "h": 3_600 * SECOND}
_DURATION = re.compile(r"\s*(-?[0-9]*\.?[0-9]+)\s*([a-z]+)\s*")


def duration_ns(value: object) -> int:
    """Return nanoseconds of "4 s", "250 ms", "2 min", or of a number of seconds.

    Raises:
        ValueError: it is not a length of time, or it is negative.
    """
    if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        ns = round(value * SECOND)
    elif isinstance(value, str) and (match := _DURATION.fullmatch(value)) and match[2] in _NS_OF:
        ns = round(float(match[1]) * _NS_OF[match[2]])
    else:
        raise ValueError('expected a length of time: "4 s", "250 ms", "2 min", or a number of seconds')
    if ns < 0:
        raise ValueError("time cannot be negative: expected 0 s or more")
    return ns


_WRITTEN = {
    "anyOf": [
        {"type": "number", "minimum": 0, "description": "seconds"},
        {"type": "string", "pattern": r"^\s*[0-9]*\.?[0-9]+\s*(ns|us|ms|s|min|h)\s*$"},
    ]
}

DurationNs = Annotated[
    int,
    BeforeValidator(duration_ns),
    PlainSerializer(lambda ns: f"{ns} ns", when_used="json"),
    WithJsonSchema(_WRITTEN, mode="validation"),
]
"""A field of a model that reads a length of time and holds integer nanoseconds; as JSON it can be read again.

A default must be given in nanoseconds: pydantic does not validate defaults.
"""


def minor_units(value: object) -> int:
    """Return hundredths of an amount such as 7.5 or "7.50".

    Raises:
        ValueError: it is not an amount, is negative, or has more than two decimals.
    """
    if isinstance(value, int | float | str | Decimal) and not isinstance(value, bool):
        try:
            hundredths = Decimal(str(value)) * 100
        except InvalidOperation:
            hundredths = Decimal("NaN")
        if hundredths.is_finite() and hundredths >= 0 and hundredths == hundredths.to_integral_value():
            return int(hundredths)
    raise ValueError("expected an amount with at most two decimals: 7.50")


_AMOUNT = {"anyOf": [{"type": "number", "minimum": 0}, {"type": "string", "pattern": r"^[0-9]+(\.[0-9]{1,2})?$"}]}

Money = Annotated[
    int,
    BeforeValidator(minor_units),
    PlainSerializer(lambda minor: f"{minor // 100}.{minor % 100:02d}", when_used="json"),
    WithJsonSchema(_AMOUNT, mode="validation"),
]
"""A field of a model that reads an amount of money and holds hundredths; as JSON it can be read again."""
