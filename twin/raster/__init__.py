"""Our own rasteriser: the store is drawn once a camera, then only what moves or changes.

Bit-identical on any processor and for any number of threads. Importing this package costs nothing; the compiler
comes in when a renderer is made.
"""

from __future__ import annotations

from twin.raster.look import PLAIN, Look
from twin.scene import Renderer


def layered_renderer(threads: int | None = None, look: Look = PLAIN) -> Renderer:
    """Return a layered renderer.

    Args:
        threads: how many cameras are drawn at once; None for one a processor. The images are the same.
        look: what to spend on pictures.
    """
    from twin.raster.renderer import LayeredRenderer

    return LayeredRenderer(threads, look)
