"""The store as it stands, falls and is carried: the stage that shoppers act on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from contracts.clock import SECOND
from contracts.errors import RigFault, UsageError
from contracts.geometry import Floats, Pose
from contracts.layout import Layout, gondola_of
from contracts.records import Direction
from contracts.steps import ShopperPlan
from contracts.truth import MoveKind, TrueBio, TrueItem, TrueMove, TruePalm, TruePassage, TruePayment
from twin.bay import SAMPLE_HZ, Bay, upright
from twin.biometrics.shown import BioReaders
from twin.bodies import Bodies
from twin.counter import Counter
from twin.device_clock import TRUE
from twin.doors import Doors
from twin.furniture import barriers, building, rack
from twin.goods import Goods, Item, Status
from twin.grip import Grip, close_hand
from twin.palm_enrolling import Matcher
from twin.palm_shown import HandsShown
from twin.plates import TwinScale
from twin.props import Props, matrix
from twin.scene import Scene
from twin.spots import free_spot
from twin.stage import Good, Guise, Segment, Side
from twin.store import Store
from twin.store_model import Shape
from twin.tread import Tread

Told = TrueMove | TruePassage | TruePayment | TruePalm | TrueBio
SHIFT_M = 0.0005
"""An item that moved less than this is drawn where it was."""
STIRRED_M = 0.01
TILTED = 0.97
"""Moved by more than `STIRRED_M`, or leaning more than this cosine says (14 degrees), an item no longer stands."""


class World:
    """Goods, bodies, plates and gates of one run; implements `twin.stage.Stage`.

    Args:
        store: the store.
        seed: the scenario's seed.
        noise: whether plates err.
        plans: the shoppers, to know whose code opened a gate.
        tailgate_sensors: ids of gates that notice a second body behind the first.
        skinned: whether cameras see shoppers' skin; else the rigid parts that goods feel.
        matcher: of palm readers that look at hands; None where a palm is a handle.
    """

    def __init__(
        self,
        store: Store,
        seed: int,
        noise: bool = True,
        plans: Iterable[ShopperPlan] = (),
        tailgate_sensors: frozenset[str] = frozenset(),
        skinned: bool = False,
        matcher: Matcher | None = None,
    ) -> None:
        self._layout, self._seed = store.layout, seed
        self._frame = 0
        self.scene = Scene()
        self.props = Props(self.scene, store.layout, store.looks)
        self._goods = Goods(store.layout, seed)
        plans = tuple(plans)
        self.hands = HandsShown(plans, seed, matcher) if matcher else None
        self.bios = BioReaders(store.layout, plans, seed)
        self.doors = Doors(store.layout, plans, seed, tailgate_sensors, self.bios, self.hands)
        self.counter = Counter(store.layout, plans, seed, self.bios, self.hands)
        self._bays = self._build(store)
        self._bodies = Bodies(self.props, self._bays.values(), skinned=skinned)
        noisy = noise and not store.perfect
        self.scales = {
            g.id: TwinScale(g, store.plate_noise, seed, noisy=noisy, clock=store.clocks.get(g.id, TRUE))
            for g in store.layout.gondolas
        }
        self._bay_of = {item.item: gondola_of(item.shelf) for item in self._goods.items.values()}
        self._tread = Tread(store.plate_noise.step_m, store.plate_noise.tread_reach_m)
        self._rack_at = {gondola.id: gondola.pose.position for gondola in store.layout.gondolas}
        self._grips: dict[str, Grip] = {}
        self._stirred: dict[str, Item] = {}
        self._displaced: dict[str, Item] = {}
        self._told: list[Told] = []

    def _build(self, store: Store) -> dict[str, Bay]:
        """Put up everything that never moves and stock the shelves, in the scene and in physics."""
        layout = store.layout
        for solid in (*building(layout), *(piece for gondola in layout.gondolas for piece in rack(gondola))):
            self.props.solid(solid)
        self._barriers = {solid.name: self.props.solid(solid) for solid in barriers(layout)}
        for item in self._goods.items.values():
            item.handle = self.props.good(item)
        rolls = frozenset(p for p, look in store.looks.items() if look.shape in (Shape.CAN, Shape.BOTTLE))
        around = (*building(layout), *barriers(layout))
        bays = {}
        for gondola in layout.gondolas:
            stocked = [item for item in self._goods.items.values() if gondola_of(item.shelf) == gondola.id]
            bays[gondola.id] = Bay(gondola, around, stocked, rolls)
        return bays

    def close(self) -> None:
        """Free the physics; may be called twice."""
        for bay in self._bays.values():
            bay.close()

    # time

    @property
    def layout(self) -> Layout:
        """The store."""
        return self._layout

    @property
    def now_ns(self) -> int:
        """Bench time."""
        return self._frame * SECOND // SAMPLE_HZ

    def begin_frame(self) -> None:
        """Go on to the next 1/60 s; shoppers move after this and before `end_frame`."""
        self._frame += 1
        self.doors.advance(self.now_ns)
        self.counter.advance(self.now_ns)

    def end_frame(self) -> None:
        """Let physics follow the shoppers, and weigh."""
        for bay in self._bays.values():
            resting = bay.sample()
            self._follow(bay)
            for item in resting:
                self._rest(bay, item)
        self._bodies.settle()
        treads = self._tread.strengths(self._rack_at)
        for gondola, loads in self._loads().items():
            self.scales[gondola].sample(self.now_ns, loads, treads.get(gondola, 0.0))

    def _loads(self) -> dict[str, Floats]:
        """Return the load on every plate: what contacts say, and what is still half in a hand."""
        loads = {name: bay.loads_g.copy() for name, bay in self._bays.items()}
        for name in list(self._grips):
            grip = self._grips[name]
            grip.advance(self._goods.items[name].pose.position, 1 / SAMPLE_HZ)
            for plate, grams in grip.loads_g(self.now_ns).items():
                bay = self._bays[gondola_of(plate)]
                loads[gondola_of(plate)][bay.column[plate]] += grams
            if grip.over:
                del self._grips[name]
        return loads

    def _follow(self, bay: Bay) -> None:
        """Move items as physics moves them; a small stir is only drawn, a large one ends their standing."""
        for item in bay.awake:
            pose = bay.pose(item)
            away = _distance(pose, item.pose)
            if away < SHIFT_M and _alike(pose, item.pose):
                continue
            item.pose = pose
            self._stir(item)
            if item.status is Status.STANDING and not _stands(pose, item.stood):
                item.status = Status.MOVING

    def _stir(self, item: Item) -> None:
        """Note that an item is drawn moving and belongs into the next record of poses."""
        self._stirred[item.item] = item
        self._displaced[item.item] = item
        self.scene.set_moving(item.handle, moving=True)

    def _rest(self, bay: Bay, item: Item) -> None:
        """An item has come to rest: bake it into the scene and tell of an accident."""
        if item.item in self._stirred:
            self.scene.set_moving(self._stirred.pop(item.item).handle, moving=False)
            item.pose = bay.pose(item)
            self.scene.move(item.handle, matrix(item.pose))
        was, plates = item.stood_on, item.plates
        item.plates = self._goods.plates_under(item)
        fell = upright(item.stood) and not upright(item.pose)
        if item.status is Status.MOVING and not item.released and (fell or item.shelf != was):
            self._tell(MoveKind.TOPPLE, item.touched_by, item, was, item.shelf, _union(plates, item.plates))
        if item.status is Status.MOVING or item.released:
            item.stood, item.stood_on = item.pose, item.shelf
        item.status, item.released = Status.STANDING, False

    def draw(self) -> None:
        """Bring the scene up to date; called before cameras look."""
        self._bodies.draw()
        for item in self._stirred.values():
            self.scene.move(item.handle, matrix(item.pose))
        for gate, handle in self._barriers.items():
            self.scene.show(handle, visible=self.doors.gates[gate].blocks)

    # truth

    def truths(self) -> list[Told]:
        """Return what happened since the last call."""
        told, self._told = self._told, []
        return [*(self.hands.truths() if self.hands else ()), *self.bios.truths(), *told]

    def displaced(self) -> tuple[TrueItem, ...]:
        """Return the items that moved since the last call."""
        moved = tuple(TrueItem(item.item, item.product, item.pose) for item in self._displaced.values())
        self._displaced.clear()
        return moved

    @property
    def calm(self) -> bool:
        """Whether everything rests."""
        return not self._grips and all(bay.calm for bay in self._bays.values())

    def _tell(
        self, kind: MoveKind, shopper: str, item: Item, origin: str, target: str, plates: tuple[str, ...]
    ) -> None:
        self._told.append(
            TrueMove(
                t_ns=self.now_ns,
                source="truth",
                kind=kind,
                shopper=shopper,
                item=item.item,
                product=item.product,
                mass_g=item.mass_g,
                origin=origin,
                target=target,
                plates=plates,
            )
        )

    def moved(self, kind: MoveKind, shopper: str, item: str, target: str = "") -> None:
        """Report what a shopper has just done to an item; origin, plates and mass are added here."""
        it = self._goods.items[item]
        if kind is MoveKind.TAKE:
            self._tell(kind, shopper, it, it.stood_on, "", it.plates)
        elif kind is MoveKind.HAND:
            self._tell(kind, shopper, it, shopper, target, ())
        else:
            # Where it truly lies, which is not where it was meant to be if it fell.
            self._tell(kind, shopper, it, "", it.shelf, self._goods.plates_under(it))

    # bodies

    def add_body(self, shopper: str, segments: tuple[Segment, ...], guise: Guise | None = None) -> None:
        """Create a body, out of sight until first moved."""
        self._bodies.add(shopper, segments, guise)
        self._tread.came(shopper, segments)

    def move_body(self, shopper: str, poses: Sequence[Pose]) -> None:
        """Put every segment where it is now, and what the hands hold with it."""
        self._bodies.move(shopper, poses)
        self._tread.moved(shopper, poses)
        for item in self._goods.held_by(shopper):
            if item.status is Status.HELD:
                item.pose = self._bodies.hand(shopper, item.side).then(item.offset)
                self._displaced[item.item] = item

    def remove_body(self, shopper: str) -> None:
        """Take a body out of the scene; what it still holds leaves with it."""
        for item in self._goods.held_by(shopper):
            item.status = Status.GONE
            self._stirred.pop(item.item, None)
            self.scene.show(item.handle, visible=False)
        self._bodies.remove(shopper)
        self._tread.gone(shopper)

    # goods

    def goods(self, product: str, place: str = "") -> tuple[Good, ...]:
        """Return items of a product standing on a shelf or plate (or anywhere), the most reachable first."""
        return tuple(item.seen() for item in self._goods.standing(product, place))

    def good(self, item: str) -> Good:
        """Return one item as it is now."""
        return self._goods.items[item].seen()

    def grasp(self, shopper: str, side: Side, item: str) -> None:
        """Close a hand on an item: from now on it moves rigidly with the hand and no longer collides."""
        it = self._goods.items[item]
        if it.status not in (Status.STANDING, Status.MOVING):
            raise RigFault(f"{shopper} grasps what is not there", where=item, found=f"{it.status}, {it.holder}")
        bay = self._bays[self._bay_of[item]]
        shares = bay.lift(it)
        if shares:
            self._grips[item] = close_hand(self._seed, item, self.now_ns, shares, it.pose.position)
        self._hold(it, shopper, side)
        it.released = False
        self._stir(it)

    def _hold(self, item: Item, shopper: str, side: Side) -> None:
        """Fix an item in a hand as it is now."""
        hand = self._bodies.hand(shopper, side)
        item.offset = Pose.from_matrix(np.linalg.inv(hand.matrix) @ item.pose.matrix)
        item.status, item.side = Status.HELD, side
        self._goods.give(item, shopper)

    def stow(self, shopper: str, item: str) -> None:
        """Move a held item from the hand into the shopper's bag: out of sight, still theirs."""
        it = self._held(item, shopper)
        it.status = Status.BAGGED
        self.scene.show(it.handle, visible=False)

    def unstow(self, shopper: str, side: Side, item: str) -> None:
        """Take an item out of the bag into a hand, held as it was before."""
        it = self._held(item, shopper)
        it.status, it.side = Status.HELD, side
        it.pose = self._bodies.hand(shopper, side).then(it.offset)
        self._stir(it)
        self.scene.show(it.handle, visible=True)

    def _held(self, item: str, shopper: str) -> Item:
        """Return an item that a shopper must have."""
        it = self._goods.items[item]
        if it.holder != shopper:
            raise RigFault(f"{shopper} has no {item}", found=f"{it.status}, {it.holder or it.shelf}")
        return it

    def release(self, item: str, pose: Pose) -> None:
        """Let go of a held item at a pose; physics takes over."""
        it = self._goods.items[item]
        it.status, it.released, it.pose = Status.MOVING, True, pose
        self._goods.give(it, "")
        self._grips.pop(item, None)
        self._bay_of[item] = self._bay_at(pose)
        self._bays[self._bay_of[item]].drop(it, pose)
        self._stir(it)

    def _bay_at(self, pose: Pose) -> str:
        """Return the gondola nearest to a point."""
        return min(self._bays, key=lambda name: (self._bays[name].distance_m(pose.position), name))

    def hand_over(self, item: str, to: str, side: Side) -> None:
        """Move a held item from its holder's hand into another shopper's hand."""
        self._hold(self._goods.items[item], to, side)

    def free_spot(self, product: str, place: str) -> Pose | None:
        """Return a pose (item centre) near the front of a shelf or plate where the product fits, or None."""
        if place not in self._layout.shelf and place not in self._layout.plate:
            raise UsageError("no such shelf or plate", where=self._layout.name, found=place)
        return free_spot(self._layout, self._goods, self._layout.product[product], place)

    # devices

    def show_code(self, scanner: str, code: bytes, owner: str) -> None:
        """Hold a phone or a card with the code of a shopper in front of a gate's scanner."""
        self.doors.show_code(scanner, code, owner)

    def show_palm(self, reader: str, handle: str, shopper: str) -> None:
        """Hold a shopper's palm over a reader."""
        self.doors.show_palm(reader, handle, shopper)

    def gate_opens(self, gate: str, direction: Direction) -> bool:
        """Whether a body may go through now."""
        return self.doors.gates[gate].lets_through(direction)

    def passed(self, shopper: str, gate: str, direction: Direction) -> None:
        """Report that a body has crossed a gate's line."""
        self._told.append(self.doors.passed(shopper, gate, direction))

    def paid(self, shopper: str, till: str, means: str, *, paid: bool, shown_ns: int, payer: str = "") -> None:
        """Report that somebody has paid at a till, or tried to."""
        self._told.append(
            TruePayment(
                t_ns=self.now_ns,
                source="truth",
                shopper=shopper,
                till=till,
                means=means,
                paid=paid,
                shown_ns=shown_ns,
                payer=payer,
            )
        )


def _distance(a: Pose, b: Pose) -> float:
    """Return the largest difference of two positions along an axis, metres."""
    return max(abs(p - q) for p, q in zip(a.position, b.position, strict=True))


def _alike(a: Pose, b: Pose) -> bool:
    """Whether two poses are turned alike, within half a degree."""
    return abs(sum(p * q for p, q in zip(a.quaternion, b.quaternion, strict=True))) > 0.99999


def _stands(now: Pose, stood: Pose) -> bool:
    """Whether an item is still about where and how it stood."""
    lean = float(now.rotation[:, 2] @ stood.rotation[:, 2])
    return _distance(now, stood) < STIRRED_M and lean > TILTED


def _union(a: tuple[str, ...], b: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*a, *b)))
