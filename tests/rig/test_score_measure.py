"""What one recording adds to a score, and whose hand it was."""

from dataclasses import replace
from typing import Any

import pytest

from contracts.checkout import ReceiptStatus
from contracts.record import Record
from contracts.records import CartChange, Hypothesis, ShelfEvent, VisitChange, VisitState
from contracts.run import RunEnd
from contracts.truth import MoveKind, TrueCast
from rig.judge.judge import judge_story
from rig.judge.story import Story, tell
from rig.scenario.model import Expect
from rig.score.case import CaseScore, LineFact, State
from rig.score.measure import score_story
from rig.score.owners import count_owners, last_readings
from tests.rig.test_judge import LAYOUT, PLATE, S, at, charge, move, receipt, visit

BLANK = CaseScore(name="x", seed=1, store="tiny", shoppers=0, state=State.ERROR)
CAST = {"ana": "acc", "ben": "acc2"}


def story(*records: Record, cast: dict[str, str] | None = None) -> Story:
    known = CAST if cast is None else cast
    head = at(0, TrueCast, shoppers=tuple(known), accounts=tuple(known.values()))
    return tell(LAYOUT, [head, *records, at(20, RunEnd, status="finished")])


def score(*records: Record, expect: Expect | None = None, cast: dict[str, str] | None = None) -> CaseScore:
    told, wanted = story(*records, cast=cast), expect or Expect()
    return score_story(told, judge_story(told, wanted), wanted, BLANK)


BOTH = [*visit("ana"), *visit("ben", "acc2"), move(4, MoveKind.TAKE, "ana", "cola", plates=(PLATE,))]


def test_a_right_receipt_and_one_that_lacks_a_line() -> None:
    taken = [move(5, MoveKind.TAKE, "ben", "tea"), move(6, MoveKind.TAKE, "ben", "cola")]
    found = score(*BOTH, *taken, receipt({"cola": 1}), receipt({"tea": 1}, "acc2", "v2"), charge(199))
    counts = found.counts
    assert (found.state, found.shoppers) == (State.SCORED, 2)
    assert (counts.receipts, counts.exact, counts.due_final, counts.held) == (2, 1, 2, 0)
    assert (counts.units_right, counts.units_billed, counts.units_taken) == (2, 2, 3)
    assert (counts.final_lines, counts.final_missed) == (3, 1)
    assert found.lines == (LineFact(0.99, right=True, billed=True), LineFact(0.99, right=True, billed=True))
    assert found.latencies_ms == (1000.0, 1000.0)


def test_a_line_is_right_by_product_and_count() -> None:
    found = score(*BOTH, receipt({"cola": 2}), receipt({"tea": 1}, "acc2", "v2"))
    assert [line.right for line in found.lines] == [False, False]
    assert (found.counts.units_right, found.counts.units_billed, found.counts.units_taken) == (1, 3, 1)
    assert found.counts.exact == 0


def test_a_held_receipt_bills_nothing_with_confidence() -> None:
    held = receipt({"tea": 1}, "acc2", "v2", status=ReceiptStatus.REVIEW, reason="unsure")
    found = score(*BOTH, receipt({"cola": 1}), held)
    assert [line.billed for line in found.lines] == [True, False]
    assert (found.counts.due_final, found.counts.held, found.counts.final_lines) == (2, 1, 1)
    told = score(*BOTH, receipt({"cola": 1}), held, expect=Expect(review=("ben",)))
    assert (told.counts.due_final, told.counts.held) == (1, 0)


def test_no_receipt_is_never_exact_even_for_nothing() -> None:
    found = score(*BOTH, receipt({"cola": 1}))
    assert (found.counts.receipts, found.counts.exact) == (2, 1)


def test_a_receipt_that_is_nobodys_counts_against_the_stack() -> None:
    stray = receipt({"tea": 2}, "acc9", "v9")
    found = score(*BOTH, receipt({"cola": 1}), receipt({}, "acc2", "v2"), stray)
    assert (found.counts.receipts, found.counts.exact, found.counts.units_billed) == (3, 2, 3)
    assert found.lines[-1] == LineFact(0.99, right=False, billed=True)


def test_what_the_scenario_expects_stands_above_the_truth() -> None:
    expect = Expect(receipts={"ana": {}}, review=("ana",))
    found = score(
        *BOTH, receipt({}, status=ReceiptStatus.REVIEW, reason="stuck"), receipt({}, "acc2", "v2"), expect=expect
    )
    assert (found.counts.exact, found.counts.units_taken, found.counts.due_final) == (2, 0, 1)


def test_a_stack_whose_tracks_are_empty_tracks_nobody_and_one_without_tracks_is_not_scored() -> None:
    from contracts.records import Tracks

    empty = at(5, Tracks, captured_ns=5 * S, tracks=())
    assert score(*BOTH, empty).tracking == {"hota": 0.0, "mota": 0.0, "idf1": 0.0}
    assert score(*BOTH).tracking == {}


def test_trouble_of_the_script_is_told_beside_the_score() -> None:
    from contracts.truth import TrueStep

    step = at(5, TrueStep, shopper="ana", index=1, text="take tea", done=True, problem="nobody could reach it")
    found = score(*BOTH, step, receipt({"cola": 1}), receipt({}, "acc2", "v2"))
    assert found.troubles == ("ana could not take tea: nobody could reach it",)
    assert found.state is State.SCORED


def event(name: str, t_s: float, grams: float = -500.0) -> ShelfEvent:
    start, end = int(t_s * S), int((t_s + 0.5) * S)
    made: ShelfEvent = at(
        t_s, ShelfEvent, event=name, plates=(PLATE,), deltas_g=(grams,), started_ns=start, ended_ns=end
    )
    return made


def reading(event_: str, visit_: str, t_s: float = 5, product: str = "cola", **more: Any) -> CartChange:
    made: CartChange = at(t_s, CartChange, event=event_, chosen=Hypothesis(visit_, product, 1, 0.9), **more)
    return made


VISITS = [
    at(2, VisitChange, visit="v1", state=VisitState.INSIDE, account="acc"),
    at(2, VisitChange, visit="v2", state=VisitState.INSIDE, account="acc2"),
    at(9, VisitChange, visit="v2", state=VisitState.LEFT),
]


@pytest.mark.parametrize(
    ("readings", "right", "total"),
    [
        ([reading("e1", "v1")], 1, 1),
        ([reading("e1", "v2")], 0, 1),
        ([reading("e1", "")], 0, 1),
        ([reading("e1", "", product="")], 0, 0),  # nothing was concluded: a miss, not another owner
        ([reading("e1", "v2"), reading("e1", "v1", 7, revises="e1")], 1, 1),
        ([reading("e1", "v1"), reading("e1", "v1", 7, revises="e1"), reading("e1", "v2", 7, revises="e1")], 1, 2),
        ([reading("e2", "v1")], 0, 0),  # nobody truly did that
        ([reading("", "v1")], 0, 0),  # a hand-over has no hand at a shelf
    ],
)
def test_owners_by_the_account_of_whoever_moved_the_goods(readings: list[CartChange], right: int, total: int) -> None:
    told = story(*BOTH, *VISITS, event("e1", 4), event("e2", 15), *readings)
    assert count_owners(told) == (right, total)


def test_a_guests_takings_may_stand_on_any_visit_of_the_account() -> None:
    family = [*visit("ana"), *visit("kid", paying="ana"), move(4, MoveKind.TAKE, "kid", "cola", plates=(PLATE,))]
    told = story(*family, *VISITS, event("e1", 4), reading("e1", "v1"), cast={"ana": "acc", "kid": "acc"})
    assert count_owners(told) == (1, 1)


def test_a_revision_of_several_parts_replaces_all_before_it() -> None:
    first, part, other = reading("e1", "v1"), reading("e1", "v1", 7, revises="e1"), reading("e1", "v2", 7, revises="e1")
    later = replace(part, t_ns=9 * S)
    assert last_readings([first, part, other]) == [part, other]
    assert last_readings([first, part, other, later]) == [later]
