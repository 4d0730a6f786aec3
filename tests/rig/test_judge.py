"""The judge tells a right receipt from a wrong one, whoever pays, and trouble of the rig from fault of the product."""

import dataclasses
from typing import Any

import pytest

from contracts.checkout import Charge, Receipt, ReceiptLine, ReceiptStatus
from contracts.geometry import Pose
from contracts.layout import GateInfo, Layout, Product
from contracts.record import Record
from contracts.records import Direction, GateEvent, GateEventKind, Joint, Scan, ShelfEvent, TrackPoint, Tracks
from contracts.run import RunEnd
from contracts.truth import MoveKind, TrueCast, TrueFault, TrueMove, TruePassage, TruePerson, TruePoses, TrueStep
from rig.judge import Outcome, Verdict
from rig.judge.judge import judge_story
from rig.judge.story import tell
from rig.scenario.model import Expect

S = 1_000_000_000
PLATE = "gondola-1/shelf-1/plate-1"
LAYOUT = Layout(
    name="tiny",
    bounds_m=(-1, -1, 5, 5),
    inside_m=(0, 0, 4, 4),
    products=(Product("cola", "1", "Cola", 500, 4, price_minor=199), Product("tea", "2", "Tea", 50, 1, price_minor=99)),
    gates=(GateInfo("gate-in", Pose.at(0, 0), 0.6, scanner="scanner-in"), GateInfo("gate-out", Pose.at(0, 1), 0.6)),
)


def at(t_s: float, record: type[Any], /, **fields: Any) -> Any:
    return record(t_ns=int(t_s * S), source="x", **fields)


def visit(name: str, account: str = "acc", paying: str | None = None) -> list[Record]:
    paying = name if paying is None else paying
    return [
        at(1, Scan, code=b"c") if account else at(1, GateEvent, kind=GateEventKind.CLOSED),
        dataclasses.replace(at(1.2, GateEvent, kind=GateEventKind.OPENED), source="gate-in"),
        at(2, TruePassage, shopper=name, gate="gate-in", direction=Direction.IN, paying=paying),
        at(9, TruePassage, shopper=name, gate="gate-out", direction=Direction.OUT, paying=paying),
    ]


def move(t_s: float, kind: MoveKind, who: str, product: str, **more: Any) -> TrueMove:
    grams = 500.0 if product == "cola" else 50.0
    made: TrueMove = at(
        t_s, TrueMove, kind=kind, shopper=who, item=f"{product}#1", product=product, mass_g=grams, **more
    )
    return made


def receipt(lines: dict[str, int], account: str = "acc", visit: str = "v1", left: float = 9, **more: Any) -> Receipt:
    prices = {"cola": 199, "tea": 99}
    made: Receipt = at(
        10,
        Receipt,
        visit=visit,
        account=account,
        lines=tuple(ReceiptLine(p, n, prices[p], 0.99) for p, n in lines.items()),
        total_minor=sum(prices[p] * n for p, n in lines.items()),
        currency="USD",
        left_ns=int(left * S),
        **more,
    )
    return made


def charge(amount: int, visit: str = "v1", account: str = "acc") -> Charge:
    made: Charge = at(10, Charge, visit=visit, account=account, amount_minor=amount, currency="USD", key=visit)
    return made


def verdict(*records: Record, cast: dict[str, str] | None = None, expect: Expect | None = None) -> Verdict:
    cast = {"ana": "acc"} if cast is None else cast
    head = at(0, TrueCast, shoppers=tuple(cast), accounts=tuple(cast.values()))
    end = at(20, RunEnd, status="finished")
    return judge_story(tell(LAYOUT, [head, *records, end]), expect or Expect())


TOOK_COLA = [*visit("ana"), move(4, MoveKind.TAKE, "ana", "cola")]


def test_a_receipt_that_equals_the_truth_passes() -> None:
    found = verdict(*TOOK_COLA, receipt({"cola": 1}), charge(199))
    assert found.outcome is Outcome.PASS
    assert found.scores.line_f1 == 1.0
    assert found.people[0].receipt_ms == pytest.approx(1000)


@pytest.mark.parametrize("lines", [{}, {"cola": 2}, {"tea": 1}, {"cola": 1, "tea": 1}])
def test_any_other_receipt_fails_and_says_both(lines: dict[str, int]) -> None:
    total = sum({"cola": 199, "tea": 99}[p] * n for p, n in lines.items())
    paid = [charge(total)] if total else []
    found = verdict(*TOOK_COLA, receipt(lines), *paid)
    assert found.outcome is Outcome.FAIL
    assert len(found.differences) == 1
    assert "right is 1 x cola" in found.differences[0]


def test_no_receipt_at_all_fails() -> None:
    assert verdict(*TOOK_COLA).differences == ("ana left with 1 x cola and got no receipt",)


def test_what_was_put_back_dropped_or_handed_on_is_not_owed() -> None:
    records = [
        *visit("ana"),
        *visit("ben", "acc2"),
        move(3, MoveKind.TAKE, "ana", "cola"),
        move(4, MoveKind.PUT, "ana", "cola", target="gondola-1/shelf-1"),
        move(5, MoveKind.TAKE, "ana", "tea"),
        move(6, MoveKind.HAND, "ana", "tea", target="ben"),
        move(6, MoveKind.TAKE, "ana", "tea"),
        move(7, MoveKind.DROP, "ana", "tea", target="floor"),
    ]
    cast = {"ana": "acc", "ben": "acc2"}
    ben = receipt({"tea": 1}, "acc2", "v2")
    found = verdict(*records, receipt({}), ben, charge(99, "v2", "acc2"), cast=cast)
    assert found.differences == ()


def test_a_group_shares_one_account_and_one_cart() -> None:
    records = [*visit("ana"), *visit("kid", paying="ana"), move(4, MoveKind.TAKE, "kid", "cola")]
    found = verdict(*records, receipt({"cola": 1}), charge(199), cast={"ana": "acc", "kid": "acc"})
    assert found.ok
    assert found.people[0].names == ("ana", "kid")


def test_a_tailgater_must_be_held_for_review() -> None:
    records = [*visit("ana"), *visit("eve", paying=""), move(4, MoveKind.TAKE, "eve", "tea")]
    cast = {"ana": "acc", "eve": "acc3"}
    held = receipt({"tea": 1}, "", "v2", status=ReceiptStatus.REVIEW, reason="no account")
    assert verdict(*records, receipt({}), held, cast=cast).ok
    billed = receipt({"tea": 1}, "acc", "v1")
    assert not verdict(*records, billed, charge(99), cast=cast).ok


def test_a_right_receipt_that_is_held_fails_unless_it_is_expected() -> None:
    held = receipt({"cola": 1}, status=ReceiptStatus.REVIEW, reason="unsure")
    assert verdict(*TOOK_COLA, held).differences == ("ana: the receipt is review, right is final",)
    assert verdict(*TOOK_COLA, held, expect=Expect(review=("ana",))).ok


def test_expected_receipts_stand_above_the_truth() -> None:
    expect = Expect(receipts={"ana": {}})
    assert verdict(*TOOK_COLA, receipt({}), expect=expect).ok
    assert not verdict(*TOOK_COLA, receipt({"cola": 1}), charge(199), expect=expect).ok


def test_money_must_follow_the_receipt_once() -> None:
    def texts(*records: Record) -> str:
        return " / ".join(verdict(*TOOK_COLA, receipt({"cola": 1}), *records).differences)

    assert "was charged 0" in texts()
    assert "was charged 398" in texts(charge(199), charge(199))
    assert "ordered 2 times" in texts(charge(199), charge(199))
    assert "charged without a receipt" in texts(charge(199), charge(5, "v9"))


def test_who_got_in_is_checked_when_it_is_said() -> None:
    assert verdict(*TOOK_COLA, receipt({"cola": 1}), charge(199), expect=Expect(entered=("ana",))).ok
    found = verdict(*TOOK_COLA, receipt({"cola": 1}), charge(199), expect=Expect(entered=()))
    assert found.differences == ("ana got in, and should not have",)


def test_a_closed_gate_is_right_for_whom_nobody_expected_to_get_in() -> None:
    refused = at(5, TrueStep, shopper="eve", index=0, text="enter: qr", done=True, problem="gate-in did not open")
    cast = {"eve": ""}
    assert verdict(refused, cast=cast, expect=Expect(entered=())).ok
    assert verdict(refused, cast=cast).outcome is Outcome.FAIL


def test_trouble_of_script_rig_or_fault_is_an_error_not_a_failure() -> None:
    step = at(5, TrueStep, shopper="ana", index=1, text="take cola", done=True, problem="nobody could reach it")
    assert verdict(*visit("ana"), step, receipt({})).outcome is Outcome.ERROR
    gate = at(5, TrueStep, shopper="ana", index=0, text="enter by qr", done=True, problem="gate did not open")
    assert verdict(gate).outcome is Outcome.FAIL
    fault = at(1, TrueFault, device="d", fault="garbage", began=True, applied=False)
    assert verdict(*visit("ana"), fault, receipt({})).outcome is Outcome.ERROR


def test_who_is_kept_out_by_another_shopper_is_no_failure_of_the_product() -> None:
    for text in ("enter: qr", "leave"):
        jam = at(5, TrueStep, shopper="ana", index=0, text=text, done=True, problem="ben stands in the way")
        assert verdict(*visit("ana"), jam, receipt({}), cast={"ana": "acc"}).outcome is Outcome.ERROR


def test_gate_latency_runs_from_the_code_to_the_open_gate() -> None:
    scan = dataclasses.replace(at(1, Scan, code=b"c"), source="scanner-in")
    found = verdict(scan, *TOOK_COLA, receipt({"cola": 1}), charge(199))
    assert found.people[0].gate_ms == pytest.approx(200)


def event(t_s: float, grams: float, plates: tuple[str, ...] = (PLATE,)) -> ShelfEvent:
    end = int((t_s + 0.5) * S)
    made: ShelfEvent = at(
        t_s, ShelfEvent, event="e", plates=plates, deltas_g=(grams,), started_ns=int(t_s * S), ended_ns=end
    )
    return made


def test_events_are_scored_by_plate_sign_and_time() -> None:
    taken = move(4, MoveKind.TAKE, "ana", "cola", plates=(PLATE,))
    put = move(8, MoveKind.PUT, "ana", "cola", plates=(PLATE,))
    good = verdict(*visit("ana"), taken, put, event(4, -500), event(8, 500), receipt({}))
    assert (good.scores.event_precision, good.scores.event_recall) == (1.0, 1.0)
    bad = verdict(*visit("ana"), taken, put, event(4, -500), event(8, -500, ("other",)), receipt({}))
    assert (bad.scores.event_precision, bad.scores.event_recall) == (0.5, 0.5)


def poses(t_s: float, **heads: tuple[float, float]) -> TruePoses:
    people = tuple(TruePerson(name, (Joint("head", (x, y, 1.7)),), 0.0) for name, (x, y) in heads.items())
    made: TruePoses = at(t_s, TruePoses, people=people)
    return made


def tracks(t_s: float, **heads: tuple[float, float]) -> Tracks:
    points = tuple(TrackPoint(name, "", (x, y, 1.7)) for name, (x, y) in heads.items())
    made: Tracks = at(t_s, Tracks, captured_ns=int(t_s * S), tracks=points)
    return made


def test_tracking_scores_see_a_swap_of_identities() -> None:
    steps = range(10)
    truth = [poses(s, ana=(1.0 + s * 0.1, 1.0), ben=(2.0 + s * 0.1, 3.0)) for s in steps]
    right = [tracks(s, t1=(1.0 + s * 0.1, 1.0), t2=(2.0 + s * 0.1, 3.0)) for s in steps]
    swapped = [
        tracks(s, **{"t1" if s < 5 else "t2": (1.0 + s * 0.1, 1.0), "t2" if s < 5 else "t1": (2.0 + s * 0.1, 3.0)})
        for s in steps
    ]
    cast = {"ana": "a", "ben": "b"}
    good, bad = verdict(*truth, *right, cast=cast).scores, verdict(*truth, *swapped, cast=cast).scores
    assert (good.hota, good.idf1, good.switches) == (pytest.approx(1.0), pytest.approx(1.0), 0)
    assert bad.switches == 2
    assert bad.idf1 is not None
    assert bad.idf1 < 0.6
