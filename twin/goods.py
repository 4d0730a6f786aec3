"""The product items of a store: what each weighs, where it stands, who holds it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from contracts.geometry import Pose, Vec3, vec3
from contracts.layout import Facing, Layout, Shelf
from contracts.seeds import stream
from twin.stage import Good, Side
from twin.stock import slots

FLOOR = "floor"
LEAST_MASS = 0.5
"""No pack weighs less than this share of its nominal mass, however wide the tolerance."""
EDGE_M = 0.003
"""A good overlaps a plate when it covers more than this of it; packs that merely graze one do not load it."""


class Status(StrEnum):
    """What an item is doing."""

    STANDING = "standing"
    MOVING = "moving"
    HELD = "held"
    BAGGED = "bagged"
    GONE = "gone"


@dataclass(slots=True)
class Item:
    """One product item; only the world changes it.

    Args:
        item: "fiji-500#3".
        product: product id.
        size_m: width, depth, height as it stands.
        mass_g: its true mass.
        pose: world; origin at the centre of its bounding box.
        shelf: shelf id or "floor" where it stands or over which it moves.
        stood: where it last stood.
        stood_on: shelf id or "floor" on which it last stood.
        status: what it is doing.
        plates: plates under it where it stands or last stood.
        holder: shopper who has it, or "".
        side: the hand that has it, or had it last.
        offset: its pose in the frame of that hand.
        touched_by: shopper whose hand last pushed it, or "".
        released: whether a shopper let go of it, so that its resting place is no accident.
        handle: its instance in the scene.
    """

    item: str
    product: str
    size_m: Vec3
    mass_g: float
    pose: Pose
    shelf: str
    stood: Pose
    stood_on: str
    status: Status = Status.STANDING
    plates: tuple[str, ...] = ()
    holder: str = ""
    side: Side = "right"
    offset: Pose = field(default_factory=Pose)
    touched_by: str = ""
    released: bool = False
    handle: int = -1

    def seen(self) -> Good:
        """Return the item as shoppers see it."""
        shelf = self.shelf if self.status is Status.STANDING else ""
        return Good(self.item, self.product, self.size_m, self.mass_g, self.pose, shelf)


class Goods:
    """All items of a store, stocked as the planogram says.

    Args:
        layout: the store.
        seed: the scenario's seed; each item's mass is a draw of its own.
    """

    def __init__(self, layout: Layout, seed: int) -> None:
        self._layout = layout
        self.items: dict[str, Item] = {}
        self._counts: Counter[str] = Counter()
        self._had: dict[str, dict[str, Item]] = {}
        for facing in layout.planogram:
            self._stock(facing, seed)

    def _stock(self, facing: Facing, seed: int) -> None:
        """Fill a facing from the front, up to its stock or its room."""
        shelf, product = self._layout.shelf[facing.shelf], self._layout.product[facing.product]
        height = product.size_m[2]
        for x, y, z in slots(shelf, facing, product)[: facing.stock]:
            self._counts[product.id] += 1
            name = f"{product.id}#{self._counts[product.id]}"
            draw = float(stream(seed, "mass", name).normal(product.mass_g, product.mass_sd_g))
            pose = shelf.pose.then(Pose((x, y, z + height / 2)))
            item = Item(
                item=name,
                product=product.id,
                size_m=product.size_m,
                mass_g=max(draw, LEAST_MASS * product.mass_g),
                pose=pose,
                shelf=shelf.id,
                stood=pose,
                stood_on=shelf.id,
            )
            item.plates = self.plates_under(item)
            self.items[name] = item

    def standing(self, product: str, place: str = "") -> tuple[Item, ...]:
        """Return items of a product at rest on a shelf, plate or gondola (or anywhere), the most reachable first."""
        found = [item for item in self.items.values() if item.product == product and self._stands_at(item, place)]
        return tuple(sorted(found, key=self._reach))

    def _stands_at(self, item: Item, place: str) -> bool:
        """Whether an item stands on a shelf, plate or gondola; "" means anywhere."""
        if item.status is not Status.STANDING:
            return False
        return place in ("", item.shelf) or place in item.plates or item.shelf.startswith(f"{place}/")

    def _reach(self, item: Item) -> tuple[bool, float, str, float, int]:
        """Return the sort key of reachability: shelves before the floor, the front row first, then left to right."""
        number = int(item.item.rpartition("#")[2])
        if item.shelf == FLOOR:
            return True, 0.0, "", 0.0, number
        x, y, _ = self._layout.shelf[item.shelf].pose.unapply(item.pose.position).tolist()
        return False, round(y - item.size_m[1] / 2, 2), item.shelf, round(x, 3), number

    def give(self, item: Item, shopper: str) -> None:
        """Let a shopper have an item; "" for nobody."""
        self._had.get(item.holder, {}).pop(item.item, None)
        item.holder = shopper
        if shopper:
            self._had.setdefault(shopper, {})[item.item] = item

    def held_by(self, shopper: str) -> tuple[Item, ...]:
        """Return what a shopper has in hands and bag, in the order in which it came there."""
        return tuple(self._had.get(shopper, {}).values())

    def on(self, shelf: str) -> tuple[Item, ...]:
        """Return what stands or moves on a shelf."""
        return tuple(
            i for i in self.items.values() if i.shelf == shelf and i.status in (Status.STANDING, Status.MOVING)
        )

    def plates_under(self, item: Item) -> tuple[str, ...]:
        """Return the plates that an item's footprint covers, left to right."""
        if item.shelf not in self._layout.shelf:
            return ()
        return plates_under(self._layout.shelf[item.shelf], item.pose, item.size_m)

    def shelf_below(self, pose: Pose) -> str:
        """Return the shelf over which a point hangs or an item stands, else "floor"."""
        return shelf_below(self._layout.shelf.values(), pose)


def half_extents(shelf: Shelf, pose: Pose, size_m: Vec3) -> Vec3:
    """Return half the sides of an item's bounding box along the axes of a shelf, metres."""
    turn = shelf.pose.rotation.T @ pose.rotation
    return vec3(np.abs(turn) @ (np.asarray(size_m) / 2))


def plates_under(shelf: Shelf, pose: Pose, size_m: Vec3) -> tuple[str, ...]:
    """Return the plates of a shelf that an item's footprint covers, left to right."""
    x = float(shelf.pose.unapply(pose.position)[0])
    half = half_extents(shelf, pose, size_m)[0]
    found = []
    for plate in shelf.plates:
        middle = float(shelf.pose.unapply(plate.pose.position)[0])
        overlap = min(x + half, middle + plate.width_m / 2) - max(x - half, middle - plate.width_m / 2)
        if overlap > EDGE_M:
            found.append(plate.id)
    return tuple(found)


def shelf_below(shelves: Iterable[Shelf], pose: Pose) -> str:
    """Return the highest shelf that has a point above its surface and within its outline, else "floor"."""
    best, height = FLOOR, 0.0
    for shelf in shelves:
        x, y, z = shelf.pose.unapply(pose.position).tolist()
        inside = abs(x) <= shelf.width_m / 2 and abs(y) <= shelf.depth_m / 2 and 0.0 <= z <= shelf.clearance_m
        if inside and (best == FLOOR or shelf.pose.position[2] > height):
            best, height = shelf.id, shelf.pose.position[2]
    return best
