"""Depth frames of a recording as still pictures."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from contracts.clock import SECOND
from contracts.errors import UsageError
from contracts.layout import CameraInfo
from contracts.records import Frame
from rig.recording.reader import Recording
from rig.storekit.calibrate.stills import LEAST_FRAMES, Still, still_of

MOST_FRAMES = 60
"""More make the median no better: what is left then is common to all frames."""


def read_stills(recording: Recording, cameras: Sequence[CameraInfo], from_ns: int, lasting_ns: int) -> dict[str, Still]:
    """Return what depth cameras saw in a stretch of a recording, by camera id.

    Args:
        recording: where from.
        cameras: those wanted, as the store file has them.
        from_ns: capture time of the first frame wanted.
        lasting_ns: how long from there.

    Raises:
        UsageError: no depth there, too few frames, or frames of another size than the file says.
    """
    stills = {}
    for camera in cameras:
        frames = _frames(recording, camera, from_ns, from_ns + lasting_ns)
        if not frames:
            continue
        if len(frames) < LEAST_FRAMES:
            raise UsageError(
                f"too few depth frames of {camera.id} there",
                where=str(recording.path),
                expected=f"{LEAST_FRAMES} or more, for a median",
                found=f"{len(frames)} from {from_ns / SECOND:g} s to {(from_ns + lasting_ns) / SECOND:g} s",
                hint="a longer stretch: --seconds",
            )
        stills[camera.id] = still_of(frames)
    if not stills:
        raise UsageError(
            "the recording has no depth of this store's cameras there",
            where=str(recording.path),
            expected=f"depth of {', '.join(camera.id for camera in cameras) or 'a camera with depth'}",
            found=", ".join(topic for topic in recording.topics() if topic.endswith("/depth")) or "no depth at all",
            hint="rig inspect shows from when to when each channel reaches",
        )
    return stills


def _frames(recording: Recording, camera: CameraInfo, first_ns: int, last_ns: int) -> list[NDArray[np.uint16]]:
    """Return the depth frames of a camera, evenly thinned out."""
    frames: list[NDArray[np.uint16]] = []
    stride, number = 1, 0
    # Delivered a while after they were taken.
    for record in recording.records([f"/camera/{camera.id}/depth"], first_ns, last_ns + SECOND):
        if not isinstance(record, Frame) or record.depth_mm is None or not first_ns <= record.captured_ns <= last_ns:
            continue
        if record.depth_mm.shape != (camera.height, camera.width):
            height, width = record.depth_mm.shape
            raise UsageError(
                f"the depth of {camera.id} is not as large as the store file says",
                where=str(recording.path),
                expected=f"{camera.width} x {camera.height}",
                found=f"{width} x {height}",
            )
        if number % stride == 0:
            frames.append(record.depth_mm)
        number += 1
        if len(frames) > MOST_FRAMES:
            frames, stride = frames[::2], 2 * stride
    return frames
