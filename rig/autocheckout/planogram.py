"""Planogram and catalogue of an AutoCheckout case, as they are written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from contracts.geometry import Pose, Vec3, vec3
from contracts.layout import Product
from rig.autocheckout.lines import Row

MOST = 1000  # gondolas, shelves or plates; a larger number is an error of writing

PACK_TOLERANCE = 0.008
"""Pack-to-pack standard deviation as a part of the mass; the log gives none (source: assumed in the fusion trial)."""


@dataclass(frozen=True, slots=True)
class Place:
    """One facing.

    Args:
        row: where it stands.
        product: barcode, "" where the planogram keeps a place empty.
        plates: (gondola, shelf, plate) of its plates, left to right.
        x_m: its left edge, from the left end of its shelf.
        corner: world pose of its lower left front corner.
        size_m: width, depth and free height.
    """

    row: Row
    product: str
    plates: tuple[tuple[int, int, int], ...]
    x_m: float
    corner: Pose
    size_m: Vec3

    @property
    def gondola(self) -> int:
        """Its gondola's number."""
        return self.plates[0][0]

    @property
    def shelf(self) -> int:
        """Its shelf's number, 1 is the lowest."""
        return self.plates[0][1]

    @property
    def rack(self) -> Pose:
        """World pose of the left end of its gondola's front, at the facing's height."""
        return self.corner.then(Pose((-self.x_m, 0.0, 0.0)))


def read_places(lines: Iterable[Row]) -> list[Place]:
    """Return the facings.

    Raises:
        BadFile: a facing without plates, or one that spans gondolas or shelves.
    """
    return [_place(row) for row in lines]


def _place(row: Row) -> Place:
    plates = tuple(sorted(_plate(Row(row.file, row.line, {"plate": plate})) for plate in row.get(list, "plate_ids")))
    if not plates or len({plate[:2] for plate in plates}) != 1:
        raise row.bad("a facing must lie on plates of one shelf", "plate_ids of one gondola and shelf", list(plates))
    size_m = vec3([row.number("global_coordinates", f"dim_{axis}") for axis in ("x", "y", "z")])
    if min(size_m[:2]) <= 0:
        raise row.bad("a facing without width or depth", "global_coordinates.dim_x and dim_y above 0 m", size_m)
    at = ("global_coordinates", "transform")
    x, y, z = (row.number(*at, "translation", axis) for axis in ("x", "y", "z"))
    return Place(
        row=row,
        product=row.find("planogram_product_id", "id") or "",
        plates=plates,
        x_m=row.number("coordinates", "transform", "translation", "x"),
        corner=Pose.at(x, y, z, yaw=row.number(*at, "rotation", "z")),
        size_m=size_m,
    )


def _plate(row: Row) -> tuple[int, int, int]:
    plate = (
        row.get(int, "plate", "shelf_id", "gondola_id", "id"),
        row.get(int, "plate", "shelf_id", "shelf_index"),
        row.get(int, "plate", "plate_index"),
    )
    if not all(1 <= number <= MOST for number in plate):
        raise row.bad("a plate that no store has", f"gondola, shelf and plate numbers in 1..{MOST}", plate)
    return plate


def read_products(lines: Iterable[Row]) -> dict[str, Product]:
    """Return the catalogue by barcode; of two entries for one barcode, the one that names a weight.

    Raises:
        BadFile: an entry without a barcode, or a negative weight or price.
    """
    products: dict[str, Product] = {}
    for row in lines:
        product = _product(row)
        known = products.get(product.id)
        if known is None or not known.mass_g:
            products[product.id] = product
    return products


def _product(row: Row) -> Product:
    barcode = row.get(str, "product_id", "id")
    mass_g, price = row.number("metadata", "weight"), row.number("metadata", "price")
    if mass_g < 0 or price < 0:
        raise row.bad("a weight or price below 0", "metadata.weight in grams, metadata.price", f"{mass_g}, {price}")
    return Product(
        id=barcode,
        gtin=barcode,
        name=str(row.find("metadata", "name") or barcode),
        mass_g=mass_g,
        mass_sd_g=round(PACK_TOLERANCE * mass_g, 3),
        price_minor=round(100 * price),
    )
