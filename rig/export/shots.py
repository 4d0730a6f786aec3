"""The frames of one camera, and when each was truly taken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from contracts.layout import CameraInfo
from contracts.ports import FaultKind
from contracts.records import Frame
from contracts.truth import TrueFault
from rig.recording.reader import Recording


@dataclass(frozen=True, slots=True)
class Shot:
    """One frame that goes into a data set.

    Args:
        number: from 1, without a gap.
        t_ns: bench time at which the shutter opened.
        frame: as it was recorded.
    """

    number: int
    t_ns: int
    frame: Frame


def shots(recording: Recording, camera: CameraInfo, every_ns: int = 0) -> Iterator[Shot]:
    """Yield the frames of a camera in order.

    A camera's own clock may err, so the time is that of delivery less the camera's latency. Frames that a stuck camera
    repeated are left out: what is true by then is not what they show.

    Args:
        recording: where from.
        camera: one of its store's.
        every_ns: the shortest time between two; 0 for every frame.
    """
    stuck, number, next_ns = _stuck(recording, camera.id), 0, 0
    for frame in recording.records([f"/camera/{camera.id}/image", f"/camera/{camera.id}/depth"]):
        if not isinstance(frame, Frame):
            continue
        t_ns = frame.t_ns - camera.latency_ns
        if t_ns < next_ns or any(began <= t_ns < ended for began, ended in stuck):
            continue
        number, next_ns = number + 1, max(next_ns, t_ns - t_ns % every_ns) + every_ns if every_ns else t_ns
        yield Shot(number, t_ns, frame)


def _stuck(recording: Recording, camera: str) -> list[tuple[int, float]]:
    """Return from when to when a camera repeated its last frame."""
    found: list[tuple[int, float]] = []
    for fault in recording.records(["/truth/true_fault"]):
        if not isinstance(fault, TrueFault) or (fault.device, fault.fault) != (camera, FaultKind.STUCK):
            continue
        if fault.began and fault.applied:
            found.append((fault.t_ns, float("inf")))
        elif not fault.began and found:
            found[-1] = (found[-1][0], fault.t_ns)
    return found
