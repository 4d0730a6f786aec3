"""How far two clocks are apart, from questions and answers that took time themselves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question and its answer.

    Args:
        asked_ns, heard_ns: by the asker's clock: question sent, answer received.
        received_ns, answered_ns: by the other clock: question received, answer sent.
    """

    asked_ns: int
    received_ns: int
    answered_ns: int
    heard_ns: int


@dataclass(frozen=True, slots=True)
class Offset:
    """How far another clock is ahead.

    Args:
        offset_ns: to add to the asker's time for the other's; wrong by half the round trip at most.
        round_trip_ns: time on the way, there and back.
    """

    offset_ns: int
    round_trip_ns: int


def offset_of(exchange: Exchange) -> Offset:
    """Return the offset that one exchange tells.

    Source: RFC 5905, section 8: theta = ((T2 - T1) + (T3 - T4)) / 2, delta = (T4 - T1) - (T3 - T2).
    """
    there = exchange.received_ns - exchange.asked_ns
    back = exchange.answered_ns - exchange.heard_ns
    return Offset((there + back) // 2, there - back)


def best(exchanges: Iterable[Exchange]) -> Offset:
    """Return the offset of the exchange that took least time on the way: it is wrong by least."""
    return min(map(offset_of, exchanges), key=lambda offset: offset.round_trip_ns)
