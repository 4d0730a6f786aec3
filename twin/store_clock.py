"""The clock of a device in a store file: how far its stamps are from bench time."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema

from contracts.units import DurationNs, duration_ns
from contracts.yamlfile import StrictModel


def _signed_ns(value: object) -> int:
    """Return nanoseconds of "-20 ms" too."""
    if isinstance(value, str) and value.strip().startswith("-"):
        return -duration_ns(value.strip()[1:])
    if isinstance(value, int | float) and value < 0:
        return -duration_ns(-value)
    return duration_ns(value)


_WRITTEN = {
    "anyOf": [
        {"type": "number", "description": "seconds"},
        {"type": "string", "pattern": r"^\s*-?\s*[0-9]*\.?[0-9]+\s*(ns|us|ms|s|min|h)\s*$"},
    ]
}
SignedNs = Annotated[
    int,
    BeforeValidator(_signed_ns),
    PlainSerializer(lambda ns: f"{ns} ns", when_used="json"),
    WithJsonSchema(_WRITTEN, mode="validation"),
]


class Clock(StrictModel):
    """How a device's clock errs: it stamps what it measures, while delivery is in bench time.

    Nothing by default. Two machines kept together by NTP on a local network are within a millisecond or so of one
    another, free-running ones drift by tens of parts in a million: our assumptions, for the orders of magnitude.

    Args:
        offset: how far it is ahead of bench time at the start; "-20 ms" is behind.
        spread: standard deviation of a further offset that each device draws for itself, the same for a whole run.
        drift_ppm: microseconds that it gains a second.
        jitter: standard deviation of each stamp.
    """

    offset: SignedNs = 0
    spread: DurationNs = 0
    drift_ppm: Annotated[float, Field(gt=-10_000, lt=10_000)] = 0.0
    jitter: DurationNs = 0
