"""The scanner's own side of a protocol, for the emulator: codes and the host's bytes in, frames out. No I/O."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Sent:
    """Bytes that belong together.

    Args:
        data: bytes. Hidden in prints: they may hold a code that can pay.
        code: they carry a code, or a part of one.
    """

    data: bytes = field(repr=False)
    code: bool = True


class DeviceSide(Protocol):
    """One protocol from the device's side."""

    @property
    def reply(self) -> bytes:
        """What answers a command, or could; to be put where it does not belong."""

    def show(self, code: bytes, aim_id: str) -> None:
        """Read a code, if it reads codes now."""

    def feed(self, data: bytes, now_ns: int) -> None:
        """Take what the host sent, b"" when only time has passed."""

    def to_send(self, now_ns: int) -> list[Sent]:
        """Return what the host must be sent now, once."""
