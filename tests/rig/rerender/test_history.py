"""Where goods, bodies and barriers were at any time, from what a recording says of them."""

import math

import pytest

from contracts.clock import MILLISECOND
from contracts.errors import UsageError
from contracts.geometry import Pose
from contracts.records import GateEvent, GateEventKind, Joint
from contracts.truth import MoveKind, TrueItem, TrueMove, TruePerson, TruePoses
from rig.rerender.history import History, Moment

STEP_MS = 100


def at(history: History, t_ms: float) -> Moment:
    return history.at(round(t_ms * MILLISECOND))


def person(x: float, heading: float = 0.0) -> TruePerson:
    return TruePerson("ana", (Joint("head", (x, 0.0, 1.7)),), heading)


def looks(*xs: float | None) -> History:
    """Return a history of looks 100 ms apart at one bottle: where it moved to, or None where it did not."""
    history = History()
    for number, x in enumerate(xs):
        items = () if x is None else (TrueItem("cola#1", "cola", Pose.at(x, 0.0)),)
        t_ns = number * STEP_MS * MILLISECOND
        history.add(TruePoses(t_ns=t_ns, source="truth", people=(person(number),), items=items))
    return history


def moved(history: History, kind: MoveKind, t_ms: int) -> History:
    history.add(
        TrueMove(
            t_ns=t_ms * MILLISECOND, source="truth", kind=kind, shopper="ana", item="cola#1", product="cola", mass_g=1.0
        )
    )
    return history


def seen_x(moment: Moment) -> float | None:
    placed = moment.goods.get("cola#1")
    return None if placed is None else placed.pose.position[0]


def test_what_never_moved_is_where_it_was_stocked() -> None:
    moment = at(looks(None, None, 3.0), 100)
    assert moment.goods == {}
    assert moment.hidden == frozenset()


def test_what_is_carried_is_where_the_hand_is_and_gone_in_the_bag() -> None:
    history = moved(looks(None, 1.0, 2.0, None, None, None), MoveKind.TAKE, 150)
    assert seen_x(at(history, 200)) == 2.0
    assert at(history, 200).goods["cola#1"].moving
    assert at(history, 300).hidden == {"cola#1"}
    assert at(history, 500).hidden == {"cola#1"}


def test_what_was_put_back_stays_where_it_rests() -> None:
    history = moved(looks(None, 1.0, 2.0, 3.0, None, None, None), MoveKind.TAKE, 150)
    moved(history, MoveKind.PUT, 520)
    for t_ms in (400, 500, 600):  # it rests from 0.4 s on, which is told at 0.52 s
        assert seen_x(at(history, t_ms)) == 3.0
        assert not at(history, t_ms).goods["cola#1"].moving


def test_what_comes_out_of_the_bag_to_be_put_back_was_hidden_before() -> None:
    history = moved(looks(None, 1.0, None, None, 4.0, 5.0, None), MoveKind.TAKE, 100)
    moved(history, MoveKind.PUT, 550)
    assert at(history, 300).hidden == {"cola#1"}
    assert seen_x(at(history, 400)) == 4.0
    assert seen_x(at(history, 600)) == 5.0


def test_what_was_only_touched_stays_visible() -> None:
    history = looks(None, 1.0, None, None)
    assert seen_x(at(history, 300)) == 1.0


def test_between_two_looks_everything_is_half_way() -> None:
    history = looks(None, 1.0, 2.0)
    moment = at(history, 150)
    assert moment.people["ana"].joints[0].position[0] == pytest.approx(1.5)
    assert seen_x(moment) == pytest.approx(1.5)


def test_headings_go_the_short_way_round() -> None:
    history = History()
    for number, heading in enumerate((math.pi - 0.1, -math.pi + 0.1)):
        poses = TruePoses(t_ns=number * 100 * MILLISECOND, source="truth", people=(person(0.0, heading),))
        history.add(poses)
    assert abs(at(history, 50).people["ana"].heading) == pytest.approx(math.pi)


def test_a_barrier_is_away_after_the_look_at_which_it_was_told_to_open() -> None:
    history = looks(*[None] * 8)
    for t_ms, kind in ((200, GateEventKind.OPENED), (450, GateEventKind.PASSED_IN), (600, GateEventKind.CLOSED)):
        history.add(GateEvent(t_ns=t_ms * MILLISECOND, source="gate-in", kind=kind))
    away = [t_ms for t_ms in range(0, 701, 100) if at(history, t_ms).open]
    assert away == [300, 400, 500]


@pytest.mark.parametrize("t_ms", [-1, 201])
def test_of_other_times_nothing_is_known(t_ms: int) -> None:
    with pytest.raises(UsageError, match="nothing is known of that time"):
        at(looks(None, None, None), t_ms)
