"""Hands over plates that cannot weigh."""

from __future__ import annotations

import pytest

from contracts.checkout import Receipt, ReceiptStatus
from contracts.clock import SECOND
from stack.attribution.blind import BlindSpots
from stack.attribution.evidence import Evidence
from tests.stack.small_store import HIGH, LAYOUT, Cast, change, hand_at, plate

DEAD = {plate(2): "stuck"}


def spots(*places: str, at_s: float = 10.0, sightings: int = 6) -> BlindSpots:
    """Somebody's hand at each of the places for a while, and what the blind spots are told about it."""
    evidence = Evidence(LAYOUT)
    blind = BlindSpots(len(LAYOUT.plate), evidence, {"t1": "v1"}.get)  # type: ignore[arg-type]
    for k in range(sightings):
        t_ns = round((at_s + k / 10) * SECOND)
        evidence.add((), [hand_at(place, "t1", t_ns) for place in places], t_ns)
    return blind


def test_a_hand_over_a_stuck_plate_is_a_doubt_that_names_the_plate() -> None:
    blind = spots(plate(2))
    blind.hear(DEAD, 5 * SECOND)
    blind.look(20 * SECOND)
    assert blind.doubts("v1", []) == [f"a hand over {plate(2)}, which is stuck"]
    assert blind.doubts("v2", []) == []


@pytest.mark.parametrize("place", [plate(5), plate(2, HIGH)])
def test_a_hand_elsewhere_is_none(place: str) -> None:
    blind = spots(place)
    blind.hear(DEAD, 5 * SECOND)
    blind.look(20 * SECOND)
    assert blind.doubts("v1", []) == []


def test_one_sighting_is_no_reach() -> None:
    blind = spots(plate(2), sightings=1)
    blind.hear(DEAD, 5 * SECOND)
    blind.look(20 * SECOND)
    assert blind.doubts("v1", []) == []


def test_a_plate_is_known_to_be_stuck_two_seconds_later() -> None:
    blind = spots(plate(2), at_s=10.0)
    blind.hear(DEAD, 12 * SECOND)
    blind.look(20 * SECOND)
    assert blind.doubts("v1", [])


def test_trouble_that_began_after_the_reach_does_not_matter() -> None:
    blind = spots(plate(2), at_s=10.0)
    blind.hear(DEAD, 14 * SECOND)
    blind.look(20 * SECOND)
    assert blind.doubts("v1", []) == []


def test_a_change_at_that_time_in_the_same_books_explains_the_reach() -> None:
    blind = spots(plate(2))
    blind.hear(DEAD, 5 * SECOND)
    blind.note("e1", change(-520.0, plate(1), at_s=10.4))
    blind.look(20 * SECOND)
    assert blind.doubts("v1", ["e1"]) == []


def test_a_plate_that_weighs_again_tells_what_happened() -> None:
    blind = spots(plate(2))
    blind.hear(DEAD, 5 * SECOND)
    blind.hear({}, 15 * SECOND)
    late = blind.note("e1", change(-520.0, plate(2), at_s=15.3))
    assert late.started_ns < 10 * SECOND
    assert late.ended_ns == round(15.3 * SECOND)
    blind.look(20 * SECOND)
    assert blind.doubts("v1", []) == []


def test_a_plate_silent_for_long_has_forgotten() -> None:
    blind = spots(plate(2))
    blind.hear({plate(2): "silent"}, 5 * SECOND)
    blind.hear({}, 50 * SECOND)
    blind.look(50 * SECOND)
    assert blind.doubts("v1", []) == [f"a hand over {plate(2)}, which is silent"]


def test_where_no_plate_ever_moves_none_is_stuck() -> None:
    blind = spots(plate(2))
    blind.hear(dict.fromkeys(LAYOUT.plate, "stuck"), 5 * SECOND)
    blind.look(20 * SECOND)
    assert blind.doubts("v1", []) == []


def test_a_change_elsewhere_keeps_its_time() -> None:
    blind = spots()
    blind.hear(DEAD, 5 * SECOND)
    what = change(-520.0, plate(1), at_s=10.4)
    assert blind.note("e1", what) is what


def test_the_receipt_is_held_and_only_that_of_who_reached_there() -> None:
    cast = Cast()
    cast.ill = dict(DEAD)
    cast.enter("t1", "ana")
    cast.enter("t2", "ben")
    cast.walk("t2", 4.0, -1.0)
    cast.walk("t1", 1.85, 1.5)
    cast.reaches = [("t1", plate(2))]
    cast.wait(0.8)
    cast.reaches = []
    cast.leave("t1")
    cast.leave("t2")
    cast.wait(4)
    receipts = {receipt.account: receipt for receipt in cast.said(Receipt)}
    assert receipts["ana"].status is ReceiptStatus.REVIEW
    assert plate(2) in receipts["ana"].reason
    assert receipts["ben"].status is ReceiptStatus.FINAL


def test_what_was_taken_while_the_plate_was_stuck_is_charged_when_it_weighs_again() -> None:
    cast = Cast()
    cast.enter("t1", "ana")
    cast.enter("t2", "ben")
    cast.walk("t2", 4.0, -1.0)
    cast.ill = dict(DEAD)
    cast.wait(2.5)
    cast.walk("t1", 1.85, 1.5)
    cast.reaches = [("t1", plate(2))]
    cast.wait(0.8)
    cast.reaches = []
    cast.walk("t1", 4.0, -2.0)
    cast.ill = {}
    cast.wait(1)
    cast.changes.append(change(-520.0, plate(2), at_s=cast.t_ns / SECOND - 0.6))
    cast.wait(1)
    cast.leave("t1")
    cast.leave("t2")
    cast.wait(4)
    receipts = {receipt.account: receipt for receipt in cast.said(Receipt)}
    assert [(line.product, line.count) for line in receipts["ana"].lines] == [("water-500", 1)]
    assert receipts["ben"].lines == ()
