"""One store from `Setup` on: records in, records out. No clock, no threads, and no I/O but through the ledger.

One frame:   Frame -> Captures (all cameras of one moment) -> people and hands -> Visitors (whose visit) -> Tracks;
             hands and people are kept as Evidence.
One sample:  Weights -> a lasting change of load -> ShelfEvent -> (once the evidence is in) Attributor -> CartChange
             -> Ledger and Planogram.
At an exit:  the visit has left, its events are decided -> Receipt -> Checkout (price, ledger, money) -> Charge.
At a till:   goods, palms, codes, keys -> Checkout -> PaymentOrder -> PaymentResult -> Receipt.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from contracts.biometrics import BioScan
from contracts.checkout import PalmEnrolled, PaymentResult, PhoneRequest, TerminalEvent, TillEvent
from contracts.clock import MILLISECOND, SECOND
from contracts.records import (
    AnswerRecord,
    Bodies,
    CartChange,
    Frame,
    GateEvent,
    PalmScan,
    Scan,
    SensorRecord,
    Setup,
    ShelfEvent,
    TrackPoint,
    Tracks,
    VisitChange,
    VisitState,
    Weights,
)
from stack.attribution import receipt
from stack.attribution.blind import LATE_NS, BlindSpots
from stack.attribution.bookkeeper import Bookkeeper, Pending
from stack.attribution.evidence import Evidence
from stack.attribution.floor_keeper import FloorKeeper
from stack.attribution.hand_overs import HandOvers
from stack.attribution.second_looks import LATER_NS
from stack.checkout.checkout import Checkout
from stack.money.store import Store
from stack.parts import Factory, LoadChange, build
from stack.seen.change import told
from stack.seen.slots import with_slots
from stack.sightings import Person, Reach
from stack.taking_up import TakingUp
from stack.tracking.captures import Captures
from stack.visits.doors import Doors
from stack.visits.identity import AccountBook
from stack.visits.visit import Visit
from stack.visits.visitors import Visitors

SOURCE = "stack"
EVIDENCE_NS = 600 * MILLISECOND
"""An event is decided this long after it ended: the hand is looked for until 0.3 s after, and frames are late."""
QUIET_NS = 2 * SECOND
"""A receipt waits so long after leaving: a put-back is certain 1.5 s after it rests, and plates report every 0.2 s."""
LATEST_NS = 3 * SECOND
"""... and no longer, whatever is still open."""

HEALTH_NS = SECOND // 2
"""How often the plates are asked how they are."""


class Run:
    """One store, from `Setup` on."""

    def __init__(self, setup: Setup, chosen: Mapping[str, str | Factory] | None, ledger: Store) -> None:
        self._layout = setup.layout
        self._parts = build(setup.layout, chosen)
        self._accounts = AccountBook(setup.accounts, setup.key)
        self._checkout = Checkout(setup, self._accounts, ledger)
        self._captures = Captures(setup.layout)
        places = with_slots(setup.layout)
        self._evidence = Evidence(places)
        self._visitors = Visitors(setup.layout, self._tell_visit, self._checkout.run)
        self._doors = Doors(setup.layout, self._accounts, self._checkout, self._visitors, self._say)
        self._books = Bookkeeper(places, self._evidence, self._visitors, self._parts.goods.opinion)
        self._taking_up = TakingUp(setup.layout, self._checkout, self._visitors, self._books)
        self._hand_overs = HandOvers(self._books)
        self._floor = FloorKeeper(setup.layout, self._evidence, self._books)
        self._blind = BlindSpots(len(setup.layout.plate), self._evidence, self._visit_id)
        self._heard_ns = 0
        self._pending: list[Pending] = []
        self._events = 0
        self._answers: list[AnswerRecord] = []
        self._now_ns = 0

    def take(self, record: SensorRecord, now_ns: int) -> None:
        """Take one record in."""
        self._go_on(now_ns)
        match record:
            case Frame():
                self._captures.add(record)
                self._parts.views.keep(record)
                self._parts.goods.keep(record)
            case Weights():
                self._weigh(record)
            case Bodies():
                people, reaches = self._parts.bodies.update(record)
                self._see(people, reaches, record.captured_ns)
            case GateEvent():
                self._doors.hear(record)
            case Scan() | PalmScan() | BioScan() if self._doors.read(record.source):
                self._doors.show(record, now_ns)
            case Scan() | PalmScan() | BioScan() | TillEvent() | TerminalEvent():
                self._checkout.take(record, now_ns)
            case PalmEnrolled() | PhoneRequest() | PaymentResult():
                self._checkout.take(record, now_ns)
            case _:  # a second Setup never comes here
                pass

    def answer(self, now_ns: int) -> tuple[AnswerRecord, ...]:
        """Let time pass up to now_ns and return all that the stack has to say."""
        self._go_on(now_ns)
        for captured_ns, frames in self._captures.ready(now_ns):
            people = self._parts.people.update(frames)
            reaches = self._parts.hands.update(frames, people)
            self._see(people, reaches, captured_ns)
            self._parts.goods.update(frames, people, reaches, captured_ns)
            for change in self._parts.views.update(frames, people, reaches, captured_ns):
                self._note(change)
            self._hand_overs.see(self._parts.meetings.update(frames, people))
            lying = self._parts.floor.look(frames, captured_ns)
            if lying is not None:
                self._answers += self._floor.look(lying, people, captured_ns, now_ns)
        if not self._layout.plate:
            self._ask_health()
        self._visitors.tick(now_ns)
        self._decide(now_ns - EVIDENCE_NS - self._parts.goods.wait_ns)
        self._answers += self._books.look_again(now_ns - LATER_NS, now_ns)
        self._answers += self._hand_overs.settle(now_ns)
        self._settle(now_ns)
        self._note_carts()
        self._answers += self._checkout.answer(now_ns)
        for held in self._checkout.decided(now_ns):
            self._doors.let_in(held, now_ns)
        self._checkout.write()
        answers, self._answers = tuple(self._answers), []
        return answers

    def _go_on(self, now_ns: int) -> None:
        """Come to a moment; at the first one, go on with what an earlier process had begun."""
        self._now_ns = now_ns
        self._answers += self._taking_up.begin(now_ns)

    # what is seen
    def _see(self, people: Sequence[Person], reaches: Sequence[Reach], captured_ns: int) -> None:
        self._evidence.add(people, reaches, captured_ns)
        self._visitors.see(people, captured_ns)
        self._doors.see(people, captured_ns)
        points = tuple(TrackPoint(p.track, self._visit_id(p.track), p.head) for p in people)
        self._say(Tracks, captured_ns=captured_ns, tracks=points)

    def _visit_id(self, track: str) -> str:
        visit = self._visitors.of_track(track)
        return visit.id if visit else ""

    def _tell_visit(self, visit: Visit) -> None:
        self._say(VisitChange, visit=visit.id, state=visit.state, account=visit.account, track=visit.track)
        self._checkout.open_visits.tell(visit, self._now_ns)
        if visit.state is VisitState.CLOSED and not visit.left_ns:
            self._checkout.lapsed(visit.id, self._now_ns)

    def _note_carts(self) -> None:
        """Note what everybody holds, when that has changed."""
        if any(isinstance(answer, CartChange) for answer in self._answers):
            for visit in self._visitors.visits:
                if visit.state in (VisitState.INSIDE, VisitState.LEFT):
                    self._checkout.open_visits.goods(visit.id, self._books.cart(visit.id), self._now_ns)

    # what is weighed
    def _weigh(self, record: Weights) -> None:
        changes = self._parts.loads.update(record)
        self._ask_health()
        for change in changes:
            self._note(change)

    def _ask_health(self) -> None:
        """Ask now and then of which places nobody can tell what goes on there."""
        if self._now_ns - self._heard_ns >= HEALTH_NS:
            self._heard_ns = self._now_ns
            self._blind.hear({**self._parts.loads.health(), **self._parts.views.health()}, self._now_ns)
            self._blind.look(self._now_ns - LATE_NS)

    def _note(self, change: LoadChange) -> None:
        self._events += 1
        event = f"e{self._events}"
        pending = Pending(event, self._blind.note(event, change))
        self._pending.append(pending)
        self._say(
            ShelfEvent,
            event=pending.event,
            **told(change),
            started_ns=change.started_ns,
            ended_ns=change.ended_ns,
        )

    def _decide(self, until_ns: int) -> None:
        """Decide the events that ended up to a time, in the order in which they ended."""
        due = sorted((p for p in self._pending if p.change.ended_ns <= until_ns), key=_ended)
        self._pending = [p for p in self._pending if p.change.ended_ns > until_ns]
        for pending in due:
            self._answers += self._books.decide(pending, self._now_ns)

    # leaving
    def _settle(self, now_ns: int) -> None:
        """Write the receipts of everybody who has left and whose events are decided."""
        for party in self._visitors.parties():
            if all(visit.state is VisitState.LEFT for visit in party):
                self._issue(party, now_ns)

    def _issue(self, party: Sequence[Visit], now_ns: int) -> None:
        left_ns = max(visit.left_ns for visit in party)
        waiting = any(pending.change.started_ns <= left_ns for pending in self._pending)
        if now_ns - left_ns < (LATEST_NS if waiting else QUIET_NS):
            return
        self._decide(left_ns)
        self._answers += self._books.look_again(left_ns, now_ns)
        entries = self._books.close(party)
        self._blind.look(left_ns)
        for visit in party:
            mine = [entry.event for entry in entries if entry.visit == visit.id]
            visit.doubts += [("", doubt) for doubt in self._blind.doubts(visit.id, mine)]
        paper = receipt.write(party, entries, self._layout, now_ns, gated=self._visitors.gated)
        paper = self._checkout.price(paper)
        self._checkout.settle(paper, now_ns)
        charge = receipt.charge_for(paper)
        self._answers += [paper, charge] if charge else [paper]
        for visit in party:
            self._checkout.lapsed(visit.id, now_ns)  # one bill pays for all: the other holds are let go
        self._visitors.close(party)
        for visit in self._visitors.visits:
            if visit.state is VisitState.ADMITTED:  # it may be of another party now
                self._checkout.open_visits.tell(visit, now_ns)

    def balance(self, account: str) -> int:
        """Return the stored value of an account, minor units."""
        return self._checkout.balance(account)

    def close(self) -> None:
        """Let go of the ledger; may be called twice."""
        self._checkout.close()

    def _say(self, kind: Any, **fields: Any) -> None:
        self._answers.append(kind(t_ns=self._now_ns, source=SOURCE, **fields))


def _ended(pending: Pending) -> tuple[int, str]:
    return (pending.change.ended_ns, pending.event)
