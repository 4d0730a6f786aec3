"""Boards that do not weigh: what the cameras told against what truly moved."""

from __future__ import annotations

from dataclasses import replace

import pytest

from contracts.clock import SECOND
from contracts.geometry import Pose
from contracts.layout import CameraInfo, Gondola, Layout, Shelf
from contracts.records import ShelfEvent
from contracts.truth import MoveKind, TrueMove
from rig.judge.events import score_events, true_changes
from rig.judge.story import Story

BOARD, OTHER = "gondola-1/shelf-1", "gondola-1/shelf-2"


CAMERA = CameraInfo("c1", Pose(), 64, 48, 50.0, 50.0, 32.0, 24.0)


def story(*records: TrueMove | ShelfEvent, cameras: tuple[CameraInfo, ...] = (CAMERA,)) -> Story:
    shelves = tuple(Shelf(name, Pose(), 1.0, 0.4, 0.3) for name in (BOARD, OTHER))
    layout = Layout(
        "bare",
        (0, 0, 5, 5),
        (0, 0, 5, 5),
        gondolas=(Gondola("gondola-1", Pose(), 1.0, 0.4, 1.8, shelves),),
        cameras=cameras,
    )
    found = Story(layout)
    for record in records:
        found.by_kind.setdefault(type(record), []).append(record)
    return found


def take(t_s: float, item: str = "tea#1", board: str = BOARD) -> TrueMove:
    t_ns = int(t_s * SECOND)
    return TrueMove(
        t_ns=t_ns, source="truth", kind=MoveKind.TAKE, shopper="ana", item=item, product="tea", mass_g=200, origin=board
    )


def put(t_s: float, item: str = "tea#1", board: str = BOARD) -> TrueMove:
    return replace(take(t_s, item), kind=MoveKind.PUT, origin="", target=board)


def seen(t_s: float, came: int, board: str = BOARD) -> ShelfEvent:
    t_ns = int(t_s * SECOND)
    return ShelfEvent(
        t_ns=t_ns,
        source="stack",
        event="e1",
        plates=(),
        deltas_g=(),
        started_ns=t_ns,
        ended_ns=t_ns,
        place=board,
        came=came,
    )


@pytest.mark.parametrize(
    ("event", "scores"),
    [
        (seen(5, -1), (1.0, 1.0)),
        (seen(5, +1), (0.0, 0.0)),
        (seen(5, -1, OTHER), (0.0, 0.0)),
        (seen(40, -1), (0.0, 0.0)),
    ],
)
def test_a_take_from_a_bare_board_is_scored_by_board_direction_and_time(
    event: ShelfEvent, scores: tuple[float, float]
) -> None:
    assert score_events(story(take(5), event)) == scores


def test_what_comes_back_at_once_need_not_be_seen_but_may_be() -> None:
    assert score_events(story(take(5), put(8))) == (None, None)
    assert score_events(story(take(5), put(8), seen(5, -1), seen(8, +1))) == (1.0, None)


@pytest.mark.parametrize("back", [put(30), put(8, board=OTHER), put(8, item="tea#2")])
def test_what_comes_back_late_or_elsewhere_or_in_place_of_another_counts(back: TrueMove) -> None:
    assert [change.fleeting for change in true_changes(story(take(5), back))] == [False, False]


def test_where_nothing_watches_nothing_could_be_seen() -> None:
    assert score_events(story(take(5), cameras=())) == (None, None)
