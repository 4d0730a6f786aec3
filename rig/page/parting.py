"""The moment at which receipt and truth part, and where a page opens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from contracts.checkout import Receipt
from contracts.records import CartChange, Direction
from contracts.truth import TrueFault, TrueMove, TrueStep
from rig.judge import Outcome, PersonResult, Verdict
from rig.judge.judge import due, wants_review
from rig.judge.story import Story
from rig.page.model.carts import true_moves
from rig.page.model.standing import Standing
from rig.scenario.model import Expect

Gap = Iterable[tuple[int, int]]
"""Times, and by how much the stack's count then moves away from the true one."""


@dataclass(frozen=True, slots=True)
class Parting:
    """Where a receipt begins to be wrong.

    Args:
        t_ns: when.
        who: the party, by the name of its first.
        product: of what.
        text: for people.
    """

    t_ns: int
    who: str
    product: str
    text: str


def parted(story: Story, verdict: Verdict, expect: Expect, groups: Mapping[str, Mapping[str, str]]) -> Parting | None:
    """Return the first moment from which on what somebody is charged is not what they hold; None when all is right."""
    gaps = _gaps(story, groups)
    found: list[Parting] = []
    for person in verdict.people:
        right = due(person, expect)
        for product in sorted({*right, *person.charged}):
            off = person.charged.get(product, 0) - right.get(product, 0)
            if off:
                t_ns = last_stretch(gaps.get((person.names[0], product), []))
                t_ns = _receipt_ns(story, person, groups) if t_ns is None else t_ns
                found.append(Parting(t_ns, person.names[0], product, _text(person, product, off)))
    return min(found, key=lambda parting: (parting.t_ns, parting.who, parting.product), default=None)


def last_stretch(moves: Gap) -> int | None:
    """Return since when a count has been off without a break; None when it is not off at the end.

    The stack decides a little after things happen, so that every take opens a gap: the one that never closes counts.
    """
    steps: Counter[int] = Counter()
    for t_ns, by in moves:  # a reading and what it takes back come at one moment
        steps[t_ns] += by
    gap, since = 0, None
    for t_ns, by in sorted(steps.items()):
        gap += by
        since = None if gap == 0 else t_ns if since is None else since
    return since


def opening(story: Story, verdict: Verdict, first: Parting | None) -> int:
    """Return where a page opens: at what went wrong, or at the beginning when nothing did.

    Args:
        story: the run.
        verdict: on it.
        first: where receipt and truth part, if they do.
    """
    if verdict.outcome not in (Outcome.FAIL, Outcome.ERROR):
        return 0
    if verdict.outcome is Outcome.FAIL and first is not None:
        return first.t_ns
    steps = [step.t_ns for step in story.all(TrueStep) if step.problem]
    faults = [fault.t_ns for fault in story.all(TrueFault) if not fault.applied]
    found = steps + faults + list(_wrong_ends(story, verdict))
    ended = [story.end.t_ns] if story.end is not None else []
    return min(found or ended, default=0)


def _wrong_ends(story: Story, verdict: Verdict) -> Iterator[int]:
    """Yield when somebody got a receipt of the wrong kind, or left and got none."""
    for person in verdict.people:
        if person.status == "none":
            yield from (way.t_ns for name in person.names if (way := story.passed(name, Direction.OUT)))
        elif (person.status == "review") != wants_review(person, Expect()):
            yield from (r.t_ns for r in story.all(Receipt) if r.account == person.account and person.account)


def _gaps(story: Story, groups: Mapping[str, Mapping[str, str]]) -> dict[tuple[str, str], list[tuple[int, int]]]:
    """Return party and product -> how the stack's count moved away from the true one, and back."""
    gaps: dict[tuple[str, str], list[tuple[int, int]]] = {}
    if not story.all(CartChange):  # at a till nobody knows before the receipt
        return gaps
    for move in story.all(TrueMove):
        for shopper, product, count in true_moves(move):
            who = groups["shoppers"].get(shopper, shopper)
            gaps.setdefault((who, product), []).append((move.t_ns, -count))
    standing = Standing()
    for change in story.all(CartChange):
        for visit, product, count in standing.add(change):
            who = groups["visits"].get(visit, "")
            gaps.setdefault((who, product), []).append((change.t_ns, count))
    return gaps


def _receipt_ns(story: Story, person: PersonResult, groups: Mapping[str, Mapping[str, str]]) -> int:
    """Return when a party got its first receipt, or the end of the run."""
    own = [r.t_ns for r in story.all(Receipt) if groups["visits"].get(r.visit) == person.names[0]]
    return min(own, default=story.end.t_ns if story.end else 0)


def _text(person: PersonResult, product: str, off: int) -> str:
    who = " and ".join(person.names)
    return f"{who}: {abs(off)} x {product} too {'many' if off > 0 else 'few'} on the receipt"
