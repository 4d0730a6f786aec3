"""A rack with tea and rice before RGB-D cameras, an arm before it, and what the arm may hold."""

from __future__ import annotations

from dataclasses import replace

from contracts.geometry import Pose
from contracts.layout import Layout, Plate
from contracts.records import Frame
from stack.goods.in_hand import GoodsInHand
from stack.sightings import Person, Reach
from tests.stack.seenshop import COLOURS, RACK, TICK_NS, bare_shop, frame, goods

SLEEVE = (70, 90, 70)
AT = (-0.3, -0.12, 0.72)
"""The middle of the hand, world: before the tea on the lower board."""


def shop() -> Layout:
    """Return the store of `seenshop` with colour in its depth cameras and two plates under each board."""
    plain = bare_shop()
    shelves = tuple(
        replace(shelf, plates=tuple(Plate(f"{shelf.id}/plate-{n}", Pose((x, 0.2, z)), 0.6, 0.4) for n, x in _PLACES))
        for shelf, z in ((shelf, shelf.pose.position[2]) for shelf in plain.gondolas[0].shelves)
    )
    rack = replace(plain.gondolas[0], shelves=shelves)
    return replace(plain, gondolas=(rack,), cameras=tuple(replace(camera, colour=True) for camera in plain.cameras))


_PLACES = ((1, -0.3), (2, 0.3))


def with_arm(layout: Layout, t_ns: int, holds: str = "") -> list[Frame]:
    """Return the frames of a moment in which an arm is before the rack, with a product in its hand or without."""
    frames = []
    for camera in layout.cameras:
        plain = frame(camera, goods(layout), t_ns)
        assert plain.depth_mm is not None
        assert plain.rgb is not None
        depth, rgb = plain.depth_mm.copy(), plain.rgb.copy()
        for middle, paint in ((AT, SLEEVE), *([(_OUT, COLOURS[holds])] if holds else [])):
            x, y, z = camera.pose.unapply(middle)
            column, row = int(camera.fx * x / z + camera.cx), int(camera.fy * y / z + camera.cy)
            patch = (slice(max(row - 4, 0), row + 5), slice(max(column - 4, 0), column + 5))
            depth[patch], rgb[patch] = round(1000 * z), paint
        frames.append(replace(plain, depth_mm=depth, rgb=rgb))
    return frames


_OUT = (-0.22, -0.10, 0.74)


def watched(layout: Layout, before: str, after: str) -> GoodsInHand:
    """Return the part after a second without anybody and two with a hand, that holds one thing and then another."""
    part = GoodsInHand(layout)
    for tick in range(10):
        part.update([frame(c, goods(layout), tick * TICK_NS) for c in layout.cameras], [], [], tick * TICK_NS)
        _keep(part, [frame(c, goods(layout), tick * TICK_NS) for c in layout.cameras])
    somebody = Person("t1", 0, (-0.3, -0.6, 1.7), (0.0, 0.0, 0.0), 0)
    for tick in range(10, 31):
        t_ns = tick * TICK_NS
        frames = with_arm(layout, t_ns, before if tick < 20 else after)
        _keep(part, frames)
        part.update(frames, [somebody], [Reach(t_ns, RACK, AT, -0.1, (("t1", 1.0),))], t_ns)
    return part


def _keep(part: GoodsInHand, frames: list[Frame]) -> None:
    for each in frames:
        part.keep(each)
