"""From a recording to what it adds to a score."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from contracts.checkout import Receipt, ReceiptStatus
from contracts.records import Tracks
from rig.judge.carts import Party, settle
from rig.judge.events import count_events
from rig.judge.judge import due, judge_story, wants_review
from rig.judge.story import Story, gather
from rig.judge.verdict import PersonResult, Verdict
from rig.judge.whole import broken_off
from rig.recording.reader import Recording
from rig.scenario.model import Expect
from rig.scenario.script import expectation
from rig.score.case import CaseScore, Counts, LineFact, State
from rig.score.owners import count_owners

TRACKING = ("hota", "mota", "idf1")


def score_recording(path: Path) -> CaseScore:
    """Score one recording; one that cannot be read or judged says why under its troubles."""
    recording = Recording(path)
    story = gather(recording)
    start = recording.start
    expect = expectation(start.script)
    blank = CaseScore(
        name=start.scenario,
        seed=start.seed,
        store=start.store,
        shoppers=len(story.shoppers),
        state=State.ERROR,
        recording=str(path),
    )
    broken = broken_off(recording)
    if broken or not story.has_truth:
        return replace(blank, troubles=(broken or "the recording carries no truth to score against",))
    return score_story(story, judge_story(story, expect), expect, blank)


def score_story(story: Story, verdict: Verdict, expect: Expect, blank: CaseScore) -> CaseScore:
    """Score what was gathered of a run.

    Args:
        story: the run.
        verdict: the judge's.
        expect: what the scenario says must come of it.
        blank: name, seed and so on.
    """
    settled, strangers = settle(story)
    facts = tuple(_lines(settled, verdict, expect)) + tuple(_strangers_lines(strangers))
    return replace(
        blank,
        state=State.SCORED,
        shoppers=len(story.shoppers),
        counts=_counts(story, verdict, expect, strangers),
        lines=facts,
        latencies_ms=tuple(p.receipt_ms for p in verdict.people if p.receipt_ms is not None),
        tracking=_tracking(story, verdict),
        troubles=verdict.troubles,
    )


def _tracking(story: Story, verdict: Verdict) -> dict[str, float]:
    """Return the scores of tracks; a stack that tells of tracks and never had one of all who came in has nothing."""
    known = {key: value for key in TRACKING if (value := getattr(verdict.scores, key)) is not None}
    return known or (dict.fromkeys(TRACKING, 0.0) if story.all(Tracks) and verdict.people else {})


def _counts(story: Story, verdict: Verdict, expect: Expect, strangers: list[Receipt]) -> Counts:
    people = verdict.people
    final = [(p, due(p, expect)) for p in people if p.status == "final"]
    should_be_final = [p for p in people if not wants_review(p, expect)]
    events = count_events(story)
    owners_right, owners = count_owners(story)
    return Counts(
        receipts=len(people) + len(strangers),
        exact=sum(p.status != "none" and _positive(p.charged) == _positive(due(p, expect)) for p in people),
        due_final=len(should_be_final),
        held=sum(p.status == "review" for p in should_be_final),
        units_right=sum(_common(due(p, expect), p.charged) for p in people),
        units_billed=sum(sum(p.charged.values()) for p in people) + sum(map(_units, strangers)),
        units_taken=sum(sum(due(p, expect).values()) for p in people),
        final_lines=sum(len(_positive(cart)) for _, cart in final),
        final_missed=sum(not p.charged.get(product) for p, cart in final for product in _positive(cart)),
        events_right=events.right,
        events=events.events,
        changes_seen=events.seen,
        changes=events.changes,
        owners_right=owners_right,
        owners=owners,
        switches=verdict.scores.switches or 0,
    )


def _lines(settled: list[tuple[Party, list[Receipt]]], verdict: Verdict, expect: Expect) -> Iterator[LineFact]:
    """Yield every line of everybody's receipts; one product on two receipts of a party is right by its sum."""
    person_of: dict[tuple[str, ...], PersonResult] = {person.names: person for person in verdict.people}
    for party, receipts in settled:
        person = person_of[party.names]
        cart = due(person, expect)
        for receipt in receipts:
            billed = receipt.status is ReceiptStatus.FINAL
            for line in receipt.lines:
                right = cart.get(line.product, 0) == person.charged.get(line.product, 0)
                yield LineFact(line.probability, right, billed)


def _strangers_lines(strangers: list[Receipt]) -> Iterator[LineFact]:
    """Yield the lines of receipts that are nobody's; none can be right."""
    for receipt in strangers:
        for line in receipt.lines:
            yield LineFact(line.probability, right=False, billed=receipt.status is ReceiptStatus.FINAL)


def _common(cart: Mapping[str, int], other: Mapping[str, int]) -> int:
    return (Counter(cart) & Counter(other)).total()


def _positive(cart: Mapping[str, int]) -> dict[str, int]:
    return {product: count for product, count in cart.items() if count > 0}


def _units(receipt: Receipt) -> int:
    return sum(line.count for line in receipt.lines)
