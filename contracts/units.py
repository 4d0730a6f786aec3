"""Lengths of time as people write and read them: "4 s", "250 ms", "12.300 s"."""

from __future__ import annotations

import math
import re
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
