"""Honeywell and HHP serial scanners: text, a trigger over the wire, and menu commands with their answers.

The trigger works when the scanner is set to manual trigger. A menu command such as `cbrena?.` is answered by its tag,
what is set, a status byte and its punctuation: `CBRENA1<ACK>.`; some leave the punctuation out.

Sources: Honeywell 7000 reference 10-5; MS9520 guide 23-2.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from contracts.clock import SECOND
from contracts.errors import UsageError
from devices.scanner.codec import CodeRead, Trouble
from devices.scanner.text import TextCodec, TextProfile

TRIGGER_ON, TRIGGER_OFF = b"\x16T\r", b"\x16U\r"
MENU = b"\x16M\r"
ANSWER_NS = 2 * SECOND
"""Our choice; the manuals name none."""
MOST_HELD = 1024
"""Bytes kept back while an answer is awaited; a menu answer is shorter by far."""
STATUS = {0x06: True, 0x05: False, 0x15: False}
"""ACK: done; ENQ: no such command; NAK: no such value."""
_COMMAND = re.compile(rb"([A-Za-z]{6})[!-~ ]{0,40}[.!]")


@dataclass(frozen=True, slots=True)
class MenuAnswer:
    """What came back.

    Args:
        text: tag and what is set, "CBRENA1".
        done: whether the scanner took the command.
    """

    text: str
    done: bool


def triggered() -> TextProfile:
    """Return the factory's settings, with the trigger pulled and released over the wire."""
    return TextProfile(suffix=b"\r", on=TRIGGER_ON, off=TRIGGER_OFF)


class HoneywellCodec:
    """The host's side: text with menu answers cut out of it."""

    def __init__(self, profile: TextProfile | None = None) -> None:
        self._text = TextCodec(profile or triggered())
        self._tag = b""
        self._asked_ns = 0
        self._held = bytearray()
        self._menu = b""
        self.answers: list[MenuAnswer] = []

    @property
    def troubles(self) -> Counter[Trouble]:
        """How often each has happened."""
        return self._text.troubles

    @property
    def told(self) -> str:
        """Its answer to the last question, "" before it came."""
        return self.answers[-1].text if self.answers else ""

    def who(self, now_ns: int) -> None:
        """Ask what every one of them answers: whether it may read EAN-13."""
        self.answers = []
        if not self._tag:
            self.ask("cbrena?.", now_ns)

    def ask(self, command: str, now_ns: int) -> None:
        """Send a menu command, "cbrena?."; its answer is appended to `answers`.

        Raises:
            UsageError: not a menu command, or the one before has no answer yet.
        """
        raw = command.encode("ascii", "replace")
        match = _COMMAND.fullmatch(raw)
        if match is None or self._tag:
            raise UsageError(
                "that cannot be asked now",
                expected="a menu command such as cbrena?. , one at a time",
                found=repr(command),
            )
        self._tag, self._asked_ns, self._menu = match[1].upper(), now_ns, MENU + raw

    def feed(self, data: bytes, now_ns: int) -> list[CodeRead]:
        """Take what has come; return the codes that are complete. Codes wait while an answer does."""
        if not self._tag:
            return self._text.feed(data, now_ns)
        self._held += data
        late = now_ns - self._asked_ns >= ANSWER_NS or len(self._held) > MOST_HELD
        if not self._answered(late) and not late:
            return []
        if self._tag:
            self.troubles[Trouble.UNANSWERED] += 1
        rest, self._tag, self._held = bytes(self._held), b"", bytearray()
        return self._text.feed(rest, now_ns)

    def to_send(self) -> bytes:
        """Return what the scanner must be sent now, once."""
        menu, self._menu = self._menu, b""
        return self._text.to_send() + menu

    def scan(self, on: bool, now_ns: int) -> None:
        """Pull the trigger, or release it."""
        self._text.scan(on, now_ns)

    def _answered(self, late: bool) -> bool:
        """Cut the answer out, once what follows its status byte is known."""
        at = self._held.upper().find(self._tag)
        end = next((i for i in range(max(at, 0), len(self._held)) if self._held[i] in STATUS), -1)
        if at < 0 or end < 0 or (end + 1 == len(self._held) and not late):
            return False
        text = bytes(self._held[at:end]).decode("ascii", "replace")
        self.answers = [*self.answers[-9:], MenuAnswer(text, STATUS[self._held[end]])]
        punctuated = bytes(self._held[end + 1 : end + 2]) in (b".", b"!")
        del self._held[at : end + 1 + punctuated]
        self._tag = b""
        return True
