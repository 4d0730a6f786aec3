"""Serial text: `[prefix][AIM id]code[suffix]`, with a carriage return as the usual suffix, or silence in place of one.

Sources: Honeywell 3310g guide 2-22 (a scanner may wait for ACK or NAK after each code).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from contracts.clock import MILLISECOND
from contracts.codes.symbols import split_aim
from devices.scanner.codec import LONGEST_CODE, CodeRead, Trouble

ACK, NAK = b"\x06", b"\x15"
IDLE_NS = 80 * MILLISECOND
"""Silence that ends a code without suffix: longer than any gap between its bytes, shorter than between two codes."""
HALF_NS = 500 * MILLISECOND
"""Silence after which the rest of a frame with a suffix will not come."""


@dataclass(frozen=True, slots=True)
class TextProfile:
    r"""How one scanner is set up.

    Args:
        prefix: before each code; what stands before it is skipped.
        suffix: after each code; b"": a code ends with `idle_ns` of silence.
        aim: it sends AIM ids.
        idle_ns: 50-100 ms.
        acknowledged: it waits for ACK after each code, and sends again after NAK.
        on: sent to make it read, b"" when it always reads.
        off: sent to make it go dark.
        replies: byte strings that answer commands; not part of a code.
        most_bytes: the longest code.
    """

    prefix: bytes = b""
    suffix: bytes = b"\r"
    aim: bool = False
    idle_ns: int = IDLE_NS
    acknowledged: bool = False
    on: bytes = b""
    off: bytes = b""
    replies: tuple[bytes, ...] = ()
    most_bytes: int = LONGEST_CODE


class TextCodec:
    """The host's side. A code that contains the suffix is cut there: binary codes need silence, SSI or HID."""

    def __init__(self, profile: TextProfile) -> None:
        self.profile = profile
        self.troubles: Counter[Trouble] = Counter()
        self._buffer = bytearray()
        # Of a frame without its suffix; as much again may be skipped before a prefix.
        self._longest = 2 * profile.most_bytes
        self._too_long = False
        self._heard_ns = 0
        self._out = bytearray()

    def feed(self, data: bytes, now_ns: int) -> list[CodeRead]:
        """Take what has come; return the codes that are complete."""
        found = self._fall_silent(now_ns)
        if data:
            self._heard_ns = now_ns
        for start in range(0, len(data), self.profile.most_bytes):
            # In pieces no longer than a code, so that the buffer never grows beyond three.
            self._buffer += data[start : start + self.profile.most_bytes]
            found += self._complete()
        return found

    def to_send(self) -> bytes:
        """Return what the scanner must be sent now, once."""
        data = bytes(self._out)
        self._out.clear()
        return data

    def scan(self, on: bool, now_ns: int) -> None:  # noqa: ARG002  # other protocols wait for an answer
        """Let it read codes, or let it go dark."""
        self._out += self.profile.on if on else self.profile.off

    def _complete(self) -> list[CodeRead]:
        """Take whole frames off the buffer."""
        found: list[CodeRead] = []
        suffix = self.profile.suffix
        while suffix and (end := self._buffer.find(suffix)) >= 0:
            frame = bytes(self._buffer[:end])
            del self._buffer[: end + len(suffix)]
            found += self._frame(frame)
        self._bound()
        return found

    def _bound(self) -> None:
        """Keep of what can no longer become a code only what may be the beginning of its suffix."""
        begun = max(0, len(self.profile.suffix) - 1)
        if len(self._buffer) - begun > self._longest:
            self._too_long = True
            del self._buffer[: len(self._buffer) - begun]

    def _fall_silent(self, now_ns: int) -> list[CodeRead]:
        """End or give up what is in the buffer after a silence."""
        by_silence = not self.profile.suffix
        patience_ns = self.profile.idle_ns if by_silence else HALF_NS
        if not (self._buffer or self._too_long) or now_ns - self._heard_ns < patience_ns:
            return []
        frame = bytes(self._buffer)
        self._buffer.clear()
        if by_silence:
            return self._frame(frame)
        if self._too_long or self._without_replies(frame):
            self._reject(Trouble.TOO_LONG if self._too_long else Trouble.HALF)
        self._too_long = False
        return []

    def _frame(self, frame: bytes) -> list[CodeRead]:
        """Return the code of one frame without its suffix, or nothing."""
        too_long, self._too_long = self._too_long or len(frame) > self._longest, False
        aim_id, code = self._parts(self._without_replies(frame))
        if too_long or len(code) > self.profile.most_bytes:
            self._reject(Trouble.TOO_LONG)
            return []
        if not code:
            # A line feed of its own, or a suffix sent twice.
            return []
        self._answer(ACK)
        return [CodeRead(code, aim_id)]

    def _parts(self, frame: bytes) -> tuple[str, bytes]:
        """Return AIM id and code of what stands after the prefix."""
        skipped, body = b"", frame
        if prefix := self.profile.prefix:
            # A control character cannot be part of the code: the last one begins it, after half a frame that broke off.
            skipped, found, body = frame.rpartition(prefix) if prefix < b" " else frame.partition(prefix)
            skipped, body = (skipped, body) if found else (frame, b"")
        if skipped:
            self.troubles[Trouble.SKIPPED] += len(skipped)
        return split_aim(body) if self.profile.aim else ("", body)

    def _without_replies(self, frame: bytes) -> bytes:
        """Drop answers to commands, which come without a suffix, from before a code."""
        while reply := next((r for r in self.profile.replies if frame.startswith(r)), b""):
            frame = frame[len(reply) :]
        return frame

    def _reject(self, trouble: Trouble) -> None:
        self.troubles[trouble] += 1
        self._answer(NAK)

    def _answer(self, byte: bytes) -> None:
        if self.profile.acknowledged:
            self._out += byte
