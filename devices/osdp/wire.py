"""What a driver of a reader talks over: a place on a line, and how to talk there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from secrets import token_bytes

from contracts.clock import SECOND, Clock
from devices.bus import Bus
from devices.line import Line
from devices.osdp.acu import Heard
from devices.osdp.crypto import RANDOM
from devices.osdp.link import Link

AGAIN_NS = SECOND
"""Until a line that was lost is opened again."""
OsdpBus = Bus[Heard]
"""A line with one reader or several, told apart by their addresses."""


def draw() -> bytes:
    """Return 8 bytes that nobody can guess. They are no part of a run: no record depends on them."""
    return token_bytes(RANDOM)


@dataclass(frozen=True, slots=True)
class Wire:
    """One reader on a line.

    Args:
        bus: the line.
        clock: of the bench.
        link: address, key and times. Without a key everything goes over the line in clear.
        random: draws what the secure channel begins with.
    """

    bus: OsdpBus
    clock: Clock
    link: Link
    random: Callable[[], bytes] = draw


def wire(connect: Callable[[], Line], clock: Clock, link: Link) -> Wire:
    """Return the wire of a reader that has a line to itself.

    Args:
        connect: opens the line, also again after it was lost.
        clock: of the bench.
        link: address, key and times.
    """
    return Wire(OsdpBus(connect, AGAIN_NS), clock, link)
