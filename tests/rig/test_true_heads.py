"""Where heads truly were between the poses that were noted, and what that makes of tracks stamped by other clocks."""

import pytest

from contracts.layout import Layout
from contracts.records import Joint, TrackPoint, Tracks
from contracts.truth import TrueCast, TruePerson, TruePoses
from rig.judge.story import Story, tell
from rig.judge.tracking import score_tracking
from rig.judge.true_heads import APART_NS, BEYOND_NS, TrueHeads

MS = 1_000_000
LAYOUT = Layout(name="tiny", bounds_m=(0, 0, 9, 9), inside_m=(0, 0, 9, 9))


def poses(t_ms: float, **heads: float) -> TruePoses:
    """People on a line, by their x."""
    people = tuple(TruePerson(name, (Joint("head", (x, 1.0, 1.7)),), 0.0) for name, x in heads.items())
    return TruePoses(t_ns=int(t_ms * MS), source="truth", people=people)


def walked(offset_ms: float, late_ms: float = 0.0, every_ms: int = 100) -> Story:
    """Ana walks at 1 m/s and is tracked exactly, by captures stamped `offset_ms` off the true poses' times.

    Args:
        offset_ms: between captures and true poses.
        late_ms: how wrong the stamps are.
        every_ms: between true poses.
    """
    truth = [poses(t, ana=1 + t / 1000) for t in range(0, 3000, every_ms)]
    seen = [
        Tracks(
            t_ns=int(t * MS),
            source="stack",
            captured_ns=int((t + offset_ms + late_ms) * MS),
            tracks=(TrackPoint("t1", "v1", (1 + (t + offset_ms) / 1000, 1.0, 1.7)),),
        )
        for t in range(100, 2800, 100)
    ]
    cast = TrueCast(t_ns=0, source="truth", shoppers=("ana",), accounts=("a",))
    return tell(LAYOUT, [cast, *sorted([*truth, *seen], key=lambda record: record.t_ns)])


def test_between_two_poses_a_head_is_on_the_line() -> None:
    heads = TrueHeads([poses(0, ana=1.0), poses(100, ana=2.0), poses(200, ana=2.0)])
    assert heads.at(0) == {"ana": (1.0, 1.0, 1.7)}
    assert heads.at(25 * MS) == {"ana": (pytest.approx(1.25), 1.0, pytest.approx(1.7))}
    assert heads.at(150 * MS) == {"ana": (2.0, 1.0, 1.7)}


def test_who_comes_or_goes_is_there_for_half_the_time_between() -> None:
    heads = TrueHeads([poses(0, ana=1.0), poses(100, ana=1.0, ben=3.0)])
    assert set(heads.at(40 * MS) or ()) == {"ana"}
    assert set(heads.at(60 * MS) or ()) == {"ana", "ben"}


def test_beyond_its_tolerances_truth_says_nothing() -> None:
    heads = TrueHeads([poses(1000, ana=1.0), poses(1250, ana=1.0), poses(1600, ana=1.0)])
    assert heads.at(1000 * MS + APART_NS // 2)
    assert heads.at(1400 * MS) is None
    assert heads.at(1000 * MS - BEYOND_NS)
    assert heads.at(1600 * MS + BEYOND_NS)
    assert heads.at(1000 * MS - BEYOND_NS - 1) is None
    assert heads.at(1600 * MS + BEYOND_NS + 1) is None
    assert TrueHeads([]).at(0) is None


@pytest.mark.parametrize("offset_ms", [0.0, 0.001, -12.0, 37.0, 50.0])
def test_a_capture_between_two_poses_is_scored_as_well(offset_ms: float) -> None:
    scores = score_tracking(walked(offset_ms))
    assert scores["hota"] == pytest.approx(1.0)
    assert scores["idf1"] == 1.0
    assert scores["head_error_cm"] == pytest.approx(0.0, abs=1e-3)


def test_a_stamp_that_is_wrong_costs_what_people_walk_meanwhile() -> None:
    assert score_tracking(walked(0.0, late_ms=20.0))["head_error_cm"] == pytest.approx(2.0)


def test_sparse_truth_is_not_made_up() -> None:
    assert score_tracking(walked(37.0, every_ms=400)) == {}
