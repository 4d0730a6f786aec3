"""Pictures for eyes: what a camera took, with the store's edges as the file has it and as it was found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np

from contracts.geometry import Floats
from contracts.layout import CameraInfo
from rig.storekit.calibrate.charuco import Corners
from rig.storekit.calibrate.found import Found
from rig.storekit.calibrate.pictures import Colours
from rig.storekit.calibrate.project import project
from rig.view.frames import write_png
from twin.bent import BentLens
from twin.raster import layered_renderer
from twin.scene import Renderer, Scene
from twin.store import Store
from twin.world import World

COLUMNS = 3
LEAST_WIDTH = 640
STEP_M = 0.05
"""A jump of depth that counts as an edge."""
BEFORE, AFTER = (60, 60, 255), (90, 230, 40)
"""BGR: red as the file has it, green as it was found."""
SEEN = (255, 200, 0)
BAR = 24


def draw_found(
    found: Sequence[Found], pictures: Mapping[str, Colours], corners: Mapping[str, Corners], store: Store, output: Path
) -> None:
    """Write one picture with a tile for every camera.

    Args:
        found: cameras; those without a picture are left out.
        pictures: (H, W, 3) BGR by camera id.
        corners: of boards, by camera id; none for depth.
        store: whose edges to draw.
        output: PNG file.
    """
    with closing(World(store, seed=0, noise=False)) as world:
        renderer = layered_renderer(1)
        tiles = [
            _tile(one, pictures[one.camera.id], corners.get(one.camera.id), renderer, world.scene)
            for one in found
            if one.camera.id in pictures
        ]
    if tiles:
        write_png(output, _joined(tiles))


def _tile(one: Found, picture: Colours, corners: Corners | None, renderer: Renderer, scene: Scene) -> Colours:
    scale = max(1, -(-LEAST_WIDTH // picture.shape[1]))
    tile = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_LINEAR)
    # Darker, so that thin lines stand out.
    tile = (tile * 0.75).astype(np.uint8)
    for camera, colour in ((one.camera, BEFORE), (one.better, AFTER)):
        if camera is None:
            continue
        tile[_edges(_enlarged(camera, scale), renderer, scene)] = colour
        if corners is not None:
            _crosses(tile, camera, corners.points, scale, colour)
    for x, y in (corners.pixels * scale).tolist() if corners is not None else ():
        cv2.circle(tile, (round(x - 0.5), round(y - 0.5)), 4, SEEN, 1, cv2.LINE_AA)
    return _titled(tile, one)


def _edges(camera: CameraInfo, renderer: Renderer, scene: Scene) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Return (H, W) where the store has an edge: another thing, or a jump of depth."""
    lens = BentLens(camera) if camera.distorted else None
    image = renderer.full(scene, lens.pinhole if lens else camera)
    image = lens.bend(image) if lens else image
    depth = np.where(np.isfinite(image.depth_m), image.depth_m, 1e3)
    edges = np.zeros(depth.shape, bool)
    for axis in (0, 1):
        here = (np.diff(image.ids, axis=axis) != 0) | (np.abs(np.diff(depth, axis=axis)) > STEP_M)
        edges[tuple(slice(0, n) for n in here.shape)] |= here
    return edges


def _enlarged(camera: CameraInfo, scale: int) -> CameraInfo:
    return replace(
        camera,
        width=camera.width * scale,
        height=camera.height * scale,
        fx=camera.fx * scale,
        fy=camera.fy * scale,
        cx=camera.cx * scale,
        cy=camera.cy * scale,
        colour=False,
    )


def _crosses(tile: Colours, camera: CameraInfo, points: Floats, scale: int, colour: tuple[int, int, int]) -> None:
    shown = project(camera, points)
    for (x, y), ahead in zip((shown.pixels * scale).tolist(), shown.ahead.tolist(), strict=True):
        if ahead and abs(x) < 1e5 and abs(y) < 1e5:
            cv2.drawMarker(tile, (round(x - 0.5), round(y - 0.5)), colour, cv2.MARKER_TILTED_CROSS, 7, 1, cv2.LINE_AA)


def _titled(tile: Colours, one: Found) -> Colours:
    away, turned = np.linalg.norm(one.shift_m) * 1000, np.linalg.norm(one.turn_deg)
    found = f"{away:.0f} mm and {turned:.1f} deg off" if one.better else "not found"
    bar = np.full((BAR, tile.shape[1], 3), 40, np.uint8)
    text = f"{one.camera.id}: {found}; red: file, green: found"
    cv2.putText(bar, text, (6, BAR - 8), cv2.FONT_HERSHEY_SIMPLEX, 0.5, (255, 255, 255), 1, cv2.LINE_AA)
    return np.vstack([bar, tile])


def _joined(tiles: list[Colours]) -> Colours:
    """Return tiles in rows, each in a cell as large as the largest."""
    height, width = (max(tile.shape[axis] for tile in tiles) for axis in (0, 1))
    columns = min(COLUMNS, len(tiles))
    sheet = np.zeros((-(-len(tiles) // columns) * height, columns * width, 3), np.uint8)
    for i, tile in enumerate(tiles):
        y, x = i // columns * height, i % columns * width
        sheet[y : y + tile.shape[0], x : x + tile.shape[1]] = tile
    return sheet
