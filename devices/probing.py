"""What a device tells of itself when asked, for whoever looks for a fault."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable


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
