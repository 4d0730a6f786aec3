"""How an ACU and one device talk: address, check, key, times. Data that a profile or a bench file sets."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.clock import MILLISECOND, SECOND
from contracts.errors import UsageError
from devices.osdp.keys import Key
from devices.osdp.packet import EVERYBODY


@dataclass(frozen=True, slots=True)
class Link:
    """One device on a line.

    Args:
        address: of the device, 0 to 126; 127 where only one device is on the line and its address is not known.
        crc: packets end with CRC-16, else with a checksum.
        key: of the secure channel; without one everything goes in clear.
        install: a device that does not have the key may be given it, in a channel whose key everybody knows: whoever
            listens has the key then, so only on a bench.
        reply_ns: a device answers within this. Source: OSDP v2.2, 200 ms.
        poll_ns: between two questions whether there is something. Source: libosdp, 50 ms.
        attempts: a command without an answer is sent so often. Our choice.
        offline_ns: after so long without an answer a device counts as gone. Source: libosdp, 8 s.
        pause_ns: until a device that did not answer is asked anew. Our choice.
        busy_ns: a device may be busy for so long. Our choice.

    Raises:
        UsageError: an address that no device has.
    """

    address: int = 0
    crc: bool = True
    key: Key | None = None
    install: bool = False
    reply_ns: int = 200 * MILLISECOND
    poll_ns: int = 50 * MILLISECOND
    attempts: int = 3
    offline_ns: int = 8 * SECOND
    pause_ns: int = SECOND
    busy_ns: int = 10 * SECOND

    def __post_init__(self) -> None:
        if not 0 <= self.address <= EVERYBODY:
            raise UsageError("no device has this address", expected="0 to 127", found=str(self.address))
