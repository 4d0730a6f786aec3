"""The unit of ZVT: CCRC APRC LEN data. A length of FF stands for two more bytes, low one first.

Source: ZVT 13.x as read by Portalum.Zvt (MIT).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from contracts.errors import DeviceUnavailable, UsageError

MOST_DATA = 4096
"""Data of one APDU that is listened to, bytes. Terminals agree on far less; the form itself would allow 65535."""
_EXTENDED = 0xFF
_CLASSES = frozenset({0x04, 0x05, 0x06, 0x08, 0x0F, 0x80, 0x84})
"""First bytes that ZVT has; a stream that shows another is out of step."""


class BadMessage(DeviceUnavailable):
    """Bytes from a terminal break the form of ZVT. The message never quotes them: they may hold a card number."""


@dataclass(frozen=True, slots=True)
class Apdu:
    """One message of either side.

    Args:
        control: CCRC and APRC, 0x0601 = authorisation.
        data: what follows the length; never shown by `repr`, as it may hold a card number.
    """

    control: int
    data: bytes = field(default=b"", repr=False)

    def encode(self) -> bytes:
        """Return its bytes.

        Raises:
            UsageError: more data than an APDU holds.
        """
        size = len(self.data)
        if size > MOST_DATA:
            raise UsageError("too long for one APDU", expected=f"at most {MOST_DATA} bytes", found=f"{size} bytes")
        length = bytes([size]) if size < _EXTENDED else bytes([_EXTENDED]) + size.to_bytes(2, "little")
        return self.control.to_bytes(2, "big") + length + self.data


class ApduStream:
    """Cuts a stream into APDUs, however it arrives; at most one APDU is kept.

    `skipped` counts the bytes that could not be the beginning of one.
    """

    def __init__(self) -> None:
        self._kept = bytearray()
        self.skipped = 0

    @property
    def waiting(self) -> bool:
        """Whether the beginning of an APDU is in and its end is not."""
        return bool(self._kept)

    def reset(self) -> None:
        """Forget the beginning of an APDU whose end does not come."""
        self.skipped += len(self._kept)
        self._kept.clear()

    def feed(self, data: bytes) -> list[Apdu]:
        """Take what came, and return what it completes."""
        self._kept += data
        found: list[Apdu] = []
        start = 0
        while start < len(self._kept):
            end, apdu = _first(self._kept, start)
            if apdu is not None:
                found.append(apdu)
            elif end == start:
                break
            else:
                self.skipped += end - start
            start = end
        del self._kept[:start]
        return found


def _first(kept: bytearray, start: int) -> tuple[int, Apdu | None]:
    """Return (end, APDU), (end of what is no APDU, None), or (start, None) while more must come."""
    if kept[start] not in _CLASSES:
        return start + 1, None
    head = start + 3
    if len(kept) < head:
        return start, None
    size = kept[start + 2]
    if size == _EXTENDED:
        head += 2
        if len(kept) < head:
            return start, None
        size = int.from_bytes(kept[head - 2 : head], "little")
        if size > MOST_DATA:
            return start + 1, None
    if len(kept) < head + size:
        return start, None
    control = int.from_bytes(kept[start : start + 2], "big")
    return head + size, Apdu(control, bytes(kept[head : head + size]))
