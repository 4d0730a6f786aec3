"""Decides events: evidence, verdict, books and planogram together, and says what was concluded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from contracts.layout import Layout
from contracts.records import CartChange, Hypothesis, VisitState
from stack.at_once import AtOnce
from stack.attribute import Attributor, Verdict
from stack.evidence import Claim, Evidence
from stack.ledger import Correction, Entry, Ledger
from stack.parts import LoadChange
from stack.planogram import Planogram
from stack.receipt import SURE, UNCHARGED
from stack.second_looks import Decided, SecondLooks, weighed_anew
from stack.seen.change import SeenChange, said_of
from stack.shifts import Decided as Moved
from stack.shifts import Shifts
from stack.sightings import Reach
from stack.visit import Visit
from stack.visitors import Visitors

LIGHTEST = 0.5
"""A change below this part of the lightest product that stood there cannot have been one."""


@dataclass(frozen=True, slots=True)
class Pending:
    """An event that waits for late evidence."""

    event: str
    change: LoadChange


class Bookkeeper:
    """Keeps carts and planogram.

    Args:
        layout: the store.
        evidence: hands and people.
        visitors: whose track is whose.
    """

    def __init__(self, layout: Layout, evidence: Evidence, visitors: Visitors) -> None:
        self._layout, self._evidence, self._visitors = layout, evidence, visitors
        self._planogram = Planogram(layout)
        self._attributor = Attributor(layout)
        self._ledger = Ledger(self._met)
        self._shifts, self._at_once, self._looks = Shifts(layout), AtOnce(), SecondLooks()

    def decide(self, pending: Pending, now_ns: int) -> list[CartChange]:
        """Decide one event; return its conclusion, part by part, and what it corrects."""
        change = pending.change
        claims = self._evidence.claims(change)
        self._adopt(claims)
        told, hands = self._by_visit(claims, change)
        shares = self._at_once.weigh(change, told)
        together = partial(self._together, change)
        verdict = self._attributor.judge(change, shares, self._planogram, self._ledger, together)
        self._at_once.note(change, verdict)
        answers = [
            _concluded(pending.event, chosen, verdict.others, hands.get(chosen.visit), now_ns)
            for chosen in verdict.chosen
        ]
        self._doubt(pending, verdict, shares)
        self._looks.note(Decided(pending.event, change, verdict, told))
        settled = bool(verdict.parts) and min(verdict.probabilities) >= SURE and self._held(verdict)
        for part, probability in zip(verdict.parts, verdict.probabilities, strict=True):
            move = self._planogram.take if part.count > 0 else self._planogram.put
            move(part.product, abs(part.count), part.plates)
            entry = Entry(
                part.visit, part.product, part.count, pending.event, probability, change.ended_ns, verdict.others
            )
            for correction in self._ledger.post(entry):
                answers += _corrected(correction, now_ns)
        # What is seen to leave one place and come to another is two changes, each read by its size.
        seen = isinstance(change, SeenChange)
        group = () if seen else self._shifts.find(Moved(pending.event, change, verdict, settled))
        landed = [plate for shifted in group if sum(shifted.change.deltas_g) > 0 for plate in shifted.change.plates]
        for shifted in group:
            answers += self._strike(shifted, landed, now_ns)
        return answers

    def look_again(self, until_ns: int, now_ns: int) -> list[CartChange]:
        """Decide once more who caused the changes that had ended by a time; return what that corrects."""
        return [answer for decided in self._looks.due(until_ns) for answer in self._look_at(decided, now_ns)]

    def _look_at(self, decided: Decided, now_ns: int) -> list[CartChange]:
        shares, hands = self._by_visit(self._evidence.claims(decided.change), decided.change)
        best, *others = weighed_anew(decided, shares)
        entry = self._ledger.reread(decided.event, best, tuple(others)) if best.product else None
        if entry is None:
            return []
        self._forget(decided.event)
        self._compare(decided.event, (best,), others)
        said = _concluded(decided.event, best, tuple(others), hands.get(best.visit), now_ns)
        return [replace(said, revises=decided.event)]

    def _held(self, verdict: Verdict) -> bool:
        """Whether everything put back was in the cart it came from."""
        carts = {part.visit: self._ledger.cart(part.visit) for part in verdict.parts}
        return all(carts[part.visit].get(part.product, 0) + part.count >= 0 for part in verdict.parts)

    def _strike(self, shifted: Moved, landed: Sequence[str], now_ns: int) -> list[CartChange]:
        """Take back an event that only moved goods along the board, to where they landed."""
        self._forget(shifted.event)
        answers = []
        for entry in self._ledger.strike(shifted.event):
            if entry.count > 0:
                self._planogram.put(entry.product, entry.count, landed)
            else:
                self._planogram.take(entry.product, -entry.count, shifted.change.plates)
            nothing = Hypothesis("", "", 0, shifted.verdict.nothing)
            before = Hypothesis(entry.visit, entry.product, entry.count, entry.probability)
            answers.append(
                CartChange(
                    t_ns=now_ns,
                    source="stack",
                    event=entry.event,
                    chosen=nothing,
                    alternatives=(before,),
                    revises=entry.event,
                )
            )
        return answers

    def cart(self, visit: str) -> dict[str, int]:
        """Return what a visit holds by the books: product -> count."""
        return self._ledger.cart(visit)

    def pay_together(self, one: str, other: str) -> bool:
        """Whether two visits are of one party."""
        return self._party(one) == self._party(other)

    def visit_at(self, track: str, t_ns: int) -> str:
        """Return the visit of a track that was not over at a moment, "" for none."""
        visit = self._visitors.of_track(track) if track else None
        if visit is None or visit.state is VisitState.CLOSED:
            return ""
        return "" if visit.state is VisitState.LEFT and visit.left_ns < t_ns else visit.id

    def enter(self, chosen: Hypothesis, others: tuple[Hypothesis, ...], t_ns: int, now_ns: int) -> list[CartChange]:
        """Enter a change of a cart that no plate weighed: something dropped, or picked up from the floor."""
        entry = Entry(chosen.visit, chosen.product, chosen.count, "", chosen.probability, t_ns, others)
        corrections = self._ledger.post(entry)
        told = [_concluded("", chosen, others, None, now_ns)]
        return told + [said for correction in corrections for said in _corrected(correction, now_ns)]

    def doubt(self, visit: str, reason: str) -> None:
        """Note on a visit what is left open."""
        self._note(visit, "", reason)

    def close(self, party: Sequence[Visit]) -> list[Entry]:
        """Close the books of a party; return their entries."""
        for visit in party:
            self._ledger.close(visit.id)
        return [entry for visit in party for entry in self._ledger.of(visit.id)]

    def _adopt(self, claims: dict[str, Claim]) -> None:
        """A hand that was at moving goods belongs to somebody: its track gets a visit if it has none."""
        for track, claim in claims.items():
            person = self._evidence.latest(track)
            if claim.hand and claim.share > SURE and person and not self._visitors.of_track(track):
                self._visitors.adopt(person, person.t_ns)

    def _by_visit(
        self, claims: dict[str, Claim], change: LoadChange
    ) -> tuple[dict[str, float], dict[str, Reach | None]]:
        """Turn tracks into visits; a track whose visit is over counts as nobody."""
        shares: dict[str, float] = {"": 0.0}
        hands: dict[str, Reach | None] = {}
        for track, claim in sorted(claims.items(), key=lambda item: -item[1].share):
            visit = self.visit_at(track, change.started_ns)
            shares[visit] = shares.get(visit, 0.0) + claim.share
            hands.setdefault(visit, claim.hand)
        return shares, hands

    def _forget(self, event: str) -> None:
        """Take back what an event left open."""
        for visit in self._visitors.visits:
            visit.doubts = [doubt for doubt in visit.doubts if doubt[0] != event]

    def _compare(self, event: str, chosen: Sequence[Hypothesis], others: Sequence[Hypothesis]) -> None:
        """Note on visits what they may have taken instead of those who are charged for it."""
        paying = {(self._party(part.visit), part.product, part.count) for part in chosen}
        for rival in others:
            charged = (self._party(rival.visit), rival.product, rival.count) in paying
            if rival.visit and rival.count > 0 and rival.probability >= UNCHARGED and not charged:
                self._note(rival.visit, event, f"may have taken {rival.count} x {rival.product}")

    def _doubt(self, pending: Pending, verdict: Verdict, shares: dict[str, float]) -> None:
        """Note on the visits concerned what this event leaves open."""
        self._compare(pending.event, verdict.chosen, verdict.others)
        if not verdict.parts and self._could_be_goods(pending.change):
            what = said_of(pending.change)
            for visit, share in shares.items():
                if visit and share > UNCHARGED:
                    self._note(visit, pending.event, f"{what} could not be explained")

    def _party(self, visit: str) -> str:
        return next((v.party for v in self._visitors.visits if v.id == visit), "")

    def _could_be_goods(self, change: LoadChange) -> bool:
        if isinstance(change, SeenChange):
            return change.clear
        masses = [self._layout.product[name].mass_g for name in self._planogram.on(change.plates)]
        return abs(sum(change.deltas_g)) >= LIGHTEST * min(masses, default=0.0)

    def _note(self, visit: str, event: str, doubt: str) -> None:
        next(v for v in self._visitors.visits if v.id == visit).doubts.append((event, doubt))

    def _together(self, change: LoadChange, one: str, other: str) -> float:
        tracks = {visit.id: visit.track for visit in self._visitors.visits}
        return self._evidence.together(change, tracks[one], tracks[other])

    def _met(self, one: str, other: str, since_ns: int) -> bool:
        tracks = {visit.id: visit.track for visit in self._visitors.visits}
        return self._evidence.met_after(tracks.get(one, ""), tracks.get(other, ""), since_ns)


def _concluded(
    event: str, chosen: Hypothesis, others: tuple[Hypothesis, ...], hand: Reach | None, now_ns: int
) -> CartChange:
    return CartChange(
        t_ns=now_ns,
        source="stack",
        event=event,
        chosen=chosen,
        alternatives=others,
        hand=hand.hand if hand and chosen.visit else None,
        hand_ns=hand.t_ns if hand and chosen.visit else 0,
        cameras=hand.cameras if hand and chosen.visit else (),
    )


def _corrected(correction: Correction, now_ns: int) -> list[CartChange]:
    """Say a correction: both sides of a hand-over, or all parts of an event read anew."""
    posted = [_said(entry, now_ns) for entry in correction.posted]
    return posted + [_said(entry, now_ns, revises=entry.event) for entry in correction.revised]


def _said(entry: Entry, now_ns: int, revises: str = "") -> CartChange:
    chosen = Hypothesis(entry.visit, entry.product, entry.count, entry.probability)
    return CartChange(t_ns=now_ns, source="stack", event=entry.event, chosen=chosen, revises=revises)
