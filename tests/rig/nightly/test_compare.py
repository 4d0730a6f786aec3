"""What is told of a night beside the last good one."""

from __future__ import annotations

from typing import Any

import pytest

from rig.nightly.compare import FOR_THE_WORSE, Turn, changes
from rig.nightly.row import Row


def case(outcome: str, digest: str = "a", name: str = "buy_one") -> Row:
    return Row(job="walkout", case=name, outcome=outcome, digest=digest)


def figure(value: float, job: str = "score", better: str = "higher", **more: Any) -> Row:
    return Row(job=job, case="suite", measure="f1", value=value, better=better, **more)


def turns(now: list[Row], before: list[Row]) -> list[Turn]:
    return [change.turn for change in changes(now, before, speeds=["bench"], slower=0.6)]


@pytest.mark.parametrize(
    ("now", "before", "turn"),
    [
        ("fail", "pass", Turn.WRONG),
        ("error", "pass", Turn.WRONG),
        ("xpass", "xfail", Turn.WRONG),
        ("fail", "fail", Turn.STILL_WRONG),
        ("pass", "fail", Turn.MENDED),
        ("left out", "pass", Turn.LEFT_OUT),
    ],
)
def test_how_a_case_goes(now: str, before: str, turn: Turn) -> None:
    assert turns([case(now)], [case(before)]) == [turn]


def test_what_is_as_it_was_is_no_change_and_other_bytes_are_told() -> None:
    assert turns([case("pass"), case("xfail", name="b")], [case("pass"), case("xfail", name="b")]) == []
    assert turns([case("pass", "b")], [case("pass", "a")]) == [Turn.OTHER]
    assert Turn.OTHER not in FOR_THE_WORSE


def test_new_and_gone_cases_are_told_and_a_first_night_is_all_new() -> None:
    assert turns([case("pass", name="new")], [case("pass")]) == [Turn.GONE, Turn.NEW]
    assert turns([case("pass")], []) == []
    assert turns([case("fail")], []) == [Turn.WRONG]


def test_scores_count_where_their_intervals_lie_apart() -> None:
    before = [figure(0.95, low=0.9, high=0.97)]
    assert turns([figure(0.91, low=0.85, high=0.94)], before) == []
    assert turns([figure(0.80, low=0.75, high=0.85)], before) == [Turn.WORSE]
    assert turns([figure(0.99, low=0.98, high=1.0)], before) == [Turn.BETTER]
    lower = [figure(0.2, low=0.15, high=0.25, better="lower")]
    assert turns([figure(0.1, low=0.05, high=0.12, better="lower")], lower) == [Turn.BETTER]


@pytest.mark.parametrize(
    ("value", "better", "turn"),
    [(5.9, "higher", Turn.SLOWER), (6.1, "higher", None), (17.0, "higher", Turn.FASTER), (17.0, "lower", Turn.SLOWER)],
)
def test_speed_counts_when_it_changes_a_lot(value: float, better: str, turn: Turn | None) -> None:
    found = turns([figure(value, "bench", better)], [figure(10.0, "bench", better)])
    assert found == ([turn] if turn else [])
