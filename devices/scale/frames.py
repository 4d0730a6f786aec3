"""Frames out of a stream of bytes, one byte at a time: so the pieces in which they came cannot matter."""

from __future__ import annotations

LF, CR, STX, ETX = 0x0A, 0x0D, 0x02, 0x03
MOST = 96
"""Bytes of the longest frame that any of these protocols has, with room to spare."""


class Frames:
    """Cuts frames out of a stream; what is too long is dropped up to the next mark.

    Args:
        end: the byte that ends a frame.
        start: the byte that begins one, wherever it stands; None where a frame begins after the last one's end.
        most: bytes kept while no end comes.
    """

    def __init__(self, end: int, start: int | None = None, most: int = MOST) -> None:
        self._end, self._start, self._most = end, start, most
        self._kept = bytearray()
        self._inside = start is None

    def feed(self, data: bytes) -> list[bytes]:
        """Return the frames that these bytes complete, without their marks."""
        found: list[bytes] = []
        for byte in data:
            if byte == self._start:
                self._kept.clear()
                self._inside = True
            elif byte == self._end:
                if self._inside:
                    found.append(bytes(self._kept))
                self._kept.clear()
                self._inside = self._start is None
            elif self._inside:
                self._kept.append(byte)
                self._inside = len(self._kept) <= self._most
        return found
