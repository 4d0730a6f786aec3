"""OSDP packets: `53 address length control [security block] code data... [MAC] check`. No I/O."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from contracts.errors import UsageError
from devices.osdp.check import check_of
from devices.osdp.codes import Secured

MARK, SOM = 0xFF, 0x53
HEAD, MAC = 5, 4
MOST_BYTES = 1440
"""The longest packet that is taken. Source: OSDP v2.2 recommends no more."""
EVERYBODY = 0x7F
"""The address that every device hears."""
FROM_DEVICE = 0x80
"""The bit of the address that tells a reply."""
_SEQUENCE, _CRC, _SECURED = 0x03, 0x04, 0x08
_KNOWN_CONTROL = _SEQUENCE | _CRC | _SECURED

Sign = Callable[[bytes], bytes]
"""Returns the MAC of what stands before it."""


@dataclass(frozen=True, slots=True)
class Packet:
    """One message as it is on the wire; its data may still be encrypted.

    Args:
        address: of the device, 0 to 126; 127 is everybody.
        sequence: 0 begins anew, then 1, 2, 3, 1, ...
        code: of the command or reply; one that nobody here knows is kept.
        data: what follows the code. Hidden in prints: it may be able to pay.
        reply: it comes from the device.
        crc: it ends with a CRC, else with a checksum.
        block: the security block's type and data, b"" for none.
        signed: all bytes that its MAC covers, b"" without a MAC. Hidden.
        mac: its first four bytes. Hidden.
    """

    address: int
    sequence: int
    code: int
    data: bytes = field(default=b"", repr=False)
    reply: bool = False
    crc: bool = True
    block: bytes = b""
    signed: bytes = field(default=b"", repr=False)
    mac: bytes = field(default=b"", repr=False)

    @property
    def secured(self) -> int:
        """The type of its security block, 0 for none."""
        return self.block[0] if self.block else 0

    def pack(self, sign: Sign | None = None) -> bytes:
        """Return its bytes without a mark; `sign` makes the MAC of a packet that has one.

        Raises:
            UsageError: it is longer than any packet.
        """
        block = bytes((len(self.block) + 1,)) + self.block if self.block else b""
        body = block + bytes((self.code,)) + self.data
        size = HEAD + len(body) + (MAC if sign else 0) + (2 if self.crc else 1)
        if size > MOST_BYTES:
            raise UsageError("too much for a packet", expected=f"{MOST_BYTES} bytes", found=f"{size} bytes")
        control = self.sequence | (_CRC if self.crc else 0) | (_SECURED if block else 0)
        address = self.address | (FROM_DEVICE if self.reply else 0)
        raw = bytes((SOM, address)) + size.to_bytes(2, "little") + bytes((control,)) + body
        raw += sign(raw)[:MAC] if sign else b""
        return raw + check_of(raw, crc=self.crc)


def plausible(head: bytes | bytearray, *, replies: bool) -> bool:
    """Whether a packet can begin so; what has not come yet may still be right."""
    return (
        head[0] == SOM
        and (len(head) < 2 or bool(head[1] & FROM_DEVICE) is replies)
        and (len(head) < 4 or HEAD + 2 <= size_of(head) <= MOST_BYTES)
        and (len(head) < HEAD or not head[4] & ~_KNOWN_CONTROL)
    )


def size_of(head: bytes | bytearray) -> int:
    """Return the length that a packet of at least four bytes tells."""
    return int.from_bytes(head[2:4], "little")


def parse(raw: bytes) -> Packet | None:
    """Return the packet that these bytes are, None when its check or its layout is wrong."""
    control = raw[4]
    crc = bool(control & _CRC)
    end = len(raw) - (2 if crc else 1)
    if raw[end:] != check_of(raw[:end], crc=crc):
        return None
    start = HEAD + (raw[HEAD] if control & _SECURED else 0)
    block = raw[HEAD + 1 : start]
    if control & _SECURED and not block:
        return None
    if start >= end:
        return None
    # One without room for a MAC has none, and is refused by whoever wants one: osdp 1.6 begins with such a poll.
    signed = bool(block) and block[0] >= Secured.COMMAND and end - start > MAC
    until = end - (MAC if signed else 0)
    return Packet(
        address=raw[1] & ~FROM_DEVICE,
        sequence=control & _SEQUENCE,
        code=raw[start],
        data=raw[start + 1 : until],
        reply=bool(raw[1] & FROM_DEVICE),
        crc=crc,
        block=block,
        signed=raw[:until] if signed else b"",
        mac=raw[until:end],
    )


def next_sequence(sequence: int) -> int:
    """Return what follows a sequence number: 0 is only for a new beginning."""
    return sequence % 3 + 1
