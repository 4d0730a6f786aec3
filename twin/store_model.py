"""The store file: what a person writes to describe a store, part by part, as YAML."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, Field, WithJsonSchema, field_validator, model_validator

from contracts.biometrics import Modality
from contracts.layout import GateKind
from contracts.yamlfile import StrictModel
from twin.store_camera import CameraFile
from twin.store_clock import Clock
from twin.store_noise import Noise
from twin.store_till import PaymentFile, PromotionFile, TaxFile, TillFile, says_both

Positive = Annotated[float, Field(gt=0)]
NotNegative = Annotated[float, Field(ge=0)]
Share = Annotated[float, Field(ge=0, le=1)]
Point2 = tuple[float, float]
Point3 = tuple[float, float, float]
Rectangle = tuple[float, float, float, float]
"""x_min, y_min, x_max, y_max in metres, world."""


def _plate_range(plates: object) -> str:
    """Return "11" or "1-3" of what stands in a file."""
    if isinstance(plates, bool) or not re.fullmatch(_RANGE, str(plates)):
        raise ValueError('expected a plate number or a range of them: 11, or "1-3"')
    return str(plates)


_RANGE = r"[1-9][0-9]*(-[1-9][0-9]*)?"
_WRITTEN = {"anyOf": [{"type": "integer", "minimum": 1}, {"type": "string", "pattern": f"^{_RANGE}$"}]}
PlateRange = Annotated[str, BeforeValidator(_plate_range), WithJsonSchema(_WRITTEN, mode="validation")]

PACK_TOLERANCE = 0.008
"""Standard deviation of pack masses as a share of the nominal mass, where a file gives none. Our assumption."""


class Shape(StrEnum):
    """How a package looks and rolls."""

    BOX = "box"
    CAN = "can"
    BOTTLE = "bottle"
    BAG = "bag"


class ShelfFile(StrictModel):
    """One board, from the lowest upwards.

    Args:
        z_m: floor to the top of the plates.
        clearance_m: free height above the plates.
        depth_m: front edge to back panel.
        plates: how many of equal width, or their widths in metres from left to right; 0 for a plain board.
    """

    z_m: Positive
    clearance_m: Positive
    depth_m: Positive
    plates: Annotated[int, Field(ge=0)] | tuple[Positive, ...] = 0


class GondolaFile(StrictModel):
    """One rack.

    Args:
        at: x, y of the middle of its front edge.
        yaw_deg: direction of its x axis, which points to the right of a shopper who faces it.
        width_m: along the front.
        depth_m: front edge to the rear of the back panel.
        height_m: floor to top.
        capacity_g: grams at which a plate saturates.
        shelves: lowest first.
        clock: how the clock of its weighing controller errs; that of `noise.plates` when left out.
    """

    at: Point2
    yaw_deg: float = 0.0
    width_m: Positive
    depth_m: Positive
    height_m: Positive
    capacity_g: Positive = 20_000.0
    shelves: Annotated[tuple[ShelfFile, ...], Field(min_length=1)]
    clock: Clock | None = None


class ProductFile(StrictModel):
    """One article.

    Args:
        gtin: barcode digits, in quotes.
        name: for people.
        mass_g: gross mass.
        mass_sd_g: spread between packs; 0.8 % of the mass when left out.
        size_m: width, depth, height as it stands on the shelf.
        price_minor: unit price in minor units.
        shape: box, can, bottle or bag.
        colour: "#rrggbb", the main colour of the label.
        tax_class: which tax rate it bears.
    """

    gtin: Annotated[str, Field(pattern="^[0-9]+$")]
    name: str
    mass_g: Positive
    mass_sd_g: NotNegative | None = None
    size_m: tuple[Positive, Positive, Positive]
    price_minor: Annotated[int, Field(ge=0)]
    shape: Shape = Shape.BOX
    colour: Annotated[str, Field(pattern="^#[0-9a-fA-F]{6}$")] = "#b0b0b0"
    tax_class: str = "standard"


class FacingFile(StrictModel):
    """Where a product stands on a shelf.

    Args:
        product: product id.
        plates: "11", or "1-3" for the first to the third plate of the shelf.
        x_m: centre, from the middle of the shelf, where there are no plates.
        width_m: width, where there are no plates.
        stock: items at the start.
    """

    product: str
    plates: PlateRange = ""
    x_m: float | None = None
    width_m: Positive | None = None
    stock: Annotated[int, Field(ge=0)] = 0

    @model_validator(mode="after")
    def _somewhere(self) -> FacingFile:
        if not self.plates and (self.x_m is None or self.width_m is None):
            raise ValueError("a facing stands on `plates`, or at `x_m` with a `width_m`")
        return self

    @property
    def span(self) -> range:
        """Plate numbers, 1-based; empty without plates."""
        if not self.plates:
            return range(0)
        first, _, last = self.plates.partition("-")
        return range(int(first), int(last or first) + 1)


class GateFile(StrictModel):
    """One lane.

    Args:
        at: x, y of its middle, on the line that counts.
        yaw_deg: direction into the store.
        width_m: clear width.
        kind: turnstile or beam.
        entry: people may come in here.
        exit: people may go out here.
        scanner: id of its code scanner.
        palm_reader: id of its palm reader.
        screen: id of its screen.
        bio_reader: id of its biometric reader that is not of palms.
        bio_reads: face, fingerprint, or fingerprint_card.
    """

    at: Point2
    yaw_deg: float = 0.0
    width_m: Positive
    kind: GateKind = GateKind.TURNSTILE
    entry: bool = False
    exit: bool = False
    scanner: str = ""
    palm_reader: str = ""
    screen: str = ""
    bio_reader: str = ""
    bio_reads: Modality | None = None

    @model_validator(mode="after")
    def _of_some_use(self) -> GateFile:
        says_both(self.bio_reader, self.bio_reads)
        if not (self.entry or self.exit):
            raise ValueError("a gate is an `entry`, an `exit`, or both")
        return self


class WallFile(StrictModel):
    """A straight wall or railing."""

    from_: Point2 = Field(alias="from")
    to: Point2
    height_m: Positive = 2.5


class Light(StrictModel):
    """How the store is lit.

    Args:
        ambient: share of light that comes from everywhere.
        direction: where the rest comes from.
    """

    ambient: Share = 0.55
    direction: Point3 = (0.2, -0.4, 1.0)


class StoreFile(StrictModel):
    """A whole store.

    Args:
        about: one line for people.
        like: the store beside this file of which this one is a variation.
        currency: ISO 4217.
        bounds_m: the surveyed floor, with the street before the gates.
        inside_m: the sales floor, inside the gates.
        gondolas: racks by id.
        products: catalogue by id.
        planogram: facings by shelf id ("gondola-1/shelf-5"; shelf 1 is the lowest).
        cameras: imagers by id.
        gates: lanes by id.
        walls: walls and railings.
        body_trackers: ids of third-party body trackers.
        tills: places where people pay, by id.
        payment: who takes the money; left out, charges are only ordered.
        promotions: what is cheaper, by the name on the receipt.
        tax: left out, goods are not taxed.
        noise: how sensors err; `none` for perfect ones.
    """

    about: str
    like: str = ""
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")] = "USD"
    bounds_m: Rectangle
    inside_m: Rectangle
    gondolas: dict[str, GondolaFile]
    products: dict[str, ProductFile]
    planogram: dict[str, tuple[FacingFile, ...]] = Field(default_factory=dict)
    cameras: dict[str, CameraFile] = Field(default_factory=dict)
    gates: dict[str, GateFile]
    walls: tuple[WallFile, ...] = ()
    body_trackers: tuple[str, ...] = ()
    tills: dict[str, TillFile] = Field(default_factory=dict)
    payment: PaymentFile | None = None
    promotions: dict[str, PromotionFile] = Field(default_factory=dict)
    tax: TaxFile | None = None
    noise: Noise = Noise()

    @field_validator("bounds_m", "inside_m")
    @classmethod
    def _in_order(cls, area: Rectangle) -> Rectangle:
        if not (area[0] < area[2] and area[1] < area[3]):
            raise ValueError("expected x_min, y_min, x_max, y_max with min below max")
        return area
