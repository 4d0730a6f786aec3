"""A rack without plates before two cameras, and what they would see of goods on its boards."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from contracts.geometry import Floats, Pose
from contracts.layout import CameraInfo, Facing, Gondola, Layout, Product, Shelf
from contracts.lens import pixel_rays
from contracts.records import Frame

BOARDS = (0.6, 1.1)
"""Heights of the boards, metres."""
RACK, LOWER, UPPER = "gondola-1", "gondola-1/shelf-1", "gondola-1/shelf-2"
TEA, RICE, BOARD = "tea", "rice", "board"
SIZES = {TEA: (0.08, 0.06, 0.18), RICE: (0.14, 0.06, 0.12), BOARD: (1.2, 0.4, 0.002)}
COLOURS = {TEA: (200, 40, 40), RICE: (40, 60, 200), BOARD: (230, 230, 230)}
TICK_NS = 100_000_000


@dataclass(frozen=True)
class Item:
    """One package: the left end of its front along the board, and how far behind the edge it stands, metres."""

    product: str
    shelf: str
    x: float
    y: float = 0.01


def looking_down(name: str, x: float, *, depth: bool, colour: bool) -> CameraInfo:
    """Return a camera 1.3 m before the front and 2.5 m up that looks at the rack."""
    tilt = math.radians(52)
    down, ahead = math.sin(tilt), math.cos(tilt)
    pose = np.eye(4)
    pose[:3, :3] = np.column_stack([(1, 0, 0), (0, -down, -ahead), (0, ahead, -down)])
    pose[:3, 3] = (x, -1.3, 2.5)
    return CameraInfo(
        name, Pose.from_matrix(pose), 160, 120, 110.0, 110.0, 80.0, 60.0, depth=depth, colour=colour
    )  # fmt: skip


def bare_shop(*, depth: bool = True) -> Layout:
    """Return a store with one rack of two boards that do not weigh: tea on the left, rice on the right of each."""
    shelves = tuple(
        Shelf(name, Pose((0.0, 0.2, z)), 1.2, 0.4, 0.4) for name, z in zip((LOWER, UPPER), BOARDS, strict=True)
    )
    products = (
        Product(TEA, "1", "Tea", 200, 2, SIZES[TEA], 100),
        Product(RICE, "2", "Rice", 500, 4, SIZES[RICE], 100),
    )
    facings = tuple(
        Facing(product, shelf, (), x, 0.5, 4) for shelf in (LOWER, UPPER) for product, x in ((TEA, -0.3), (RICE, 0.3))
    )
    cameras = tuple(looking_down(name, x, depth=depth, colour=not depth) for name, x in (("c1", -0.3), ("c2", 0.3)))
    rack = Gondola(RACK, Pose(), 1.2, 0.42, 1.6, shelves)
    return Layout("bare", (-3, -3, 3, 1), (-3, -3, 3, 1), (rack,), products, facings, cameras)


def goods(layout: Layout) -> list[Item]:
    """Return three of each product on its facings."""
    lefts = {TEA: (-0.5, -0.34, -0.18), RICE: (0.08, 0.26, 0.44)}
    return [Item(facing.product, facing.shelf, x) for facing in layout.planogram for x in lefts[facing.product]]


def frame(camera: CameraInfo, items: list[Item], t_ns: int, hide: bool = False) -> Frame:
    """Return what a camera sees, 4 mm of noise in its depth; or somebody who stands right before it."""
    far, colour = _drawn(camera, tuple(items))
    shape = (camera.height, camera.width)
    if hide:
        far, colour = np.full(len(far), 0.6), np.full(colour.shape, 90, np.uint8)
    noise = np.random.default_rng(t_ns // TICK_NS + len(camera.id)).normal(0, 0.004, len(far))
    depth = np.round((far + noise) * 1000).astype(np.uint16).reshape(shape) if camera.depth else None
    rgb = colour.reshape(*shape, 3) if camera.colour else None
    return Frame(t_ns=t_ns, source=camera.id, captured_ns=t_ns, depth_mm=depth, rgb=rgb)


def without(items: list[Item], *gone: int) -> list[Item]:
    """Return goods but some."""
    return [item for n, item in enumerate(items) if n not in gone]


def moved(item: Item, x: float, shelf: str) -> Item:
    """Return a package that stands elsewhere."""
    return replace(item, x=x, shelf=shelf)


@lru_cache(64)
def _drawn(camera: CameraInfo, items: tuple[Item, ...]) -> tuple[Floats, NDArray[np.uint8]]:
    rays, _ = pixel_rays(camera)
    flat = rays.reshape(-1, 2)
    way = np.column_stack([flat, np.ones(len(flat))]) @ np.asarray(camera.pose.rotation).T
    eye = np.asarray(camera.pose.position)
    far = np.where(way[:, 2] < 0, -eye[2] / way[:, 2], 9.0)
    colour = np.full((len(way), 3), 150, np.uint8)
    boxes = [((-0.6, 0.4, 0.0), (0.6, 0.42, 1.6), (120, 120, 120))]
    boxes += [((-0.6, 0.0, z - 0.02), (0.6, 0.4, z), (230, 230, 230)) for z in BOARDS]
    for item in items:
        width, deep, high = SIZES[item.product]
        z = BOARDS[0] if item.shelf == LOWER else BOARDS[1]
        corner = (item.x + width, item.y + deep, z + high)
        boxes.append(((item.x, item.y, z), corner, COLOURS[item.product]))
    for low, high, paint in boxes:
        with np.errstate(divide="ignore"):
            one, other = (np.array(low) - eye) / way, (np.array(high) - eye) / way
        enters, leaves = np.minimum(one, other).max(axis=1), np.maximum(one, other).min(axis=1)
        hit = (enters <= leaves) & (enters > 0) & (enters < far)
        far[hit], colour[hit] = enters[hit], paint
    return far, colour
