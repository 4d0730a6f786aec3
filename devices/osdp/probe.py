"""Whether a reader is there, who it says it is, whether the secure channel stands, and how long an answer takes."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.clock import MILLISECOND, SECOND, Clock
from contracts.errors import DeviceUnavailable
from devices.line import Line
from devices.osdp.acu import Acu
from devices.osdp.complaint import complaint
from devices.osdp.driver import draw
from devices.osdp.identity import Can, Identity
from devices.osdp.link import Link

_LOOK_NS = MILLISECOND
_PATIENCE_NS = 5 * SECOND


@dataclass(frozen=True, slots=True)
class Probed:
    """What a reader told of itself.

    Args:
        said: who it is and what it can, for people.
        identity: None when it does not tell.
        secure: whether it was in the secure channel.
        round_trip_ns: from a command to its answer.
    """

    said: str
    identity: Identity | None
    secure: bool
    round_trip_ns: int


def probe(device: str, line: Line, clock: Clock, link: Link) -> Probed:
    """Bring a reader to where it answers polls.

    Args:
        device: for messages.
        line: to the reader; nobody else may use it meanwhile.
        clock: bench time; it passes here.
        link: address and key.

    Raises:
        DeviceUnavailable: with the cause, and what to try.
    """
    acu, until_ns = Acu(link, draw), clock.now_ns + _PATIENCE_NS
    line.read()
    while not acu.ready and clock.now_ns < until_ns:
        if data := acu.to_send(clock.now_ns):
            line.write(data)
        clock.wait_until(clock.now_ns + _LOOK_NS)
        acu.feed(line.read(), clock.now_ns)
        if (error := complaint(device, acu, clock.now_ns)) is not None:
            raise error
    if not acu.ready:
        raise DeviceUnavailable("the reader is never ready", where=device, hint="look at what else talks on this line")
    return Probed(_words(acu, link), acu.identity, link.key is not None, acu.round_trip_ns)


def _words(acu: Acu, link: Link) -> str:
    who = str(acu.identity) if acu.identity else "it does not tell who it is"
    can = ", ".join(Can(code).name.lower() for code in sorted(acu.capabilities) if code in set(Can))
    return f"{who}; {'in the secure channel' if link.key else 'in clear'}; can: {can or 'it does not tell'}"
