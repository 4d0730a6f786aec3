"""Whether a scanner is there and who it is, where its protocol has such a question."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, runtime_checkable

from contracts.clock import MILLISECOND, SECOND, Clock
from contracts.errors import DeviceUnavailable
from devices.probing import Probed
from devices.scanner.codec import Codec

_LONGEST_NS = 3 * SECOND
"""Longer than any codec here waits for an answer before it asks again."""
_LOOK_NS = MILLISECOND


@runtime_checkable
class Identifying(Protocol):
    """A codec whose protocol can ask the scanner something that it always answers."""

    @property
    def told(self) -> str:
        """What it has told of itself since it was last asked; "" until then."""

    def who(self, now_ns: int) -> None:
        """Ask."""


def probe(device: str, codec: Codec, fetch: Callable[[], None], clock: Clock) -> Probed:
    """Ask a scanner, and wait for its answer; of one that cannot be asked only its line is tried.

    Args:
        device: device id.
        codec: its protocol.
        fetch: lets bytes come and go.
        clock: of the bench; it passes here.

    Raises:
        DeviceUnavailable: it does not answer.
    """
    fetch()
    if not isinstance(codec, Identifying):
        return Probed()
    before = codec.troubles.copy()
    began_ns = clock.now_ns
    codec.who(began_ns)
    while not codec.told and clock.now_ns - began_ns < _LONGEST_NS:
        fetch()
        clock.wait_until(clock.now_ns + _LOOK_NS)
    if codec.told:
        return Probed(firmware=codec.told, round_trip_ns=clock.now_ns - began_ns)
    heard = codec.troubles - before
    raise DeviceUnavailable(
        "the scanner does not answer",
        where=device,
        expected="an answer to a question that every scanner of this protocol knows",
        found=", ".join(f"{count} x {trouble}" for trouble, count in sorted(heard.items())) or "nothing",
        hint="check power and cable, that speed and parity are those of the line, and that it is set to this protocol",
    )
