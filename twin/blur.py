"""What moves while a shutter is open: drawn on its way, so that pictures can be averaged over the exposure.

The world is drawn once a tick. Between two ticks every point is taken to move on a straight line, as it nearly does
in 50 ms. What appears, or only begins to move, is drawn where it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from contracts.layout import CameraInfo
from twin.scene import Renderer, Scene

F32 = NDArray[np.float32]
U8 = NDArray[np.uint8]

PICTURES = 6
"""So many pictures make a smeared one: a hand at 2 m/s, 2 m before a lens of 500 px, moves 5 px in 10 ms."""


class Motion:
    """Where everything was when last looked at.

    Args:
        scene: what moves; it is as it was after every call.
    """

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._looked_ns = -1
        self._pose: F32 = np.zeros((0, 4, 4), np.float32)
        self._shown = np.zeros(0, np.bool_)
        self._skin: Mapping[int, F32] = {}

    def look(self, now_ns: int) -> None:
        """Remember where everything is."""
        scene = self._scene
        self._looked_ns, self._pose = now_ns, scene.pose.copy()
        self._shown, self._skin = scene.visible & scene.moving, dict(scene.bent)

    def earlier(self, renderer: Renderer, cameras: Sequence[CameraInfo], now_ns: int, time_ns: int) -> list[U8] | None:
        """Return what cameras saw at even steps of time before now, oldest first, without what they see now.

        Args:
            renderer: draws; its pictures of these cameras are no longer what they were.
            cameras: pinholes.
            now_ns: bench time.
            time_ns: how far back, at most to the last look.

        Returns:
            (N, H, W, 3) for each camera; None while nothing moves.
        """
        handles = self._moved()
        if not handles or self._looked_ns < 0 or now_ns <= self._looked_ns:
            return None
        seen = [np.empty((PICTURES - 1, camera.height, camera.width, 3), np.uint8) for camera in cameras]
        span = min(1.0, time_ns / (now_ns - self._looked_ns))
        pose, skin = self._scene.pose[handles].copy(), dict(self._scene.bent)
        for number, back in enumerate(np.linspace(span, 0, PICTURES)[:-1].tolist()):
            self._put(handles, pose, skin, back)
            for pictures, image in zip(seen, renderer.render(self._scene, cameras), strict=True):
                pictures[number] = image.rgb
        self._put(handles, pose, skin, 0.0)
        return seen

    def _moved(self) -> list[int]:
        """Return what was in sight at the last look and has moved since, as far as it is still in sight."""
        scene, count = self._scene, len(self._shown)
        there = self._shown & (scene.visible & scene.moving)[:count]
        off = (scene.pose[:count] != self._pose).any(axis=(1, 2))
        bent = [handle for handle, skin in scene.bent.items() if self._skin.get(handle, skin) is not skin]
        off[[handle for handle in bent if handle < count]] = True
        return [int(handle) for handle in np.flatnonzero(there & off)]

    def _put(self, handles: Sequence[int], pose: F32, skin: Mapping[int, F32], back: float) -> None:
        """Put things `back` of the way to where they were."""
        part = np.float32(back)
        for handle, now in zip(handles, pose, strict=True):
            self._scene.move(handle, now + part * (self._pose[handle] - now) if back else now)
            if handle in skin:
                here, there = skin[handle], self._skin.get(handle, skin[handle])
                self._scene.bend(handle, here + part * (there - here) if back else here)
