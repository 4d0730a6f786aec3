"""What a device tells of itself when asked, for whoever looks for a fault."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from contracts.errors import DeviceUnavailable


@dataclass(frozen=True, slots=True)
class Probed:
    """What a device said.

    Args:
        identity: maker, model, serial number; "" where its protocol has no such question.
        firmware: version of its program; "" as above.
        round_trip_ns: from the question on its line to the answer.
    """

    identity: str = ""
    firmware: str = ""
    round_trip_ns: int = 0


@runtime_checkable
class Probing(Protocol):
    """A driver that can ask its device who it is."""

    def probe(self) -> Probed:
        """Ask, and wait for the answer.

        Raises:
            DeviceUnavailable: nothing answers, or something else does; says what to try.
        """


@runtime_checkable
class Complaining(Protocol):
    """A driver that goes on when its device falls silent, and can tell that it did."""

    @property
    def complaint(self) -> DeviceUnavailable | None:
        """Why the device cannot be used now and what to try; None while it can, or has only just begun."""


def complaint_of(driver: object) -> DeviceUnavailable | None:
    """Return what a driver complains of; None also for one that raises instead."""
    return driver.complaint if isinstance(driver, Complaining) else None
