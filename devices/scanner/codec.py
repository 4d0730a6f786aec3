"""What every scanner's codec is: bytes in, codes out, bytes to send. No I/O, no clock, no exception on garbage."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

LONGEST_CODE = 4096
"""Bytes. The largest QR code holds 2953. Source: ISO/IEC 18004, table 7."""


class Trouble(StrEnum):
    """What can go wrong on the wire; a codec counts it and goes on."""

    SKIPPED = "bytes between frames"
    HALF = "half a frame, then silence"
    TOO_LONG = "longer than any code"
    CHECKSUM = "wrong checksum"
    DUPLICATE = "a frame sent again that had been taken"
    STRAY = "an answer that nobody waits for"
    UNANSWERED = "no answer to a command"
    REFUSED = "a command refused"


@dataclass(frozen=True, slots=True)
class CodeRead:
    """One code, as the scanner sent it.

    Args:
        code: without AIM id, prefix and suffix. Hidden in prints: it may be able to pay.
        aim_id: "]Q1"; "" when the scanner does not say.
    """

    code: bytes = field(repr=False)
    aim_id: str = ""


class Codec(Protocol):
    """The host's side of one protocol."""

    @property
    def troubles(self) -> Counter[Trouble]:
        """How often each has happened; bytes for SKIPPED, else frames."""

    def feed(self, data: bytes, now_ns: int) -> list[CodeRead]:
        """Take what has come, b"" when only time has passed; return the codes that are complete.

        Args:
            data: bytes, cut anywhere.
            now_ns: bench time; time-outs count from the last bytes.
        """

    def to_send(self) -> bytes:
        """Return what the scanner must be sent now, once."""

    def scan(self, on: bool, now_ns: int) -> None:
        """Let it read codes, or let it go dark, if the protocol has a command for it."""
