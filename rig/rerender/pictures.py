"""Pictures of a recorded run through any camera."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from contracts.layout import CameraInfo
from rig.compare.rerun import renderer_of
from rig.recording.reader import Recording
from rig.rerender.history import read_history
from rig.rerender.restaged import Restaged
from twin.camera import TwinCamera
from twin.raster import choose
from twin.scene import Image


class Pictures:
    """Draws what a camera would have seen.

    Args:
        recording: a run of the twin.
        store_path: another store file than its script names.
        renderer: another than the recorded one: numba, plain or gl.
    """

    def __init__(self, recording: Recording, store_path: Path | None = None, renderer: str = "") -> None:
        self._recording = recording
        self._restaged = Restaged(recording, store_path)
        self._renderer = choose.renderer(renderer or renderer_of(recording.start.renderer))
        self.layout = self._restaged.layout

    def take(self, camera: CameraInfo, times_ns: Sequence[int]) -> Iterator[Image]:
        """Yield a picture for each time, as it comes through the camera's lens; the arrays hold until the next.

        Args:
            camera: one of the store's, or any other; without noise.
            times_ns: bench times, ascending.
        """
        history = read_history(self._recording, times_ns[-1])
        eye = TwinCamera(camera, None, 0)
        for t_ns in times_ns:
            self._restaged.show(history.at(t_ns), history)
            (image,) = self._renderer.render(self._restaged.scene, [eye.pinhole])
            yield eye.through(image)


def bgr(image: Image, camera: CameraInfo, *, depth: bool = False) -> NDArray[np.uint8]:
    """Return a picture (H, W, 3) for a file: colours, or depth in false colours where there are none."""
    from rig.storekit.render import false_colours  # draws with matplotlib elsewhere

    if depth or not camera.colour:
        return np.asarray(false_colours(image.depth_m.astype(np.float64)), np.uint8)
    return np.ascontiguousarray(image.rgb[..., ::-1])
