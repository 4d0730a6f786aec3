"""The scanner's side of serial text, with ACK and NAK where set, and of Honeywell's trigger and menu commands."""

from __future__ import annotations

import re
from collections import deque

from contracts.clock import SECOND
from devices.scanner.device_side import Sent
from devices.scanner.honeywell import MENU
from devices.scanner.text import ACK, NAK, TextProfile

ATTEMPTS = 3
ANSWER_NS = 2 * SECOND
"""How long it waits for ACK or NAK before it sends again. Our choice."""
MOST_HEARD = 256
_MENU = re.compile(re.escape(MENU) + rb"([A-Za-z]{6})([!-~ ]{0,40}?)([.!])")


class TextDevice:
    """A scanner of serial text.

    Args:
        profile: how it is set up; with commands to switch it, it reads nothing until it is switched on.
    """

    def __init__(self, profile: TextProfile) -> None:
        self.profile = profile
        self.reading = not profile.on
        self.settings = {b"CBRENA": b"1"}
        self._codes: deque[bytes] = deque(maxlen=64)
        self._replies: list[bytes] = []
        self._heard = b""
        self._sent_ns, self._attempts, self._waits = 0, 0, False

    @property
    def reply(self) -> bytes:
        """What answers a command, or could."""
        return self.profile.replies[0] if self.profile.replies else b"CBRENA1" + ACK

    def show(self, code: bytes, aim_id: str) -> None:
        """Read a code, if it reads codes now."""
        if self.reading:
            aim = aim_id.encode("ascii") if self.profile.aim else b""
            self._codes.append(self.profile.prefix + aim + code + self.profile.suffix)

    def feed(self, data: bytes, now_ns: int) -> None:
        """Take what the host sent."""
        self._heard = (self._heard + data)[-MOST_HEARD:]
        self._switch()
        while match := _MENU.search(self._heard):
            self._heard = self._heard[: match.start()] + self._heard[match.end() :]
            self._replies.append(self._menu(match[1].upper(), match[2], match[3]))
        if self._waits:
            self._answered(data, now_ns)

    def to_send(self, now_ns: int) -> list[Sent]:
        """Return what the host must be sent now, once."""
        replies, self._replies = [Sent(reply, code=False) for reply in self._replies], []
        if not self._codes or self._waits:
            return replies
        if self.profile.acknowledged:
            self._attempts, self._sent_ns, self._waits = self._attempts + 1, now_ns, True
            return [*replies, Sent(self._codes[0])]
        codes = [Sent(code) for code in self._codes]
        self._codes.clear()
        return replies + codes

    def _switch(self) -> None:
        """Obey the last of the commands that switch it on and off."""
        for command, on in ((self.profile.on, True), (self.profile.off, False)):
            if command and command in self._heard:
                later = self.profile.off if on else self.profile.on
                self.reading = on if self._heard.rfind(command) > self._heard.rfind(later) else not on
                self._replies += self.profile.replies[:1]
        for command in filter(None, (self.profile.on, self.profile.off)):
            self._heard = self._heard.replace(command, b"")

    def _menu(self, tag: bytes, said: bytes, end: bytes) -> bytes:
        """Answer a menu command; "?" asks, anything else sets."""
        if tag not in self.settings:
            return tag + said + b"\x05" + end
        if said != b"?":
            if not said.isdigit():
                return tag + said + NAK + end
            self.settings[tag] = said
        return tag + self.settings[tag] + ACK + end

    def _answered(self, data: bytes, now_ns: int) -> None:
        """Go on after ACK; send again after NAK or silence, a few times."""
        refused = NAK in data or now_ns - self._sent_ns >= ANSWER_NS
        self._waits = not (ACK in data or refused)
        if ACK in data or (refused and self._attempts >= ATTEMPTS):
            self._codes.popleft()
            self._attempts = 0
