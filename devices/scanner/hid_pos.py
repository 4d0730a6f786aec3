"""USB HID POS scanners: input reports of 64 bytes; a long code comes in several.

Sources: USB-IF HID Point of Sale usage tables 1.02, page 0x8C; Access-IS LSR118 guide p. 68; Microscan help.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from contracts.clock import MILLISECOND
from contracts.codes.symbols import split_aim
from devices.scanner.codec import LONGEST_CODE, CodeRead, Trouble

REPORT = 64
NEXT_NS = 500 * MILLISECOND
"""Longest wait for the report that goes on. Our choice."""


@dataclass(frozen=True, slots=True)
class HidProfile:
    """Where things stand in a report.

    Args:
        report_id: byte 0.
        aim_at: of three bytes of AIM id, None without.
        data_at: of the code.
        most: bytes of the code in one report.
        more_at: of the byte whose bit 0 says that the code goes on; None: a full report goes on, unless
            nothing comes for `NEXT_NS`.
        most_bytes: the longest code.
    """

    report_id: int
    aim_at: int | None
    data_at: int
    most: int
    more_at: int | None
    most_bytes: int = LONGEST_CODE


POS = HidProfile(report_id=2, aim_at=2, data_at=5, most=56, more_at=63)
"""Bytes 61 and 62 are the vendor's symbology and 0."""
MICROSCAN = HidProfile(report_id=1, aim_at=None, data_at=2, most=62, more_at=None)


@dataclass(frozen=True, slots=True)
class Report:
    """One report taken apart."""

    code: bytes = field(repr=False)
    aim_id: str
    more: bool


def parse(report: bytes, profile: HidProfile) -> Report | None:
    """Take a report apart; None for one that is not of this kind."""
    if len(report) != REPORT or report[0] != profile.report_id or report[1] > profile.most:
        return None
    aim = report[profile.aim_at : profile.aim_at + 3] if profile.aim_at is not None else b""
    code = report[profile.data_at : profile.data_at + report[1]]
    more = report[1] == profile.most if profile.more_at is None else bool(report[profile.more_at] & 1)
    return Report(code, split_aim(aim)[0], more)


def build(code: bytes, aim_id: str, profile: HidProfile) -> list[bytes]:
    """Return the reports of a code; what a scanner sends."""
    reports = []
    for start in range(0, max(1, len(code)), profile.most):
        part, report = code[start : start + profile.most], bytearray(REPORT)
        report[0], report[1] = profile.report_id, len(part)
        report[profile.data_at : profile.data_at + len(part)] = part
        if profile.aim_at is not None:
            report[profile.aim_at : profile.aim_at + 3] = aim_id.encode("ascii").ljust(3, b"\0")[:3]
        if profile.more_at is not None:
            report[profile.more_at] = start + profile.most < len(code)
        reports.append(bytes(report))
    return reports


class HidCodec:
    """The host's side: reports one after the other as a stream, as hidraw delivers them."""

    def __init__(self, profile: HidProfile = POS) -> None:
        self.profile = profile
        self.troubles: Counter[Trouble] = Counter()
        self._buffer = bytearray()
        self._parts: list[Report] = []
        self._too_long = False
        self._heard_ns = 0

    def feed(self, data: bytes, now_ns: int) -> list[CodeRead]:
        """Take what has come; return the codes that are complete."""
        found = self._fall_silent(now_ns)
        if data:
            self._heard_ns = now_ns
            self._buffer += data
        while self._buffer:
            if self._buffer[0] != self.profile.report_id or self._buffer[1:2] > bytes((self.profile.most,)):
                self._skip()
            elif len(self._buffer) < REPORT:
                break
            else:
                found += self._take(bytes(self._buffer[:REPORT]))
                del self._buffer[:REPORT]
        return found

    def to_send(self) -> bytes:
        """Nothing: these scanners only talk."""
        return b""

    def scan(self, on: bool, now_ns: int) -> None:
        """There is no command for it."""

    def _take(self, raw: bytes) -> list[CodeRead]:
        part = parse(raw, self.profile)
        if part is None:
            return []
        if not self._too_long:
            self._parts.append(part)
        if sum(len(p.code) + 1 for p in self._parts) > 2 * self.profile.most_bytes:
            self._too_long = True
            self._give_up(Trouble.TOO_LONG)
        if part.more:
            return []
        self._too_long = False
        return self._whole()

    def _whole(self) -> list[CodeRead]:
        parts, self._parts = self._parts, []
        code = b"".join(part.code for part in parts)
        return [CodeRead(code, parts[0].aim_id)] if code else []

    def _fall_silent(self, now_ns: int) -> list[CodeRead]:
        """End or give up what is in hand after a silence."""
        if now_ns - self._heard_ns < NEXT_NS:
            return []
        if self._buffer:
            self._buffer.clear()
            self._give_up(Trouble.HALF)
        self._too_long = False
        if self._parts and self.profile.more_at is None:
            return self._whole()
        if self._parts:
            self._give_up(Trouble.HALF)
        return []

    def _skip(self) -> None:
        del self._buffer[0]
        self.troubles[Trouble.SKIPPED] += 1

    def _give_up(self, trouble: Trouble) -> None:
        self.troubles[trouble] += 1
        self._parts = []
