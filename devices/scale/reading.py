"""What a scale says, whatever language it speaks."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

NAN = math.nan


class Status(StrEnum):
    """Why there is a weight, or why there is none."""

    OK = "ok"
    MOTION = "motion"
    OVER = "over"
    UNDER = "under"
    REFUSED = "refused"
    """It cannot do now what it was asked, or does not know it."""
    FAULT = "fault"
    """It says that it is broken, or names a unit that is no weight."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One weighing.

    Args:
        grams: a value for each plate; NaN where the scale withholds it.
        status: OK when the load is at rest and within range.
        net: after a tare.
    """

    grams: tuple[float, ...]
    status: Status = Status.OK
    net: bool = False

    @property
    def stable(self) -> bool:
        """Whether the load is at rest."""
        return self.status is Status.OK


@dataclass(frozen=True, slots=True)
class Told:
    """An answer that is no weight.

    Args:
        what: the order that it answers, in the protocol's letters, or what the device says of itself.
        done: whether the order was carried out.
    """

    what: str
    done: bool = True


@dataclass(frozen=True, slots=True)
class Noise:
    """A frame that means nothing in this protocol.

    Args:
        frame: its bytes, without the marks around it.
    """

    frame: bytes


Event = Reading | Told | Noise


class Codec(Protocol):
    """One protocol, seen from the host. Any bytes may come; none raises, and what is kept of them is bounded."""

    def feed(self, data: bytes) -> Sequence[Event]:
        """Take bytes as they came, in pieces of any length; return what they say."""

    def ask(self) -> bytes:
        """Return the bytes that ask for a weight now; b"" for a device that sends without being asked."""


def withheld(status: Status) -> Reading:
    """Return the reading of a single plate that shows no weight."""
    return Reading((NAN,), status)
