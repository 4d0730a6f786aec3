"""When people are found by their silhouettes."""

from __future__ import annotations

from contracts.layout import Layout


def colour_only(layout: Layout) -> bool:
    """Whether a store has colour cameras and none that measures depth; one that does is worth more than silhouettes."""
    return not any(camera.depth for camera in layout.cameras) and any(camera.colour for camera in layout.cameras)
