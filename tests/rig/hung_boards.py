"""Pictures of ChArUco boards that hang in a twin, taken by cameras that hang otherwise than their file says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import cv2
import numpy as np

from contracts.geometry import Floats, Pose
from contracts.layout import CameraInfo
from contracts.seeds import stream
from rig.storekit.calibrate.board import Board, Hung
from twin.bent import BentLens
from twin.raster import layered_renderer
from twin.raster.look import REAL
from twin.scene import Mesh, Scene
from twin.sensor import Grain, jpeg
from twin.store import Store
from twin.world import World

TEXELS = 2048
PER_PIXEL = 2
"""Rays along each side of a pixel: a sensor's pixel is an area, not a point."""


def hang(scene: Scene, board: Board, copy: Hung, pose: Pose | None = None) -> int:
    """Put a board into a scene, on a white sheet a little larger; return its handle."""
    width, height = board.size_m
    margin = board.square_m / 4
    x, y = width / 2 + margin, height / 2 + margin
    corners = np.array([[-x, -y, 0], [x, -y, 0], [x, y, 0], [-x, y, 0]], np.float32)
    mesh = Mesh(
        vertices=corners,
        normals=np.tile(np.float32([0, 0, -1]), (4, 1)),
        uv=np.float32([[0, 1], [1, 1], [1, 0], [0, 0]]),
        faces=np.int32([[0, 3, 2], [0, 2, 1]]),
    )
    place = pose or copy.pose
    assert place is not None
    return scene.add(
        scene.add_mesh(mesh),
        scene.add_texture(_printed(board, copy, margin)),
        place.matrix.astype(np.float32),
        object_id=100_000,
        moving=True,
    )


def _printed(board: Board, copy: Hung, margin: float) -> np.ndarray:
    """The sheet as a square texture: its sides are stretched, as its mesh shrinks them again."""
    width, height = board.size_m
    per_m = 4 * TEXELS / (width + 2 * margin)
    inner = (round(width * per_m), round(height * per_m))
    edge = round(margin * per_m)
    print_ = board.pattern(copy).generateImage(inner, marginSize=0)
    sheet = cv2.copyMakeBorder(print_, edge, edge, edge, edge, cv2.BORDER_CONSTANT, value=255)
    square = cv2.resize(sheet, (TEXELS, TEXELS), interpolation=cv2.INTER_AREA)
    return np.ascontiguousarray(np.repeat((20 + square * 0.85).astype(np.uint8)[..., None], 3, axis=2))


def off(pose: Pose, shift_m: tuple[float, float, float], turn_deg: tuple[float, float, float]) -> Pose:
    """Return a pose moved along, and turned about, the axes of the world through itself."""
    matrix = pose.matrix
    matrix[:3, :3] = cv2.Rodrigues(np.radians(turn_deg))[0] @ matrix[:3, :3]
    matrix[:3, 3] += shift_m
    return Pose.from_matrix(matrix)


def photograph(world: World, store: Store, camera: CameraInfo, *, bent: bool, seed: int = 1) -> bytes:
    """Return what a camera takes of the world as JPEG: smooth, with grain, through its lens or rectified."""
    lens = BentLens(replace(camera, distorted=True)) if bent and any(camera.distortion) else None
    pinhole = lens.pinhole if lens else camera
    k = PER_PIXEL
    fine = replace(
        pinhole,
        width=k * pinhole.width,
        height=k * pinhole.height,
        fx=k * pinhole.fx,
        fy=k * pinhole.fy,
        cx=k * pinhole.cx,
        cy=k * pinhole.cy,
        distortion=(),
        distorted=False,
    )
    image = layered_renderer(1, REAL).full(world.scene, fine)
    size = (pinhole.width, pinhole.height)
    rgb = np.asarray(cv2.resize(image.rgb, size, interpolation=cv2.INTER_AREA))
    if lens:
        small = replace(image, rgb=rgb, depth_m=image.depth_m[::k, ::k].copy(), ids=image.ids[::k, ::k].copy())
        rgb = lens.bend(small).rgb
    grain = Grain(seed, camera.width, camera.height, store.camera_noise)
    row, column = stream(seed, "photograph", camera.id).integers(100, size=2).tolist()
    return jpeg(grain.on_colour(rgb, (row, column)), store.camera_noise.jpeg_quality)


def apart(found: Pose, true: Pose) -> tuple[float, float]:
    """Return how far two poses are from one another: metres, degrees."""
    turn = cv2.Rodrigues(found.rotation @ true.rotation.T)[0]
    away: Floats = np.subtract(found.position, true.position)
    return float(np.linalg.norm(away)), float(np.degrees(np.linalg.norm(turn)))


def with_poses(store: Store, poses: Mapping[str, Pose]) -> dict[str, CameraInfo]:
    """Return the cameras as they truly hang."""
    return {c.id: replace(c, pose=poses.get(c.id, c.pose)) for c in store.layout.cameras}
