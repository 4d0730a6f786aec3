"""Pictures in an HTTP answer that never ends (multipart/x-mixed-replace, "MJPEG"). No I/O, and no exception on garbage.

Source: RFC 2046, 5.1 (multipart); the type itself is Netscape's, and what ffmpeg writes as `mpjpeg` was looked at.
"""

from __future__ import annotations

import re
from collections import Counter
from enum import StrEnum

MOST_BYTES = 1 << 20
"""Of one picture, and of all that is kept."""
_MOST_HEAD = 4096
_END = b"\r\n\r\n"
_BOUNDARY = re.compile(
    rb"content-type:\s*multipart/x-mixed-replace\s*;[^\r\n]*boundary=\"?(?:--)?([^\s;\"]{1,70})", re.I
)
_LENGTH = re.compile(rb"content-length:\s*(\d{1,8})\s*(?:\r\n|$)", re.I)


class Trouble(StrEnum):
    """What went wrong on the wire."""

    REFUSED = "an answer that is no stream of pictures"
    TOO_LONG = "more than a picture can be"
    SKIPPED = "bytes that belong to no picture"


class Parts:
    """Bytes in, pictures out."""

    def __init__(self) -> None:
        self.troubles: Counter[Trouble] = Counter()
        self.refused = ""
        """The first line of an answer that is no stream; nothing more is taken then."""
        self._mark = b""
        self._kept = bytearray()

    def feed(self, data: bytes) -> list[bytes]:
        """Take bytes as they came, in pieces of any length; return the pictures that are whole."""
        if self.refused:
            return []
        self._kept += data
        if not self._mark and not self._begin():
            return []
        found: list[bytes] = []
        while (part := self._part()) is not None:
            if part:
                found.append(part)
        if len(self._kept) > MOST_BYTES:
            self._drop(Trouble.TOO_LONG, len(self._kept))
        return found

    def _begin(self) -> bool:
        """Read the head of the answer; return whether the stream has begun."""
        end = self._kept.find(_END)
        if end < 0 and len(self._kept) <= _MOST_HEAD:
            return False
        head = bytes(self._kept[: max(end, 0)])
        boundary = _BOUNDARY.search(head)
        if not re.match(rb"HTTP/1\.[01] 200\b", head) or boundary is None:
            self.refused = bytes(self._kept[:80]).partition(b"\r\n")[0].decode("ascii", "replace")
            self.troubles[Trouble.REFUSED] += 1
            self._kept.clear()
            return False
        self._mark = b"--" + boundary[1]
        del self._kept[: end + len(_END)]
        return True

    def _part(self) -> bytes | None:
        """Cut off the next part; None while it is not whole, b"" for one without a picture."""
        begin = self._kept.find(self._mark)
        if begin < 0:
            if (extra := len(self._kept) - len(self._mark)) > 0:
                self._drop(Trouble.SKIPPED if self._kept[:extra].strip() else None, extra)
            return None
        if begin > 0:
            self._drop(Trouble.SKIPPED if self._kept[:begin].strip() else None, begin)
        end = self._kept.find(_END)
        if end < 0:
            if len(self._kept) > _MOST_HEAD:
                self._drop(Trouble.TOO_LONG, len(self._mark))
                return b""
            return None
        return self._body(bytes(self._kept[:end]), end + len(_END))

    def _body(self, head: bytes, begin: int) -> bytes | None:
        told = _LENGTH.search(head)
        if told is None:
            end = self._kept.find(b"\r\n" + self._mark, begin)
            if end < 0:
                return None
        elif (end := begin + int(told[1])) > begin + MOST_BYTES:
            self._drop(Trouble.TOO_LONG, len(self._mark))
            return b""
        elif len(self._kept) < end:
            return None
        picture = bytes(self._kept[begin:end])
        del self._kept[:end]
        return picture

    def _drop(self, why: Trouble | None, size: int) -> None:
        if why is not None:
            self.troubles[why] += 1
        del self._kept[:size]
