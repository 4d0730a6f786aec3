"""Gates: whom they let in and out, on what was shown there or on who stands before them, and what they count."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from contracts.biometrics import BioScan
from contracts.errors import UsageError
from contracts.layout import GateInfo, Layout
from contracts.records import (
    Direction,
    GateAction,
    GateCommand,
    GateEvent,
    GateEventKind,
    PalmScan,
    Scan,
    ScreenCommand,
)
from stack.checkout.checkout import Checkout
from stack.checkout.held import Held
from stack.sightings import Person
from stack.visits.exits import ExitKeeper
from stack.visits.identity import AccountBook
from stack.visits.visitors import Visitors

Shown = Scan | PalmScan | BioScan
Say = Callable[..., Any]
"""Gets the kind of a record and its fields."""


class Doors:
    """All gates of a store.

    Args:
        layout: the store.
        accounts: who may come in.
        checkout: asks for money before somebody is let in, where the store wants that.
        visitors: who is in the store.
        say: has something answered.
    """

    def __init__(self, layout: Layout, accounts: AccountBook, checkout: Checkout, visitors: Visitors, say: Say) -> None:
        self._layout, self._accounts, self._checkout, self._visitors = layout, accounts, checkout, visitors
        self._say = say
        self._exits = ExitKeeper(layout)
        self._gate_of = {
            device: gate
            for gate in layout.gates
            for device in (gate.scanner, gate.palm_reader, gate.bio_reader)
            if device
        }

    def read(self, device: str) -> bool:
        """Whether a reader stands at a gate."""
        return device in self._gate_of

    def show(self, record: Shown, now_ns: int) -> None:
        """Take what somebody showed at a gate: open it, or say why not."""
        gate = self._gate_of[record.source]
        shown = self._accounts.look_up(record)
        if shown.refusal:
            self._refuse(gate, shown.refusal)
        elif shown.account and not gate.entry:
            self._let_out(gate, shown.account)
        elif shown.account and not self._checkout.ask(shown.account, gate.id, now_ns):
            self.let_in(Held(shown.account, gate.id), now_ns)

    def let_in(self, held: Held, now_ns: int) -> None:
        """Open a gate for somebody whose account is good, or say why not."""
        gate = self._layout.gate[held.gate]
        if held.refusal:
            self._refuse(gate, held.refusal)
            return
        visit = self._visitors.admit(held.account, gate.id, now_ns)
        if visit:
            self._checkout.admitted(visit.id, held.account, gate.id)
            self._open(gate, Direction.IN, visit.id)

    def see(self, people: Sequence[Person], captured_ns: int) -> None:
        """Open for those who stand before a way out."""
        for gate, person in self._exits.approached(people, captured_ns):
            visit = self._visitors.of_track(person.track)
            self._open(gate, Direction.OUT, visit.id if visit else "")

    def hear(self, event: GateEvent) -> None:
        """Take in what a gate counted.

        Raises:
            UsageError: the layout has no such gate.
        """
        gate = self._layout.gate.get(event.source)
        if gate is None:
            raise UsageError(
                "a gate that the layout does not have", expected=", ".join(self._layout.gate), found=event.source
            )
        heard = {
            GateEventKind.PASSED_IN: partial(self._visitors.counted_in, gate, event.t_ns),
            GateEventKind.PASSED_OUT: partial(self._visitors.counted_out, gate, event.t_ns),
            GateEventKind.TIMED_OUT: partial(self._visitors.lapsed, gate.id),
        }
        heard.get(event.kind, _nothing)()

    def _let_out(self, gate: GateInfo, account: str) -> None:
        """Open an exit for somebody who is inside, and know who goes."""
        visit = self._visitors.going(account, gate)
        if visit:
            self._open(gate, Direction.OUT, visit.id)

    def _open(self, gate: GateInfo, direction: Direction, visit: str) -> None:
        self._say(GateCommand, gate=gate.id, action=GateAction.OPEN, direction=direction, visit=visit)

    def _refuse(self, gate: GateInfo, text: str) -> None:
        if gate.screen:
            self._say(ScreenCommand, screen=gate.screen, text=text)


def _nothing() -> None:
    """Opened, closed and tailgated say nothing that the cameras do not say better."""
