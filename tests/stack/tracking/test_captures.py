"""Frames of one moment are brought together."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from contracts.clock import MILLISECOND
from contracts.geometry import Pose
from contracts.layout import CameraInfo
from contracts.records import Frame
from stack.tracking.captures import SLACK_NS, TOGETHER_NS, Captures
from tests.stack.small_store import LAYOUT

CAMERAS = tuple(
    CameraInfo(name, Pose(), 4, 4, 4.0, 4.0, 2.0, 2.0, depth=depth, latency_ns=30 * MILLISECOND)
    for name, depth in (("c1", True), ("c2", True), ("c3", False))
)
WAIT_NS = 30 * MILLISECOND + SLACK_NS


def captures() -> Captures:
    return Captures(replace(LAYOUT, cameras=CAMERAS))


def frame(camera: str, captured_ns: int, *, depth: bool = True) -> Frame:
    image = np.zeros((4, 4), np.uint16) if depth else None
    return Frame(t_ns=captured_ns, source=camera, captured_ns=captured_ns, depth_mm=image)


def test_a_moment_is_ready_when_all_depth_cameras_are_in() -> None:
    held = captures()
    held.add(frame("c2", 5))
    assert held.ready(6) == []
    held.add(frame("c1", 5))
    [(t_ns, frames)] = held.ready(6)
    assert (t_ns, [f.source for f in frames]) == (5, ["c1", "c2"])
    assert held.ready(7) == []


def test_a_dead_camera_delays_but_does_not_stop() -> None:
    held = captures()
    held.add(frame("c1", 5))
    assert held.ready(5 + WAIT_NS - 1) == []
    assert [t for t, _ in held.ready(5 + WAIT_NS)] == [5]


def test_time_never_runs_backwards() -> None:
    held = captures()
    held.add(frame("c1", 5))
    for camera in ("c1", "c2"):
        held.add(frame(camera, 9))
    assert [t for t, _ in held.ready(10)] == [5, 9]
    held.add(frame("c2", 5))
    assert held.ready(10 + 2 * WAIT_NS) == []


def test_images_without_depth_are_not_waited_for() -> None:
    held = captures()
    held.add(frame("c3", 5, depth=False))
    assert held.ready(5 + 2 * WAIT_NS) == []


def test_clocks_that_differ_a_little_stamp_one_moment() -> None:
    held, ms = captures(), MILLISECOND
    for moment in (100 * ms, 200 * ms):
        held.add(frame("c2", moment + 3 * ms))
        held.add(frame("c1", moment - 9 * ms))
    ready = held.ready(210 * ms)
    assert [(t, [f.source for f in frames]) for t, frames in ready] == [
        (103 * ms, ["c1", "c2"]),
        (203 * ms, ["c1", "c2"]),
    ]


def test_clocks_that_differ_much_stamp_two_moments() -> None:
    held = captures()
    held.add(frame("c1", 100 * MILLISECOND))
    held.add(frame("c2", 100 * MILLISECOND + TOGETHER_NS + 1))
    assert len(held.ready(2 * WAIT_NS + 100 * MILLISECOND)) == 2
