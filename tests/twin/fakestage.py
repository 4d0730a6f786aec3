"""A stage without physics: goods stand where they were put, gates open for known codes, every call is noted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from contracts.geometry import Pose
from contracts.layout import Facing, GateInfo, GateKind, Gondola, Layout, Plate, Product, Shelf, Wall
from contracts.records import Direction
from contracts.truth import MoveKind
from twin.stage import Good, Guise, Segment, Side

FRAME_NS = 1_000_000_000 // 60
OPENS_AFTER_NS = 300_000_000
CLOSES_AFTER_NS = 800_000_000


def shelf(gondola: str, at: Pose, number: int, z: float, clearance: float = 0.28) -> Shelf:
    pose = at.then(Pose((0.0, 0.2, z)))
    plates = tuple(
        Plate(f"{gondola}/shelf-{number}/plate-{k + 1}", pose.then(Pose((-0.35 + 0.1 * k, 0.0, 0.0))), 0.1, 0.4)
        for k in range(8)
    )
    return Shelf(f"{gondola}/shelf-{number}", pose, 0.8, 0.4, clearance, plates)


def rack(name: str, at: Pose, heights: tuple[float, ...] = (0.33, 0.65, 1.0, 1.3, 1.6)) -> Gondola:
    shelves = tuple(shelf(name, at, k + 1, z) for k, z in enumerate(heights))
    return Gondola(name, at, 0.8, 0.44, 1.9, shelves)


def small_store(*more: Gondola) -> Layout:
    """A room of 5 x 3 m with two racks on the far wall, a turnstile in and a beam out on the left."""
    racks = (rack("gondola-1", Pose.at(2.0, 2.5)), rack("gondola-2", Pose.at(3.2, 2.5)), *more)
    products = (
        Product("cola", "1", "Cola", 540.0, 1.0, (0.065, 0.065, 0.2)),
        Product("tea", "2", "Tea", 540.0, 1.0, (0.065, 0.065, 0.2)),
        Product("crisps", "3", "Crisps", 180.0, 1.0, (0.15, 0.1, 0.22)),
        Product("gum", "4", "Gum", 30.0, 1.0, (0.06, 0.1, 0.03)),
        Product("soap", "5", "Soap", 90.0, 1.0, (0.09, 0.06, 0.05)),
    )
    facings = tuple(
        Facing(product.id, f"gondola-1/shelf-{k + 1}", (), 0.05 * (k - 2), 0.2, 4) for k, product in enumerate(products)
    )
    gates = (
        GateInfo("gate-in", Pose.at(0.0, 0.6), 0.65, scanner="scanner-in", palm_reader="palm-in"),
        GateInfo("gate-out", Pose.at(0.0, 1.6), 0.65, GateKind.BEAM, entry=False, exit=True),
    )
    walls = tuple(Wall((-0.5, y), (0.1, y), 1.0) for y in (0.27, 0.93, 1.27, 1.93))
    return Layout(
        "small", (-1.5, 0.0, 5.0, 3.0), (0.0, 0.0, 5.0, 3.0), racks, products, facings, gates=gates, walls=walls
    )


@dataclass
class Lane:
    opens_ns: int = -1
    shut_ns: int = -1


@dataclass
class FakeStage:
    layout: Layout = field(default_factory=small_store)
    codes: tuple[bytes, ...] = (b"ana", b"ben", b"cat", b"dan")
    now_ns: int = 0
    calls: list[tuple[object, ...]] = field(default_factory=list)
    bodies: dict[str, tuple[Pose, ...]] = field(default_factory=dict)
    segments: dict[str, tuple[Segment, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.lane = Lane()
        self.items: dict[str, Good] = {}
        self.held: dict[str, tuple[str, Side, Pose]] = {}
        for facing in self.layout.planogram:
            product, on = self.layout.product[facing.product], self.layout.shelf[facing.shelf]
            w, d, h = product.size_m
            for k in range(facing.stock):
                x = facing.x_m + (k % 2 - 0.5) * (w + 0.004)
                local = (x, -on.depth_m / 2 + 0.02 + d / 2 + (k // 2) * (d + 0.01), h / 2)
                item = f"{product.id}#{k}"
                self.items[item] = Good(
                    item, product.id, product.size_m, product.mass_g, on.pose.then(Pose(local)), on.id
                )

    def tick(self) -> None:
        self.now_ns += FRAME_NS

    def add_body(self, shopper: str, segments: tuple[Segment, ...], guise: Guise | None = None) -> None:
        self.segments[shopper] = segments

    def move_body(self, shopper: str, poses: Sequence[Pose]) -> None:
        assert len(poses) == len(self.segments[shopper])
        self.bodies[shopper] = poses
        for item, (holder, side, inner) in self.held.items():
            if holder == shopper:
                self.items[item] = replace(self.items[item], pose=self.hand(shopper, side).then(inner))

    def hand(self, shopper: str, side: Side) -> Pose:
        names = [segment.name for segment in self.segments[shopper]]
        return self.bodies[shopper][names.index(f"{side}_hand")]

    def remove_body(self, shopper: str) -> None:
        self.bodies.pop(shopper, None)
        self.calls.append(("remove", shopper))

    def goods(self, product: str, place: str = "") -> tuple[Good, ...]:
        on = place.rsplit("/", 1)[0] if place in self.layout.plate else place
        found = [g for g in self.items.values() if g.product == product and g.shelf and on in ("", g.shelf)]
        return tuple(sorted(found, key=lambda g: (self._depth(g), g.item)))

    def _depth(self, good: Good) -> float:
        if good.shelf not in self.layout.shelf:
            return 9.0
        return round(float(self.layout.shelf[good.shelf].pose.unapply(good.pose.position)[1]), 6)

    def good(self, item: str) -> Good:
        return self.items[item]

    def grasp(self, shopper: str, side: Side, item: str) -> None:
        good = self.items[item]
        hand = self.hand(shopper, side)
        gap = abs(hand.unapply(good.pose.position)[0]) - 0.5 * max(good.size_m[:2])
        assert gap < 0.25, f"{shopper} grasps {item} from {gap:.2f} m away"
        self._hold(shopper, side, item)
        self.items[item] = replace(good, shelf="")
        self.calls.append(("grasp", shopper, side, item))

    def _hold(self, shopper: str, side: Side, item: str) -> None:
        hand = self.hand(shopper, side)
        inner = Pose.from_matrix(_inverse(hand).matrix @ self.items[item].pose.matrix)
        self.held[item] = (shopper, side, inner)

    def stow(self, shopper: str, item: str) -> None:
        assert self.held.pop(item)[0] == shopper
        self.calls.append(("stow", shopper, item))

    def unstow(self, shopper: str, side: Side, item: str) -> None:
        hand = self.hand(shopper, side)
        self.items[item] = replace(self.items[item], pose=hand.then(Pose((0.12, 0.0, 0.0))))
        self._hold(shopper, side, item)
        self.calls.append(("unstow", shopper, item))

    def release(self, item: str, pose: Pose) -> None:
        self.held.pop(item)
        good = self.items[item]
        on = next((s for s in self.layout.shelf.values() if _stands_on(s, pose, good.size_m)), None)
        where = "floor" if on is None else on.id
        z = good.size_m[2] / 2 + (0.0 if on is None else on.pose.position[2])
        self.items[item] = replace(good, pose=Pose((*pose.position[:2], z), pose.quaternion), shelf=where)
        self.calls.append(("release", item, where))

    def hand_over(self, item: str, to: str, side: Side) -> None:
        self._hold(to, side, item)
        self.calls.append(("hand_over", item, to))

    def moved(self, kind: MoveKind, shopper: str, item: str, target: str = "") -> None:
        self.calls.append(("moved", kind, shopper, item, target))

    def free_spot(self, product: str, place: str) -> Pose | None:
        on = self.layout.shelf[place.rsplit("/", 1)[0] if place in self.layout.plate else place]
        x = float(on.pose.unapply(self.layout.plate[place].pose.position)[0]) if place in self.layout.plate else 0.3
        w, d, h = self.layout.product[product].size_m
        if h > on.clearance_m:
            return None
        for k in range(3):
            pose = on.pose.then(Pose((x, -on.depth_m / 2 + 0.02 + d / 2 + k * (d + 0.01), h / 2)))
            others = [g for g in self.items.values() if g.shelf == on.id]
            if all(_apart(pose, g.pose) > (w + max(g.size_m[:2])) / 2 for g in others):
                return pose
        return None

    def show_code(self, scanner: str, code: bytes, owner: str) -> None:  # the stage's signature
        self.calls.append(("code", scanner, code))
        if code in self.codes:
            self.lane.opens_ns = self.now_ns + OPENS_AFTER_NS

    def show_palm(self, reader: str, handle: str, shopper: str) -> None:  # the stage's signature
        self.calls.append(("palm", reader, handle))
        self.lane.opens_ns = self.now_ns + OPENS_AFTER_NS

    def gate_opens(self, gate: str, direction: Direction) -> bool:
        return gate == "gate-out" or (0 <= self.lane.opens_ns <= self.now_ns)

    def passed(self, shopper: str, gate: str, direction: Direction) -> None:
        self.calls.append(("passed", shopper, gate, direction))
        if gate == "gate-in":
            self.lane = Lane()


def _inverse(pose: Pose) -> Pose:
    turn = pose.rotation.T
    matrix = pose.matrix
    matrix[:3, :3] = turn
    matrix[:3, 3] = -turn @ pose.matrix[:3, 3]
    return Pose.from_matrix(matrix)


def _stands_on(on: Shelf, pose: Pose, size_m: tuple[float, float, float]) -> bool:
    x, y, z = on.pose.unapply(pose.position).tolist()
    return abs(x) <= on.width_m / 2 and abs(y) <= on.depth_m / 2 and abs(z - size_m[2] / 2) < 0.02


def _apart(a: Pose, b: Pose) -> float:
    return sum((p - q) ** 2 for p, q in zip(a.position[:2], b.position[:2], strict=True)) ** 0.5
