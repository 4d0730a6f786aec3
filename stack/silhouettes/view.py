"""All pictures of one moment, joined: what `DepthView` makes of depth, carved here from silhouettes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from contracts.layout import Layout
from contracts.records import Frame
from stack.silhouettes.carver import Carver
from stack.silhouettes.eye import Eye
from stack.silhouettes.guard import Guard
from stack.silhouettes.shelf_points import ShelfPoints
from stack.silhouettes.sight import HIGHEST_M, LOWEST_M, MOST, places, where_people_are
from stack.tracking.depthview import DepthView, View
from stack.tracking.heightmap import F32


class SilhouetteView(DepthView):
    """Turns colour frames into views; one instance may serve tracker and hand finder.

    Args:
        layout: the store as surveyed.

    Attributes:
        carver: what the last moment was carved with.
    """

    def __init__(self, layout: Layout) -> None:
        super().__init__(layout)
        self._shelves = ShelfPoints(layout.gondolas, self._slabs)
        cameras = [camera for camera in layout.cameras if camera.colour][:MOST]
        self._eyes = {camera.id: Eye(layout, camera) for camera in cameras}
        self._number = {name: n for n, name in enumerate(self._eyes)}
        infos = [eye.info for eye in self._eyes.values()]
        where = places(self.grid, where_people_are(self.grid, layout), infos, [e.far for e in self._eyes.values()])
        self.carver = Carver(where, infos)
        self._outlines = Guard([eye.small for eye in self._eyes.values()], self.carver.labels.shape)
        self._highest = _highest(where.views())

    def look(self, frames: Sequence[Frame]) -> View | None:
        """Join the colour frames of one capture time; None when there are none.

        Asked again with the same frames, it answers with the same view.
        """
        usable = tuple(sorted((f for f in frames if f.source in self._eyes), key=lambda frame: frame.source))
        if not usable:
            return None
        if len(usable) != len(self._seen) or any(a is not b for a, b in zip(usable, self._seen, strict=True)):
            self._seen, self._view = usable, self._join(usable)
        return self._view

    def guard(self, heads: Iterable[tuple[float, float]]) -> None:
        """Keep whoever stands at these x, y from becoming part of the empty store."""
        self._outlines.follow(heads)

    @property
    def ceiling(self) -> F32:
        """(nx, ny) greatest height in view of enough cameras when every camera delivers."""
        return self._highest

    def _join(self, frames: tuple[Frame, ...]) -> View:
        labels = {}
        for frame in frames:
            number = self._number[frame.source]
            label = self._eyes[frame.source].labels(frame, self._outlines.mask(number))
            if label is not None:
                labels[number] = label
        self.carver.carve(labels)
        points, rack, camera = self._shelves.find(self.carver)
        heights = self.carver.heights.copy()
        return View(frames[0].captured_ns, heights, self._highest, points, rack, camera, tuple(self._eyes))


def _highest(views: NDArray[np.int32]) -> F32:
    """Return the (nx, ny) greatest height in view of enough cameras, metres, 0 where there is none."""
    from stack.silhouettes.carve_kernels import SURE  # late: numba takes half a second to import

    seen = views >= SURE
    highest = np.where(seen.any(axis=2), seen.shape[2] - np.argmax(seen[..., ::-1], axis=2), 0)
    step = (HIGHEST_M - LOWEST_M) / seen.shape[2]
    return np.where(highest > 0, LOWEST_M + highest * step, 0).astype(np.float32)
