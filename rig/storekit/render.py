"""Pictures of a store as its file says it is: from above, from before every gondola, and through every camera."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import cv2
import numpy as np

from contracts.geometry import Floats
from contracts.layout import CameraInfo
from rig.storekit.drawing import draw_outlines, mark_cameras, new_plan, save
from rig.storekit.elevation import draw_elevation
from rig.view.frames import FAR_MM, write_png
from twin.sensor import RANGE_MM
from twin.store import Store

BORDER_STEPS = 12
"""Rays along each side of a picture: enough for a smooth outline where it meets the floor."""


def render_store(store: Store, folder: Path, *, views: bool = True) -> tuple[Path, ...]:
    """Write all pictures of a store; return the files.

    Args:
        store: the store.
        folder: where to; made when it is not there.
        views: whether to draw what each camera sees, too.
    """
    files = [_plan(store, folder)]
    files += [draw_elevation(store, gondola, folder) for gondola in store.layout.gondolas]
    if views and store.layout.cameras:
        files += _views(store, folder)
    return tuple(files)


def _plan(store: Store, folder: Path) -> Path:
    layout = store.layout
    figure, axes = new_plan(layout)
    for i, camera in enumerate(layout.cameras):
        outline = footprint_of(camera)
        axes.fill(*outline.T, color=f"C{i % 10}", alpha=0.06, zorder=0)
        axes.plot(*np.vstack([outline, outline[:1]]).T, color=f"C{i % 10}", lw=0.7, alpha=0.7, zorder=0)
    draw_outlines(axes, layout)
    mark_cameras(axes, layout)
    axes.set_title(f"{layout.name}: what each camera could see of an empty floor", fontsize=9)
    return save(figure, folder / "plan.png")


def footprint_of(camera: CameraInfo) -> Floats:
    """Return the outline (N, 2) of the floor within a camera's picture, cut off at the range of depth.

    Walls and racks are left out of account: `rig store coverage` has them.
    """
    u, v = _border(camera)
    rays = np.stack([(u - camera.cx) / camera.fx, (v - camera.cy) / camera.fy, np.ones_like(u)], axis=1)
    away = (rays / np.linalg.norm(rays, axis=1, keepdims=True)) @ camera.pose.rotation.T
    x, y, z = camera.pose.position
    down = np.maximum(-away[:, 2], 1e-9)
    length = np.minimum(z / down, RANGE_MM / 1000)
    outline: Floats = np.array([x, y]) + away[:, :2] * length[:, None]
    return outline


def _border(camera: CameraInfo) -> tuple[Floats, Floats]:
    """Return pixel coordinates along the edge of a picture, once around."""
    steps = np.linspace(0, 1, BORDER_STEPS, endpoint=False)
    zero, one = np.zeros_like(steps), np.ones_like(steps)
    u = np.concatenate([steps, one, 1 - steps, zero]) * camera.width
    v = np.concatenate([zero, steps, one, 1 - steps]) * camera.height
    return u, v


def _views(store: Store, folder: Path) -> list[Path]:
    """Write what each camera sees of the stocked store without anybody in it."""
    from twin.cameras import render_view
    from twin.world import World

    files = []
    with closing(World(store, seed=0, noise=False)) as world:
        for camera in store.layout.cameras:
            image = render_view(world.scene, camera)
            if camera.colour:
                files.append(folder / f"camera-{camera.id}.png")
                write_png(files[-1], np.ascontiguousarray(image.rgb[..., ::-1]))
            if camera.depth:
                files.append(folder / f"camera-{camera.id}{'-depth' if camera.colour else ''}.png")
                write_png(files[-1], false_colours(image.depth_m.astype(np.float64)))
    return files


def false_colours(depth_m: Floats) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """Return depth (H, W) as a picture (H, W, 3) BGR: near bright, far dark, nothing black."""
    near = np.clip(255 - depth_m * 1000 / FAR_MM * 255, 0, 255).astype(np.uint8)
    picture = np.asarray(cv2.applyColorMap(near, cv2.COLORMAP_VIRIDIS), np.uint8)
    picture[~np.isfinite(depth_m) | (depth_m * 1000 > RANGE_MM)] = 0
    return picture
