"""What an installer knows of a store: surveyed geometry, planogram, catalogue, cameras, gates, accounts.

A stack gets this once, at the start. Nothing here says who is in the store or what anybody took.
Frames: a gondola, shelf or plate has x to the right of a shopper who faces it, y into the gondola, z up.
Names are paths: "gondola-1", "gondola-1/shelf-5", "gondola-1/shelf-5/plate-11"; shelf 1 is the lowest.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from contracts.biometrics import Subject
from contracts.geometry import Pose, Vec3
from contracts.trade import Promotion, TaxRate, TillInfo


@dataclass(frozen=True, slots=True)
class Plate:
    """One weighing plate.

    Args:
        id: "gondola-1/shelf-5/plate-11".
        pose: world; origin at the centre of the top surface.
        width_m: along the shelf.
        depth_m: into the shelf.
        capacity_g: grams at which the cell saturates.
    """

    id: str
    pose: Pose
    width_m: float
    depth_m: float
    capacity_g: float = 20_000.0


@dataclass(frozen=True, slots=True)
class Shelf:
    """One board with its plates.

    Args:
        id: "gondola-1/shelf-5".
        pose: world; origin at the centre of the plates' top surface.
        width_m: along the gondola.
        depth_m: front edge to back panel.
        clearance_m: free height above the plates.
        plates: from left to right; may be empty in a camera-only store.
    """

    id: str
    pose: Pose
    width_m: float
    depth_m: float
    clearance_m: float
    plates: tuple[Plate, ...] = ()


@dataclass(frozen=True, slots=True)
class Gondola:
    """One rack of shelves, which is also one weighing controller: all its plates report in one message.

    Args:
        id: "gondola-1"; the `source` of its `Weights` records.
        pose: world; origin on the floor at the middle of the front edge of its deepest shelf.
        width_m: along the front.
        depth_m: front edge to the rear of the back panel.
        height_m: floor to top.
        shelves: lowest first.
        sample_rate_hz: weight samples a second.
        block: samples in one message.
    """

    id: str
    pose: Pose
    width_m: float
    depth_m: float
    height_m: float
    shelves: tuple[Shelf, ...]
    sample_rate_hz: float = 60.0
    block: int = 12

    @property
    def plates(self) -> tuple[Plate, ...]:
        """All plates, shelf by shelf, left to right: the columns of a `Weights` record."""
        return tuple(plate for shelf in self.shelves for plate in shelf.plates)


@dataclass(frozen=True, slots=True)
class Product:
    """One article of the catalogue.

    Args:
        id: short name, unique in the store ("fiji-500").
        gtin: barcode digits.
        name: for people.
        mass_g: nominal gross mass.
        mass_sd_g: pack-to-pack standard deviation.
        size_m: width, depth, height as it stands on the shelf; zeros when unknown.
        price_minor: unit price in minor units of the store's currency.
        tax_class: which tax rate it bears.
    """

    id: str
    gtin: str
    name: str
    mass_g: float
    mass_sd_g: float
    size_m: Vec3 = (0.0, 0.0, 0.0)
    price_minor: int = 0
    tax_class: str = "standard"


@dataclass(frozen=True, slots=True)
class Facing:
    """Where the planogram puts a product.

    Args:
        product: product id.
        shelf: shelf id.
        plates: ids of the plates that the facing spans, left to right; empty without plates.
        x_m: centre of the facing in the shelf's frame.
        width_m: width of the facing.
        stock: how many the planogram holds.
    """

    product: str
    shelf: str
    plates: tuple[str, ...]
    x_m: float
    width_m: float
    stock: int = 0


@dataclass(frozen=True, slots=True)
class CameraInfo:
    """A calibrated pinhole imager. Pixel centres are at integer + 0.5.

    Args:
        id: the `source` of its frames.
        pose: world from the optical frame (x right, y down, z forward).
        width: pixels.
        height: pixels.
        fx: focal length in pixels.
        fy: focal length in pixels.
        cx: principal point in pixels.
        cy: principal point in pixels.
        distortion: k1, k2, p1, p2, k3 as surveyed.
        colour: whether frames carry an image.
        depth: whether frames carry depth.
        rate_hz: frames a second.
        latency_ns: capture to delivery.
        distorted: whether frames come as the lens bends them; else somebody has rectified them, and `distortion` is
            for information.
    """

    id: str
    pose: Pose
    width: int
    height: int
    fx: float
    fy: float
    cx: float
    cy: float
    distortion: tuple[float, ...] = ()
    colour: bool = True
    depth: bool = False
    rate_hz: float = 10.0
    latency_ns: int = 0
    distorted: bool = False


class GateKind(StrEnum):
    """How a lane is closed."""

    TURNSTILE = "turnstile"
    """Blocks until opened, then lets one person through."""
    BEAM = "beam"
    """Never blocks; reports who passes."""


@dataclass(frozen=True, slots=True)
class GateInfo:
    """One lane between outside and inside.

    Args:
        id: the `source` of its events.
        pose: world; origin on the floor in the middle of the lane, x pointing into the store.
        width_m: clear width of the lane.
        kind: turnstile or beam.
        entry: people may come in here.
        exit: people may go out here.
        scanner: id of the code scanner in front of it, or "".
        palm_reader: id of the palm reader in front of it, or "".
        screen: id of the screen on it, or "".
        bio_reader: id of the biometric reader in front of it that is not of palms, or "".
        bio_reads: what that reads, a value of `contracts.biometrics.Modality`.
    """

    id: str
    pose: Pose
    width_m: float
    kind: GateKind = GateKind.TURNSTILE
    entry: bool = True
    exit: bool = False
    scanner: str = ""
    palm_reader: str = ""
    screen: str = ""
    bio_reader: str = ""
    bio_reads: str = ""


@dataclass(frozen=True, slots=True)
class Wall:
    """A straight wall or railing that nobody walks through.

    Args:
        start: x, y in metres, world.
        end: x, y in metres, world.
        height_m: floor to top.
    """

    start: tuple[float, float]
    end: tuple[float, float]
    height_m: float = 2.5


@dataclass(frozen=True, slots=True)
class Account:
    """A customer account that the stack may charge.

    Args:
        id: opaque, carries no personal data.
        code_digests: SHA-256 hex digests of the codes that open a gate for it.
        palm_handles: opaque handles that a palm reader reports for its enrolled palms.
        loyalty: membership tier or "".
        handle: digits by which the rotating codes of its phones name it, or "".
        instrument: opaque token of its card on file, or "".
        top_up: reloadable account number for paying in cash, or "".
        subjects: by what other biometric readers know its owner.
    """

    id: str
    code_digests: tuple[str, ...] = ()
    palm_handles: tuple[str, ...] = ()
    loyalty: str = ""
    handle: str = ""
    instrument: str = ""
    top_up: str = ""
    subjects: tuple[Subject, ...] = ()


@dataclass(frozen=True)
class Layout:
    """The whole store as its installer knows it.

    Args:
        name: store name.
        bounds_m: x_min, y_min, x_max, y_max of the surveyed floor, world.
        inside_m: x_min, y_min, x_max, y_max of the sales floor, inside the gates.
        gondolas: racks.
        products: catalogue.
        planogram: facings.
        cameras: imagers.
        gates: lanes.
        walls: walls and railings, also those that flank the lanes.
        currency: ISO 4217.
        body_trackers: ids of third-party body trackers that send `Bodies` records.
        tills: places where people pay.
        provider: id of the payment provider, "" when charges are only ordered.
        hold_minor: what is held on the card on file of whoever comes in, minor units; 0 for nothing.
        promotions: what is cheaper, and when.
        tax_rates: by class of goods; none = goods are not taxed.
        tax_included: whether prices have the tax in them.
    """

    name: str
    bounds_m: tuple[float, float, float, float]
    inside_m: tuple[float, float, float, float]
    gondolas: tuple[Gondola, ...] = ()
    products: tuple[Product, ...] = ()
    planogram: tuple[Facing, ...] = ()
    cameras: tuple[CameraInfo, ...] = ()
    gates: tuple[GateInfo, ...] = ()
    walls: tuple[Wall, ...] = ()
    currency: str = "USD"
    body_trackers: tuple[str, ...] = ()
    tills: tuple[TillInfo, ...] = ()
    provider: str = ""
    hold_minor: int = 0
    promotions: tuple[Promotion, ...] = ()
    tax_rates: tuple[TaxRate, ...] = ()
    tax_included: bool = True

    @cached_property
    def product(self) -> dict[str, Product]:
        """Products by id."""
        return {product.id: product for product in self.products}

    @cached_property
    def shelf(self) -> dict[str, Shelf]:
        """Shelves by id."""
        return {shelf.id: shelf for gondola in self.gondolas for shelf in gondola.shelves}

    @cached_property
    def plate(self) -> dict[str, Plate]:
        """Plates by id."""
        return {plate.id: plate for gondola in self.gondolas for plate in gondola.plates}

    @cached_property
    def gondola(self) -> dict[str, Gondola]:
        """Gondolas by id."""
        return {gondola.id: gondola for gondola in self.gondolas}

    @cached_property
    def camera(self) -> dict[str, CameraInfo]:
        """Cameras by id."""
        return {camera.id: camera for camera in self.cameras}

    @cached_property
    def gate(self) -> dict[str, GateInfo]:
        """Gates by id."""
        return {gate.id: gate for gate in self.gates}

    @cached_property
    def till(self) -> dict[str, TillInfo]:
        """Tills by id."""
        return {till.id: till for till in self.tills}


def shelf_of(plate: str) -> str:
    """Return the shelf id of a plate id: "gondola-1/shelf-5/plate-11" -> "gondola-1/shelf-5"."""
    return plate.rsplit("/", 1)[0]


def gondola_of(place: str) -> str:
    """Return the gondola id of a shelf or plate id."""
    return place.split("/", 1)[0]
