"""Two messages are held against each other field by field, within what may differ."""

import math
from dataclasses import replace

import numpy as np
import pytest

from contracts.checkout import Receipt
from contracts.records import CartChange, Hypothesis, ShelfEvent, TrackPoint, Tracks, Weights
from rig.compare.names import KINDS, known_paths, name_of
from rig.compare.rules import STRICT, Rules, Tolerance
from rig.compare.values import ABSENT, Mismatch, first_mismatch

EVENT = ShelfEvent(
    t_ns=5, source="stack", seq=3, event="e1", plates=("p1", "p2"), deltas_g=(-500.0, -2.5), started_ns=1, ended_ns=4
)
TRACKS = Tracks(t_ns=5, source="stack", captured_ns=4, tracks=(TrackPoint("t1", "v1", (1.0, 2.0, 1.7)),))


def mismatch(a: object, b: object, rules: Rules = STRICT) -> Mismatch | None:
    return first_mismatch(a, b, rules, name_of(a))  # type: ignore[arg-type]


def allowing(**paths: Tolerance) -> Rules:
    return Rules({name.replace("__", "."): tolerance for name, tolerance in paths.items()})


def test_equal_messages_agree_whatever_their_place_in_the_run() -> None:
    assert mismatch(EVENT, replace(EVENT, seq=99)) is None


@pytest.mark.parametrize(
    ("change", "path", "recorded", "found"),
    [
        ({"deltas_g": (-500.0, -2.4)}, "deltas_g[1]", -2.5, -2.4),
        ({"plates": ("p1",)}, "plates[1]", "p2", ABSENT),
        ({"plates": ("p1", "p2", "p3")}, "plates[2]", ABSENT, "p3"),
        ({"event": "e2", "ended_ns": 9}, "event", "e1", "e2"),
        ({"t_ns": 6}, "t_ns", 5, 6),
        ({"source": "other"}, "source", "stack", "other"),
    ],
)
def test_the_first_field_that_differs_is_named(
    change: dict[str, object], path: str, recorded: object, found: object
) -> None:
    assert mismatch(EVENT, replace(EVENT, **change)) == Mismatch(path, recorded, found)


def test_a_field_deep_inside_is_named() -> None:
    moved = replace(TRACKS, tracks=(TrackPoint("t1", "v1", (1.0, 2.5, 1.7)),))
    found = mismatch(TRACKS, moved)
    assert found is not None
    assert (found.path, found.recorded, found.found) == ("tracks[0].head[1]", 2.0, 2.5)


def test_a_tolerance_covers_what_stands_below_it_and_ends_where_it_says() -> None:
    near, far = (replace(TRACKS, tracks=(TrackPoint("t1", "v1", (1.0, y, 1.7)),)) for y in (2.02, 2.03))
    rules = allowing(tracks__tracks=Tolerance(0.021))
    assert mismatch(TRACKS, near, rules) is None
    found = mismatch(TRACKS, far, rules)
    assert found is not None
    assert found.tolerance == Tolerance(0.021)


def test_the_nearest_tolerance_counts_and_relative_ones_go_by_the_recorded_value() -> None:
    rules = allowing(shelf_event=Tolerance(1e9), shelf_event__deltas_g=Tolerance(relative=0.1))
    assert mismatch(EVENT, replace(EVENT, deltas_g=(-549.0, -2.5), t_ns=77), rules) is None
    assert mismatch(EVENT, replace(EVENT, deltas_g=(-551.0, -2.5)), rules) is not None


def test_a_tolerance_of_numbers_excuses_no_word() -> None:
    assert mismatch(EVENT, replace(EVENT, event="e2"), allowing(shelf_event=Tolerance(1e9))) is not None


def test_what_is_ignored_may_be_anything() -> None:
    change = CartChange(t_ns=1, source="stack", event="e1", chosen=Hypothesis("v1", "cola", 1, 0.9))
    other = replace(change, alternatives=(change.chosen,))
    assert mismatch(change, other) is not None
    assert mismatch(change, other, Rules(ignored=frozenset({"cart_change.alternatives"}))) is None


def test_another_kind_of_message_differs_as_a_whole() -> None:
    found = mismatch(EVENT, TRACKS)
    assert found is not None
    assert found.path == ""


def test_arrays_agree_where_there_is_no_reading_and_differ_by_element() -> None:
    grams = np.array([[1.0, math.nan], [3.0, 4.0]], np.float32)
    block = Weights(t_ns=1, source="g", started_ns=0, period_ns=1, grams=grams)
    assert mismatch(block, replace(block, grams=grams.copy())) is None
    other = grams.copy()
    other[1, 0] = 3.5
    found = mismatch(block, replace(block, grams=other))
    assert found is not None
    assert (found.path, found.recorded, found.found) == ("grams[1, 0]", 3.0, 3.5)
    wider = mismatch(block, replace(block, grams=np.zeros((2, 3), np.float32)))
    assert wider is not None
    assert wider.found == "float32 (2, 3)"


def test_every_answer_can_be_named_and_every_field_of_it() -> None:
    assert KINDS["receipt"] is Receipt
    paths = known_paths()
    assert {"tracks", "tracks.tracks.head", "receipt.lines.count", "cart_change.chosen.probability"} <= paths
    assert "tracks.seq" not in paths
