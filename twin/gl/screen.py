"""Where one size of picture is drawn to, and from where it is read back."""

from __future__ import annotations

from typing import Any

import numpy as np

from twin.raster.arrays import BACKGROUND
from twin.scene import Image

SAMPLES = 4
"""A pixel where edges are smooth."""


class Screen:
    """Pictures of one size on the graphics processor: colours with smooth edges, and depth with ids.

    Args:
        context: of moderngl.
        width: pixels.
        height: pixels.
        samples: a pixel, for colours; 0 for hard edges.
    """

    def __init__(self, context: Any, width: int, height: int, samples: int) -> None:
        self._context, self._size = context, (width, height)
        size = self._size
        self.measure = context.framebuffer(
            [context.renderbuffer(size, 1, dtype="i4"), context.renderbuffer(size, 1, dtype="f4")],
            context.depth_renderbuffer(size),
        )
        self._plain = context.framebuffer([context.renderbuffer(size, 4)], context.depth_renderbuffer(size))
        self.colour = self._plain
        if samples:
            self.colour = context.framebuffer(
                [context.renderbuffer(size, 4, samples=samples)], context.depth_renderbuffer(size, samples=samples)
            )

    def clear(self) -> None:
        """Empty both pictures."""
        grey = BACKGROUND / 255
        self.colour.clear(grey, grey, grey, 1.0, depth=1.0)
        self.measure.clear(0.0, 0.0, 0.0, 0.0, depth=1.0)

    def read(self, colour: bool) -> Image:
        """Return what was drawn; without colour, all grey."""
        width, height = self._size
        depth = np.frombuffer(self.measure.read(components=1, attachment=1, dtype="f4"), np.float32).copy()
        ids = np.frombuffer(self.measure.read(components=1, attachment=0, dtype="i4"), np.int32).copy()
        # Nothing is nearer than the near plane, so no depth at all is nothing.
        ids[depth == 0], depth[depth == 0] = -1, np.inf
        rgb = np.full((height, width, 3), BACKGROUND, np.uint8)
        if colour:
            if self.colour is not self._plain:
                self._context.copy_framebuffer(self._plain, self.colour)
            data = self._plain.read(components=3, alignment=1)
            rgb = np.frombuffer(data, np.uint8).reshape(height, width, 3).copy()
        return Image(rgb, depth.reshape(height, width), ids.reshape(height, width))
