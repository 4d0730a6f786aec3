"""Camera stills of a moment, cut to what matters, with the hand and the heads marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from contracts.clock import MILLISECOND, SECOND
from contracts.layout import CameraInfo
from contracts.records import Frame
from rig.recording.reader import Recording
from rig.view.frames import picture_of
from rig.view.why.look import GREY, HAND, PERSON, say_nothing
from rig.view.why.moment import Moment
from rig.view.why.sights import Sight, pixel

CLOSE_NS = 150 * MILLISECOND
"""A frame this near to the moment shows it: cameras take one every 100 ms, and their clocks err."""
ASPECT = 4 / 3
LEAST_SHARE = 0.45
"""A still shows at least this share of the picture's width: less, and nobody knows where it is."""
ROOM = 1.9
"""How much larger than what is marked it is."""
BELOW = 0.14
"""A mark in this share of the still at its upper edge has its name below."""


def frames_at(recording: Recording, cameras: Sequence[CameraInfo], at_ns: int) -> dict[str, Frame]:
    """Return each camera's frame nearest to a moment; without those that recorded none there."""
    if not cameras:
        return {}
    topics = [f"/camera/{camera.id}/{kind}" for camera in cameras for kind in ("image", "depth")]
    latest_ns = at_ns + max(camera.latency_ns for camera in cameras) + 2 * CLOSE_NS
    found: dict[str, Frame] = {}
    for record in recording.records(topics, max(0, at_ns - CLOSE_NS), latest_ns):
        if isinstance(record, Frame) and abs(record.captured_ns - at_ns) <= CLOSE_NS:
            old = found.get(record.source)
            if old is None or abs(record.captured_ns - at_ns) < abs(old.captured_ns - at_ns):
                found[record.source] = record
    return found


def draw_still(axes: Any, sight: Sight, frame: Frame | None, moment: Moment, name: str) -> None:
    """Draw one camera's still.

    Args:
        axes: where.
        sight: whose.
        frame: None when the recording has none.
        moment: what to mark.
        name: of the person whom the stack believes in.
    """
    camera = sight.camera
    if frame is None:
        say_nothing(axes, f"{camera.id}: the recording holds\nno frame at {moment.t_ns / SECOND:.2f} s")
        return
    shown = replace(frame, jpeg=b"", rgb=None) if sight.depth else frame
    axes.imshow(picture_of(shown)[:, :, ::-1], interpolation="lanczos")
    axes.axis("off")
    kind = ", depth" if sight.depth and camera.colour else ""
    named = " (named by the stack)" if camera.id in moment.cited else ""
    axes.set_title(f"{camera.id}{kind} at {frame.captured_ns / SECOND:.2f} s{named}", loc="left", fontsize=9, pad=3)
    person = moment.person.head if moment.person else None
    main = [at for point in (person, moment.hand) if point is not None and (at := pixel(camera, point))]
    left, top, width, height = cut_out(camera, main)
    axes.set_xlim(left, left + width)
    axes.set_ylim(top + height, top)
    points = [(other.head, GREY, other.visit or other.track, 9.0) for other in moment.others]
    points += [(person, PERSON, name, 15.0)] if person else []
    points += [(moment.hand, HAND, "hand", 11.0)] if moment.hand else []
    for point, colour, text, size in points:
        at = pixel(camera, point)
        if at is not None:
            # Near the upper edge the name stands below, or it would cover the title.
            _mark(axes, at, colour, text, size, below=at[1] < top + BELOW * height)


def cut_out(camera: CameraInfo, marked: Sequence[tuple[float, float]]) -> tuple[float, float, float, float]:
    """Return left, top, width and height of the part of a picture to show, pixels: all of it when nothing is marked."""
    widest = min(float(camera.width), camera.height * ASPECT)
    points = np.array(marked or [(camera.width / 2, camera.height / 2)])
    low, high = points.min(axis=0), points.max(axis=0)
    spread = max(float(high[0] - low[0]), float(high[1] - low[1]) * ASPECT) * ROOM
    width = widest if not marked else min(widest, max(spread, LEAST_SHARE * camera.width))
    height = width / ASPECT
    middle = (low + high) / 2
    left = float(np.clip(middle[0] - width / 2, 0, camera.width - width))
    top = float(np.clip(middle[1] - height / 2, 0, camera.height - height))
    return left, top, width, height


def _mark(axes: Any, at: tuple[float, float], colour: str, text: str, size: float, *, below: bool) -> None:
    """Draw a ring with a name around a pixel."""
    where = (at[0] - 0.5, at[1] - 0.5)  # matplotlib puts pixel centres at whole numbers
    axes.plot(*where, "o", ms=size, mfc="none", mec="white", mew=3.4, zorder=4)
    axes.plot(*where, "o", ms=size, mfc="none", mec=colour, mew=2, zorder=5)
    box = {"boxstyle": "round,pad=0.2", "fc": colour, "ec": "none"}
    away, va = (-size / 2 - 4, "top") if below else (size / 2 + 4, "bottom")
    axes.annotate(
        text, where, xytext=(0, away), textcoords="offset points", ha="center", va=va, fontsize=8,
        color="white", bbox=box, zorder=6, annotation_clip=True,
    )  # fmt: skip
