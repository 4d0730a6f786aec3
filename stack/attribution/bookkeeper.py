"""Decides events: evidence, verdict, books and planogram together, and says what was concluded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from contracts.layout import Layout
from contracts.records import CartChange, Hypothesis, VisitState
from stack.attribution.at_once import AtOnce
from stack.attribution.attribute import Attributor
from stack.attribution.doubts import Doubts
from stack.attribution.evidence import Claim, Evidence
from stack.attribution.in_hands import Opinion, no_opinion
from stack.attribution.ledger import Entry, Ledger
from stack.attribution.planogram import Planogram
from stack.attribution.receipt import SURE
from stack.attribution.said import concluded, corrected, struck
from stack.attribution.second_looks import Decided, SecondLooks, weighed_anew
from stack.attribution.shifts import Decided as Moved
from stack.attribution.shifts import Shifts
from stack.attribution.verdict import Verdict
from stack.parts import LoadChange
from stack.seen.change import SeenChange
from stack.sightings import Reach
from stack.visits.visit import Visit
from stack.visits.visitors import Visitors

ADOPTED = 0.6
"""Who so probably moved goods is in the store, whether somebody let them in or not."""
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
        opinion: says what was in the hand.
    """

    def __init__(self, layout: Layout, evidence: Evidence, visitors: Visitors, opinion: Opinion = no_opinion) -> None:
        self._layout, self._evidence, self._visitors = layout, evidence, visitors
        self._planogram = Planogram(layout)
        self._attributor = Attributor(layout, opinion)
        self._ledger = Ledger(self._met)
        self._doubts = Doubts(visitors)
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
            concluded(pending.event, chosen, verdict.others, hands.get(chosen.visit), now_ns)
            for chosen in verdict.chosen
        ]
        self._doubts.compare(pending.event, verdict.chosen, verdict.others)
        if not verdict.parts and self._could_be_goods(change):
            self._doubts.unexplained(pending.event, change, shares)
        self._looks.note(Decided(pending.event, change, verdict, told))
        settled = bool(verdict.parts) and min(verdict.probabilities) >= SURE and self._held(verdict)
        puts = [part for part in verdict.parts if part.count < 0]
        leans_on = {name for part in puts for name in self._ledger.needs(part.visit, part.product, -part.count)}
        for part, probability in zip(verdict.parts, verdict.probabilities, strict=True):
            move = self._planogram.take if part.count > 0 else self._planogram.put
            move(part.product, abs(part.count), part.plates)
            entry = Entry(
                part.visit, part.product, part.count, pending.event, probability, change.ended_ns, verdict.others
            )
            for correction in self._ledger.post(entry):
                answers += corrected(correction, now_ns)
        # What is seen to leave one place and come to another is two changes, each read by its size.
        seen = isinstance(change, SeenChange)
        group = () if seen else self._shifts.find(Moved(pending.event, change, verdict, settled, leans_on))
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
        self._doubts.forget(decided.event)
        self._doubts.compare(decided.event, (best,), others)
        said = concluded(decided.event, best, tuple(others), hands.get(best.visit), now_ns)
        return [replace(said, revises=decided.event)]

    def _held(self, verdict: Verdict) -> bool:
        """Whether everything put back was in the cart it came from."""
        carts = {part.visit: self._ledger.cart(part.visit) for part in verdict.parts}
        return all(carts[part.visit].get(part.product, 0) + part.count >= 0 for part in verdict.parts)

    def _strike(self, shifted: Moved, landed: Sequence[str], now_ns: int) -> list[CartChange]:
        """Take back an event that only moved goods along the board, to where they landed."""
        self._doubts.forget(shifted.event)
        answers = []
        for entry in self._ledger.strike(shifted.event):
            if entry.count > 0:
                self._planogram.put(entry.product, entry.count, landed)
            else:
                self._planogram.take(entry.product, -entry.count, shifted.change.plates)
            answers.append(struck(entry, shifted.verdict.nothing, now_ns))
        return answers

    def cart(self, visit: str) -> dict[str, int]:
        """Return what a visit holds by the books: product -> count."""
        return self._ledger.cart(visit)

    def in_hand(self, visit: str, t_ns: int) -> dict[str, float]:
        """Return what a visit probably had in the hand at a moment: product -> probability."""
        return self._ledger.in_hand(visit, t_ns)

    def pay_together(self, one: str, other: str) -> bool:
        """Whether two visits are of one party."""
        return self._doubts.party(one) == self._doubts.party(other)

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
        told = [concluded("", chosen, others, None, now_ns)]
        return told + [said for correction in corrections for said in corrected(correction, now_ns)]

    def let_fall(self, visit: str, product: str) -> None:
        """Settle whose take it was that has been dropped: whoever had it let it fall, and nobody has it now."""
        entry = self._ledger.only_take(visit, product)
        if entry is None:
            return
        same = [h for h in entry.others if h.visit and (h.product, h.count) == (product, entry.count)]
        entry.probability = min(1.0, entry.probability + sum(h.probability for h in same))
        entry.others = tuple(h for h in entry.others if h not in same)
        self._looks.forget(entry.event)
        self._doubts.forget(entry.event)
        self._doubts.compare(entry.event, (Hypothesis(visit, product, entry.count, entry.probability),), entry.others)

    def doubt(self, visit: str, reason: str) -> None:
        """Note on a visit what is left open."""
        self._doubts.note(visit, "", reason)

    def close(self, party: Sequence[Visit]) -> list[Entry]:
        """Close the books of a party; return their entries."""
        for visit in party:
            self._ledger.close(visit.id)
        return [entry for visit in party for entry in self._ledger.of(visit.id)]

    def _adopt(self, claims: dict[str, Claim]) -> None:
        """A hand that was at moving goods belongs to somebody: its track gets a visit if it has none."""
        for track, claim in claims.items():
            person = self._evidence.latest(track)
            if claim.hand and claim.share > ADOPTED and person and not self._visitors.of_track(track):
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

    def _could_be_goods(self, change: LoadChange) -> bool:
        if isinstance(change, SeenChange):
            return change.clear
        masses = [self._layout.product[name].mass_g for name in self._planogram.on(change.plates)]
        return abs(sum(change.deltas_g)) >= LIGHTEST * min(masses, default=0.0)

    def _together(self, change: LoadChange, one: str, other: str) -> float:
        tracks = {visit.id: visit.track for visit in self._visitors.visits}
        return self._evidence.together(change, tracks[one], tracks[other])

    def _met(self, one: str, other: str, since_ns: int) -> bool:
        tracks = {visit.id: visit.track for visit in self._visitors.visits}
        return self._evidence.met_after(tracks.get(one, ""), tracks.get(other, ""), since_ns)
