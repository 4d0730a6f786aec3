"""Whose hand was where."""

from __future__ import annotations

from contracts.clock import SECOND
from stack.attribution.evidence import KEPT_NS, Evidence
from tests.stack.small_store import HIGH, LAYOUT, change, hand_at, person, plate

NOW = 10 * SECOND
TAKE = change(-520.0, plate(2), at_s=10)


def seen(*reaches: object, people: tuple[object, ...] = ()) -> Evidence:
    evidence = Evidence(LAYOUT)
    evidence.add(people, reaches, NOW)  # type: ignore[arg-type]
    return evidence


def shares(evidence: Evidence) -> dict[str, float]:
    return {track: round(claim.share, 2) for track, claim in evidence.claims(TAKE).items()}


def test_a_hand_at_the_plate_names_its_owner() -> None:
    found = seen(hand_at(plate(2), "t1", NOW)).claims(TAKE)
    assert found["t1"].share > 0.95
    assert found["t1"].hand is not None


def test_crossing_hands_are_told_by_where_each_is() -> None:
    found = shares(seen(hand_at(plate(2), "t1", NOW), hand_at(plate(6), "t2", NOW)))
    assert found["t1"] > 0.95
    assert found["t2"] < 0.05


def test_a_hand_on_another_shelf_counts_for_little() -> None:
    found = shares(seen(hand_at(plate(2), "t1", NOW), hand_at(plate(2, HIGH), "t2", NOW)))
    assert found["t1"] > 10 * found["t2"]


def test_a_hand_at_another_time_does_not_count() -> None:
    assert shares(seen(hand_at(plate(2), "t1", NOW + SECOND))) == {"": 1.0}


def test_the_owner_may_be_in_doubt() -> None:
    found = shares(seen(hand_at(plate(2), "t1", NOW, 0.6), hand_at(plate(2), "t2", NOW, 0.4)))
    assert found["t1"] > found["t2"] > 0.3


def test_with_no_hand_seen_whoever_stands_before_the_plate_is_likely() -> None:
    found = shares(seen(people=(person("t1", 1.85, 1.6, NOW), person("t2", 4.0, 0.0, NOW))))
    assert found["t1"] > 0.7
    assert found.get("t2", 0.0) < 0.1


def test_old_sightings_are_forgotten() -> None:
    evidence = seen(hand_at(plate(2), "t1", NOW))
    evidence.add([], [], NOW + KEPT_NS + 1)
    assert shares(evidence) == {"": 1.0}
    assert evidence.latest("t1") is None


def test_meetings_are_remembered() -> None:
    evidence = seen(people=(person("t1", 1.0, 0.0), person("t2", 1.7, 0.0), person("t3", 3.0, 0.0)))
    assert evidence.met_after("t2", "t1", NOW)
    assert not evidence.met_after("t2", "t1", NOW + 1)
    assert not evidence.met_after("t2", "t3", 0)


def test_of_two_hands_in_turn_the_one_during_the_change_counts() -> None:
    later = TAKE.ended_ns + SECOND // 4
    found = shares(seen(hand_at(plate(2), "t1", TAKE.ended_ns - 1), hand_at(plate(2), "t2", later)))
    assert found["t1"] > 1.5 * found["t2"]


def test_two_hands_at_one_plate_at_once_are_two_peoples() -> None:
    evidence = seen(hand_at(plate(2), "t1", NOW), hand_at(plate(2), "t2", NOW))
    assert evidence.together(TAKE, "t1", "t2") > 0.9


def test_hands_in_turn_or_at_other_plates_are_not_together() -> None:
    evidence = seen(hand_at(plate(2), "t1", NOW), hand_at(plate(6), "t2", NOW))
    evidence.add((), [hand_at(plate(2), "t2", NOW + SECOND // 10)], NOW + SECOND // 10)
    assert evidence.together(TAKE, "t1", "t2") < 0.05
