"""When silhouettes are used."""

from __future__ import annotations

from dataclasses import replace

from contracts.layout import Layout
from contracts.records import Frame
from stack.parts import build
from stack.silhouettes.chosen import colour_only
from stack.silhouettes.people import SilhouetteTracker
from stack.tracking.captures import Captures
from stack.tracking.track import PersonTracker
from tests.stack.colourstudio import corner_shop


def some_with_depth() -> Layout:
    layout = corner_shop()
    first, *rest = layout.cameras
    return replace(layout, cameras=(replace(first, depth=True), *rest))


def test_a_store_without_depth_is_followed_by_silhouettes() -> None:
    assert isinstance(build(corner_shop()).people, SilhouetteTracker)


def test_one_camera_with_depth_is_worth_more() -> None:
    people = build(some_with_depth()).people
    assert isinstance(people, PersonTracker)
    assert not isinstance(people, SilhouetteTracker)


def test_a_store_without_cameras_has_no_silhouettes() -> None:
    assert not colour_only(replace(corner_shop(), cameras=()))


def test_a_name_chooses_them_anyway() -> None:
    assert isinstance(build(some_with_depth(), {"people": "silhouettes"}).people, SilhouetteTracker)


def test_moments_are_joined_of_colour_frames_where_there_is_no_depth() -> None:
    frames = [Frame(t_ns=0, source=f"c{n}", captured_ns=0, jpeg=b"x") for n in range(6)]
    colour, depth = Captures(corner_shop()), Captures(some_with_depth())
    for frame in frames:
        colour.add(frame)
        depth.add(frame)
    assert colour.ready(0) == [(0, frames)]
    assert depth.ready(0) == []
