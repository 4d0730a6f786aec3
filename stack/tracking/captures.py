"""Frames of one moment, brought together: cameras deliver at their own latencies."""

from __future__ import annotations

from contracts.clock import MILLISECOND
from contracts.layout import Layout
from contracts.records import Frame
from stack.silhouettes.chosen import colour_only

SLACK_NS = 100 * MILLISECOND
"""How long to wait beyond the longest declared latency before doing without a camera that is late or dead:
one frame period at 10 Hz."""
TOGETHER_NS = 25 * MILLISECOND
"""Cameras with clocks of their own stamp one moment so differently at most; a person walks 4 cm meanwhile."""


class Captures:
    """Holds frames back until those of all cameras of the same moment are in: depth, or colour where there is no depth.

    A moment goes by the stamp of the first frame that came.
    """

    def __init__(self, layout: Layout) -> None:
        self._colour = colour_only(layout)
        imagers = [camera for camera in layout.cameras if camera.depth or self._colour]
        self._cameras = frozenset(camera.id for camera in imagers)
        self._wait_ns = max((camera.latency_ns for camera in imagers), default=0) + SLACK_NS
        self._held: dict[int, dict[str, Frame]] = {}
        self._done_ns = -1

    def add(self, frame: Frame) -> None:
        """Keep a usable frame; one that comes after its moment was handled is too late to use."""
        if (frame.depth_mm is not None or self._colour) and frame.captured_ns > self._done_ns:
            self._held.setdefault(self._moment(frame), {})[frame.source] = frame

    def _moment(self, frame: Frame) -> int:
        """Return the nearest moment that lacks a frame of this camera, or the frame's own."""
        stamp = frame.captured_ns
        near = [t for t, frames in self._held.items() if frame.source not in frames and abs(t - stamp) <= TOGETHER_NS]
        return min(near, key=lambda t: (abs(t - stamp), t), default=stamp)

    def ready(self, now_ns: int) -> list[tuple[int, list[Frame]]]:
        """Return the moments that are complete or have waited long enough, oldest first: (captured_ns, frames).

        A complete moment releases the older ones too, for time must not run backwards in the tracker.
        """
        full = [t for t, frames in self._held.items() if self._cameras <= frames.keys() or t + self._wait_ns <= now_ns]
        self._done_ns = max(full, default=self._done_ns)
        moments = sorted(t for t in self._held if t <= self._done_ns)
        return [(t, [frame for _, frame in sorted(self._held.pop(t).items())]) for t in moments]
