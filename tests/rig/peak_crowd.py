"""A scripted crowd at four lanes: gates, scanners and provider are the twin's, with the times that they take.

Codes are shown every two seconds while whoever came before still walks through. Twin shoppers, who walk up one by one,
take longer.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field

from contracts.checkout import PaymentOrder
from contracts.clock import MILLISECOND, SECOND
from contracts.codes.token import FIRST_KEY_ID, derive
from contracts.layout import Account, Layout
from contracts.ports import Stack
from contracts.records import Direction, GateCommand, Setup
from twin.gate import TwinGate
from twin.provider.provider import Provider
from twin.reader import TwinScanner

KEY = bytes(range(32))
PEOPLE, MINUTE_NS, TICK_NS = 60, 60 * SECOND, 50 * MILLISECOND
WALK_NS = 1100 * MILLISECOND
"""From one body's crossing to the next one's, in a lane: 1.4 m behind each other at 1.3 m/s."""
EVERY_NS = 2 * SECOND


@dataclass
class Lane:
    """One lane and the people who stand before it, in order."""

    gate: TwinGate
    scanner: TwinScanner
    direction: Direction
    coming: deque[int]
    waiting: deque[int] = field(default_factory=deque)
    free_ns: int = 0
    passed: list[tuple[int, int]] = field(default_factory=list)

    def advance(self, now_ns: int) -> None:
        """Let the first in line walk through when the gate is open."""
        self.gate.advance(now_ns)
        self.scanner.advance(now_ns)
        if self.waiting and now_ns >= self.free_ns and self.gate.lets_through(self.direction):
            self.gate.passed(self.direction)
            self.passed.append((now_ns, self.waiting.popleft()))
            self.free_ns = now_ns + WALK_NS


def name(person: int) -> str:
    return f"p{person:02d}"


def handle(person: int) -> str:
    return f"{10_000_000 + person}"


class Peak:
    """The rush: in through two lanes within a minute, out through two others later."""

    def __init__(self, seed: int, stack: Stack, layout: Layout, cards: Mapping[int, str] = {}) -> None:
        self.stack, self.seed, self.layout, self.cards = stack, seed, layout, cards
        self.bank = Provider(seed, layout.provider)
        self.lanes = {gate.id: self._lane(gate.id, gate.scanner, entry=gate.entry) for gate in layout.gates}
        self.answers: list[object] = []
        self.shown_ns: dict[int, int] = {}

    def _lane(self, gate: str, scanner: str, *, entry: bool) -> Lane:
        number = int(gate[-1])
        people = deque(person for person in range(PEOPLE) if person % 2 == number - 1)
        info = next(each for each in self.layout.gates if each.id == gate)
        direction = Direction.IN if entry else Direction.OUT
        return Lane(TwinGate(info), TwinScanner(scanner, self.seed), direction, people)

    def run(self) -> None:
        """Play it."""
        accounts = tuple(
            Account(name(i), handle=handle(i), instrument=f"tok-{name(i)}{self.cards.get(i, '')}")
            for i in range(PEOPLE)
        )
        records: list[object] = [Setup(t_ns=0, source="rig", layout=self.layout, accounts=accounts, key=KEY)]
        for now_ns in range(TICK_NS, 200 * SECOND, TICK_NS):
            for lane in self.lanes.values():
                self._show(lane, now_ns)
                lane.advance(now_ns)
                records += [*lane.scanner.read(now_ns), *lane.gate.read(now_ns)]
            records += self.bank.due(now_ns)
            said = self.stack.feed(records, now_ns)  # type: ignore[arg-type]
            self.answers += said
            records = []
            for answer in said:
                if isinstance(answer, GateCommand):
                    self.lanes[answer.gate].gate.command(answer)
                elif isinstance(answer, PaymentOrder):
                    self.bank.take(now_ns, answer)

    def _show(self, lane: Lane, now_ns: int) -> None:
        """Hold up a code every two seconds; the way out is taken after all are in."""
        entry = lane.direction is Direction.IN
        since_ns = now_ns - (0 if entry else 90 * SECOND)
        if lane.coming and since_ns >= 0 and (since_ns - TICK_NS) % EVERY_NS < TICK_NS:
            person = lane.coming.popleft()
            lane.waiting.append(person)
            if entry:
                self.shown_ns[person] = now_ns
            lane.scanner.present(derive(KEY, FIRST_KEY_ID, handle(person)).code_at(now_ns).encode())

    def said(self, kind: type) -> list:  # type: ignore[type-arg]
        return [answer for answer in self.answers if isinstance(answer, kind)]

    @property
    def entered(self) -> list[tuple[int, int]]:
        """Everybody who crossed a line of the way in: when, who."""
        ins = [lane.passed for lane in self.lanes.values() if lane.direction is Direction.IN]
        return sorted(passage for lane in ins for passage in lane)
