"""One gondola in physics: its boards, plates and goods, and the load on every plate.

A shelf is calm or awake. On a calm shelf all goods sleep and the plates keep their load. A hand or a falling good
wakes the whole shelf: waking one good alone would leave its neighbours without gravity for one step, and the plates
would feel it. When everything awake has been quiet for half a second, all shelves are calm again.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterable, Sequence
from itertools import groupby

import numpy as np

from contracts.geometry import Floats, Pose, Vec3
from contracts.layout import Gondola, shelf_of
from twin.furniture import Solid, rack
from twin.goods import Item, Status, shelf_below
from twin.hands import Hand, Hands
from twin.physics import STEP_HZ, Physics

SAMPLE_HZ = 60
SUBSTEPS = STEP_HZ // SAMPLE_HZ

QUIET_M_S = 0.005
QUIET_RAD_S = 0.1
QUIET_SAMPLES = SAMPLE_HZ // 2
SETTLE_SAMPLES = 10
"""Enough for goods that begin in touch with their plate."""
MEAN_SAMPLES = 10
"""Over so many samples the ripples of the contact solver cancel to 0.1 g."""

UPRIGHT = 0.7
"""An item whose own z axis points less upwards than this (cosine of 45 degrees) has toppled."""


class Bay:
    """Physics of one gondola.

    Args:
        gondola: the rack.
        surroundings: floor, walls and barriers, which stop what falls out of it.
        items: what is stocked on it.
        round_products: products that get a cylinder; the others get a box.
    """

    def __init__(
        self,
        gondola: Gondola,
        surroundings: Iterable[Solid],
        items: Iterable[Item],
        round_products: frozenset[str],
    ) -> None:
        self._gondola, self._round = gondola, round_products
        # By hand, since it is asked for every hand in every sample.
        self._cos, self._sin = math.cos(gondola.pose.yaw), math.sin(gondola.pose.yaw)
        self._physics = Physics()
        self.hands = Hands(self._physics, self.beside, self.near)
        self._body: dict[str, int] = {}
        self._item_of: dict[int, Item] = {}
        self._here: dict[str, Item] = {}
        self._awake: dict[str, None] = {}
        self._shelf_of_body: dict[int, str] = {}
        self._quiet = 0
        self._boxes: tuple[Floats, Floats] | None = None
        self.plates = tuple(plate.id for plate in gondola.plates)
        self.column = {plate: column for column, plate in enumerate(self.plates)}
        self.loads_g: Floats = np.zeros(len(self.plates))
        self._recent: deque[Floats] = deque(maxlen=QUIET_SAMPLES)
        self._plate_body = self._build((*surroundings, *rack(gondola)))
        self._stock(items)
        self._settle()

    def close(self) -> None:
        """Free the physics; may be called twice."""
        self._physics.close()

    # building

    def _build(self, solids: Iterable[Solid]) -> tuple[int, ...]:
        """Add everything that never moves; return the bodies of the plates in their order."""
        named: dict[str, int] = {}
        shelves = {shelf.id for shelf in self._gondola.shelves}
        for solid in solids:
            body = self._physics.static(self._physics.box(solid.size_m), solid.pose)
            if solid.name in self.column:
                named[solid.name] = body
                self._shelf_of_body[body] = shelf_of(solid.name)
            elif solid.name in shelves:
                self._shelf_of_body[body] = solid.name
        return tuple(named[plate] for plate in self.plates)

    def _settle(self) -> None:
        """Let the stocked goods come to rest."""
        for shelf in self._gondola.shelves:
            self._wake(shelf.id)
        for _ in range(SETTLE_SAMPLES * SUBSTEPS):
            self._physics.step()
        for _ in range(MEAN_SAMPLES):
            self._step(())
        self._calm()

    def _stock(self, items: Iterable[Item]) -> None:
        """Put up what is stocked; bodies are numbered in the order of the items."""
        for (_, _, turn), row in groupby(items, lambda item: (item.product, item.mass_g, item.pose.quaternion)):
            alike = tuple(row)
            self._add(alike, [Pose(item.pose.position, turn) for item in alike])

    def _add(self, alike: Sequence[Item], poses: Sequence[Pose]) -> None:
        """Make the bodies of items of one product and mass that are turned alike."""
        bodies = self._physics.goods(self._shape(alike[0]), poses, alike[0].mass_g / 1000)
        for item, body in zip(alike, bodies, strict=True):
            self._here[item.item] = item
            self._body[item.item], self._item_of[body] = body, item

    def _stand(self, item: Item, pose: Pose) -> None:
        """Put an item's body at a pose; the body is made once."""
        if item.item in self._body:
            self._here[item.item] = item
            self._physics.place(self._body[item.item], pose.position, pose.quaternion)
        else:
            self._add((item,), (pose,))

    def _shape(self, item: Item) -> int:
        width, depth, height = item.size_m
        if item.product in self._round:
            return self._physics.cylinder(min(width, depth) / 2, height)
        return self._physics.box(item.size_m)

    # hands

    def beside(self, point: Vec3, within_m: float) -> bool:
        """Whether a point is so near the gondola's outline."""
        x0, y0, z0 = self._gondola.pose.position
        dx, dy = point[0] - x0, point[1] - y0
        x, y = dx * self._cos + dy * self._sin, dy * self._cos - dx * self._sin
        return (
            abs(x) <= self._gondola.width_m / 2 + within_m
            and -within_m <= y <= self._gondola.depth_m + within_m
            and point[2] - z0 <= self._gondola.height_m + within_m
        )

    def near(self, point: Vec3, within_m: float) -> bool:
        """Whether a hand at a point could touch something that matters: any good, once one is awake."""
        return self.beside(point, within_m) and (bool(self._awake) or self._beside_goods(point, within_m))

    def _beside_goods(self, point: Vec3, within_m: float) -> bool:
        """Whether a point is so near the box around a good; asked only while all of them rest."""
        if self._boxes is None:
            middles = [item.pose.position for item in self._here.values()]
            halves = [np.abs(item.pose.rotation) @ (np.asarray(item.size_m) / 2) for item in self._here.values()]
            self._boxes = np.array(middles).reshape(-1, 3), np.array(halves).reshape(-1, 3)
        middle, half = self._boxes
        return bool((np.abs(middle - point) <= half + within_m).all(axis=1).any())

    def distance_m(self, point: Vec3) -> float:
        """Return how far a point is from the gondola's outline on the floor, metres."""
        x, y, _ = self._gondola.pose.unapply(point).tolist()
        depth = self._gondola.depth_m / 2
        outside = (max(abs(x) - self._gondola.width_m / 2, 0.0), max(abs(y - depth) - depth, 0.0))
        return math.hypot(*outside)

    # goods

    def lift(self, item: Item) -> dict[str, float]:
        """Take an item's body away.

        Returns:
            The grams with which it rested on each plate; together its weight, unless something else carried it.
        """
        body = self._body[item.item]
        shares = self._shares(item)
        if any(other in self._item_of for other in self._physics.touching(body)):
            self._wake(item.shelf)
        if item.shelf not in self._awake:
            for plate, grams in shares.items():
                self.loads_g[self.column[plate]] -= grams
        self._physics.park(body)
        del self._here[item.item]
        self._boxes, self._quiet = None, 0
        return shares

    def _shares(self, item: Item) -> dict[str, float]:
        """Return the grams of an item on each plate, in proportion to the contact forces."""
        forces = self._physics.supports(self._body[item.item])
        total = sum(forces.values())
        if total <= 0.0:  # in the air for this step, between two bounces
            return {plate: item.mass_g / len(item.plates) for plate in item.plates if plate in self.column}
        return {
            plate: item.mass_g * forces[body] / total
            for plate, body in zip(self.plates, self._plate_body, strict=True)
            if body in forces
        }

    def drop(self, item: Item, pose: Pose) -> None:
        """Give an item back to physics at a pose; it falls from there."""
        item.shelf = shelf_below(self._gondola.shelves, pose)
        self._stand(item, pose)
        self._wake(item.shelf)
        self._physics.wake(self._body[item.item])
        self._quiet = 0

    def pose(self, item: Item) -> Pose:
        """Return where physics has an item."""
        return self._physics.pose(self._body[item.item])

    @property
    def awake(self) -> tuple[Item, ...]:
        """Items on shelves that are awake."""
        return tuple(item for item in self._here.values() if item.shelf in self._awake) if self._awake else ()

    @property
    def calm(self) -> bool:
        """Whether everything rests."""
        return not self._awake

    # time

    def sample(self) -> tuple[Item, ...]:
        """Let 1/60 s pass; return the items that have come to rest with its end."""
        hands = self.hands.begin()
        if not hands and not self._awake:
            return ()
        touched = self.hands.touched(hands)
        self._wake_touched(touched)
        if not self._awake:
            # Sleeping goods do not give way: it is enough to learn which of them a hand has come to.
            self.hands.advance(hands, 1.0)
            self._physics.detect()
            return ()
        self._step(hands)
        moving = any(body in self._item_of for body in touched) or not self._all_quiet()
        self._quiet = 0 if moving else self._quiet + 1
        if self._quiet < QUIET_SAMPLES:
            return ()
        resting = self.awake
        self._calm()
        return resting

    def _step(self, hands: tuple[Hand, ...]) -> None:
        """Run the substeps of one sample and average the load of the plates that are awake."""
        live = self._live()
        felt = np.zeros(len(live))
        for part in range(1, SUBSTEPS + 1):
            self.hands.advance(hands, part / SUBSTEPS)
            self._physics.step()
            felt += [self._physics.load_g(self._plate_body[column]) for column in live]
        self.loads_g = self.loads_g.copy()
        self.loads_g[live] = felt / SUBSTEPS
        self._recent.append(self.loads_g)

    def _live(self) -> list[int]:
        """Return the columns of the plates on shelves that are awake."""
        return [column for column, plate in enumerate(self.plates) if shelf_of(plate) in self._awake]

    def _wake_touched(self, touched: dict[int, str]) -> None:
        """Wake every shelf that a hand or a moving item presses against."""
        for body, hand in touched.items():
            if body in self._item_of:
                item = self._item_of[body]
                item.touched_by = hand.partition("/")[0]
                self._wake(item.shelf)
            elif body in self._shelf_of_body:
                self._wake(self._shelf_of_body[body])
        for item in self.awake:
            if item.status is Status.MOVING:
                self._wake_below(item)

    def _wake_below(self, item: Item) -> None:
        """Wake what a moving item has landed on, and hand on the blame for it."""
        for body in self._physics.touching(self._body[item.item]):
            if body in self._item_of:
                other = self._item_of[body]
                if other.status is Status.STANDING:
                    other.touched_by = item.touched_by
                self._wake(other.shelf)
            elif body in self._shelf_of_body:
                self._wake(self._shelf_of_body[body])

    def _wake(self, shelf: str) -> None:
        """Wake a shelf, or the floor, with all that stands on it."""
        if shelf in self._awake:
            return
        self._awake[shelf] = None
        self._quiet = 0
        self._boxes = None
        for item in self._here.values():
            if item.shelf == shelf:
                self._physics.wake(self._body[item.item])

    def _all_quiet(self) -> bool:
        """Whether nothing awake moves to speak of; toppled items roll to a stop."""
        quiet = True
        for item in self.awake:
            body = self._body[item.item]
            speed, spin = self._physics.speed(body)
            if speed > QUIET_M_S or spin > QUIET_RAD_S:
                quiet = False
                if not upright(self._physics.pose(body)):
                    self._physics.roughen(body)
        return quiet

    def _calm(self) -> None:
        """Put everything to sleep; plates keep the mean of the last samples, in which ripples cancel."""
        live = self._live()
        self.loads_g[live] = np.mean(list(self._recent)[-MEAN_SAMPLES:], axis=0)[live]
        for item in self.awake:
            self._physics.sleep(self._body[item.item])
            item.shelf = shelf_below(self._gondola.shelves, self.pose(item))
        self._awake.clear()
        self._quiet = 0


def upright(pose: Pose) -> bool:
    """Whether an item still stands as it was put."""
    return float(pose.rotation[2, 2]) > UPRIGHT
