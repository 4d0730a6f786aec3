"""One film a camera, of the frames as they were recorded."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from contracts.clock import SECOND
from contracts.layout import CameraInfo
from rig.export.wanted import Wanted
from rig.rerender.film import Picture, write_film
from rig.view.frames import picture_of


def write_clips(wanted: Wanted, folder: Path) -> int:
    """Write RECORDING-CAMERA.mp4 for each camera; return how many pictures.

    Raises:
        UsageError: the encoder is not installed.
    """
    written = 0
    for camera in wanted.cameras:
        clip = Clip(wanted, camera)
        write_film(folder / f"{wanted.title}-{camera.id}.mp4", clip.pictures(), Fraction(SECOND, clip.period_ns))
        written += clip.length
    return written


class Clip:
    """A camera's pictures, evenly in time.

    Args:
        wanted: where from.
        camera: whose.

    Attributes:
        period_ns: from one picture to the next.
        length: how many there were.
    """

    def __init__(self, wanted: Wanted, camera: CameraInfo) -> None:
        self._wanted, self._camera = wanted, camera
        self.period_ns = wanted.every_ns or round(SECOND / camera.rate_hz)
        self.length = 0

    def pictures(self) -> Iterator[Picture]:
        """Yield the pictures; where a frame is missing, the one before it stays, as a screen would show it."""
        first_ns, held = -1, None
        for shot in self._wanted.shots(self._camera):
            first_ns = shot.t_ns if first_ns < 0 else first_ns
            place = round((shot.t_ns - first_ns) / self.period_ns)
            while held is not None and self.length < place:
                self.length += 1
                yield held
            held = picture_of(shot.frame)
        if held is not None:
            self.length += 1
            yield held
