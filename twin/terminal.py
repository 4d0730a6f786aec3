"""A card terminal of the twin: it asks for a card, reads it, and says what the bank said."""

from __future__ import annotations

from dataclasses import dataclass, replace

from contracts.checkout import TerminalEvent, TerminalEventKind
from contracts.clock import MILLISECOND, SECOND
from contracts.ports import PortKind
from contracts.steps import Card
from twin.reader import Device

TAP_NS = (250 * MILLISECOND, 450 * MILLISECOND)
"""A contactless card in the field. Source: published contactless latencies, 250 to 450 ms."""
CHIP_NS = (4400 * MILLISECOND, 22_600 * MILLISECOND)
"""A chip card from insertion to removal, authorisation included. Source: UL's study, 4.4 to 22.6 s, mean about 11 s."""
CHIP_PEAK_NS = 6 * SECOND
"""Where most chip transactions lie: with it the triangular distribution has the published mean of 11 s."""
BANK_NS = (500 * MILLISECOND, 2 * SECOND)
"""An online authorisation. Source: typical for contactless payments."""
PRINT_NS = (1500 * MILLISECOND, 2 * SECOND)
"""From the bank's word to "approved" on the display, card out of the field and the till told. Our assumption, with
which a tap takes the 3 to 4 s that is said of cards."""
CARD_WAIT_NS = 30 * SECOND
"""After so long without a card the terminal gives up."""


@dataclass(slots=True)
class _Request:
    """A payment that is asked for."""

    key: str
    since_ns: int
    read: bool = False


class TwinCardTerminal(Device[TerminalEvent]):
    """Asks for one card at a time; one answer for each key, which is said again to who asks again."""

    def __init__(self, device: str, seed: int) -> None:
        super().__init__(device, PortKind.CARD_TERMINAL, seed)
        self._asked: set[str] = set()
        self._answered: dict[str, TerminalEvent] = {}
        self._open: list[_Request] = []

    @property
    def wants_card(self) -> bool:
        """Whether it waits for a card."""
        return any(not request.read for request in self._open)

    def request(self, key: str, amount_minor: int, currency: str) -> None:  # noqa: ARG002  # the port's signature
        """Ask for a payment; the answer comes as a record with the same key."""
        said = self._answered.get(key)
        if said and said.t_ns <= self._box.now_ns:
            self._box.post(replace(said, t_ns=self._box.now_ns))
        elif key not in self._asked:
            self._asked.add(key)
            self._open.append(_Request(key, self._box.now_ns))

    def present(self, card: Card) -> None:
        """Hold a card against it, or put it in; without a payment that is asked for, nothing happens."""
        request = next((request for request in self._open if not request.read), None)
        if request is None:
            return
        request.read = True
        if card.answer == "silent":  # the bank never answers, and the terminal gives up in its own time
            return
        kind = TerminalEventKind.APPROVED if card.answer == "approved" else TerminalEventKind.DECLINED
        self._answer(request, kind, self._box.now_ns + self._takes(card), card.token)

    def advance(self, now_ns: int) -> None:
        """Let time pass."""
        super().advance(now_ns)
        for request in [r for r in self._open if now_ns - r.since_ns >= CARD_WAIT_NS]:
            self._answer(request, TerminalEventKind.TIMED_OUT, now_ns, "")

    def _takes(self, card: Card) -> int:
        """Draw how long a card takes, nanoseconds."""
        draw = self._box.draws
        if card.chip:
            return int(draw.triangular(CHIP_NS[0], CHIP_PEAK_NS, CHIP_NS[1]))
        return sum(int(draw.integers(*span)) for span in (TAP_NS, BANK_NS, PRINT_NS))

    def _answer(self, request: _Request, kind: TerminalEventKind, at_ns: int, token: str) -> None:
        self._open.remove(request)
        self._answered[request.key] = TerminalEvent(
            t_ns=at_ns, source=self.info.id, kind=kind, key=request.key, token=token
        )
        self._box.post(self._answered[request.key])
