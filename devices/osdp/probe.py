"""Whether a reader is there, who it says it is, and how long an answer takes."""

from __future__ import annotations

from collections.abc import Callable

from contracts.clock import MILLISECOND, SECOND, Clock
from contracts.errors import DeviceUnavailable
from devices.osdp.acu import Acu
from devices.probing import Probed

_LOOK_NS = MILLISECOND
_PATIENCE_NS = 5 * SECOND
"""Longer than a reader needs to be given a key and to begin the secure channel with it."""


def probe(
    device: str, acu: Acu, work: Callable[[], None], wrong: Callable[[], DeviceUnavailable | None], clock: Clock
) -> Probed:
    """Bring a reader to where it answers polls.

    Args:
        device: device id.
        acu: that talks to it.
        work: lets bytes come and go.
        wrong: tells why it cannot be used, None while nothing is known to be wrong.
        clock: of the bench; it passes here.

    Raises:
        DeviceUnavailable: with the cause, and what to try.
    """
    until_ns, answers = clock.now_ns + _PATIENCE_NS, acu.heard_ns
    # At least one answer is waited for, also of a reader that was ready before.
    while clock.now_ns < until_ns and not (acu.works and acu.heard_ns != answers):
        work()
        if (error := wrong()) is not None:
            raise error
        clock.wait_until(clock.now_ns + _LOOK_NS)
    if not acu.works:
        raise DeviceUnavailable("the reader is never ready", where=device, hint="look at what else talks on this line")
    who = acu.identity
    if who is None:
        return Probed(round_trip_ns=acu.round_trip_ns)
    return Probed(str(who), ".".join(map(str, who.firmware)), acu.round_trip_ns)
