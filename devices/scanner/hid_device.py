"""The scanner's side of USB HID POS: reports out, nothing in."""

from __future__ import annotations

from devices.scanner.device_side import Sent
from devices.scanner.hid_pos import POS, HidProfile, build


class HidDevice:
    """A scanner that sends its codes in reports."""

    def __init__(self, profile: HidProfile = POS) -> None:
        self.profile = profile
        self._waiting: list[Sent] = []

    @property
    def reply(self) -> bytes:
        """It answers nothing; an empty report can come between."""
        return build(b"", "", self.profile)[0]

    def show(self, code: bytes, aim_id: str) -> None:
        """Read a code."""
        self._waiting += [Sent(report) for report in build(code, aim_id, self.profile)]

    def feed(self, data: bytes, now_ns: int) -> None:
        """It listens to nobody."""

    def to_send(self, now_ns: int) -> list[Sent]:  # noqa: ARG002  # others repeat after a while
        """Return what the host must be sent now, once."""
        waiting, self._waiting = self._waiting, []
        return waiting
