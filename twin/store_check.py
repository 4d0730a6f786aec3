"""What a store file may not say although every part of it is well formed; all complaints name their line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

import numpy as np

from contracts.document import Document, nearest
from contracts.errors import BadFile
from contracts.layout import Gondola, Layout, Shelf
from twin.floor import unreachable
from twin.stock import LIFT_M, slots
from twin.store_build import facing_of, product_of
from twin.store_model import FacingFile, StoreFile


def check_racks(document: Document, file: StoreFile) -> Iterator[BadFile]:
    """Yield what is wrong with gondolas, cameras, gates and products, each by itself."""
    yield from _boards(document, file)
    yield from _ids(document, file)
    yield from _lanes(document, file)
    yield from _barcodes(document, file)
    yield from _noise(document, file)
    for id_, camera in file.cameras.items():
        if camera.looks_at is not None:
            view = np.subtract(camera.looks_at, camera.at)
            top = camera.picture_top or (0.0, 0.0, 1.0)
            if not view.any() or (camera.picture_top and not np.cross(view, top).any()):
                yield document.bad("the camera has no direction", "cameras", id_, hint="move `looks_at`")


def check_planogram(document: Document, file: StoreFile, gondolas: tuple[Gondola, ...]) -> Iterator[BadFile]:
    """Yield what is wrong with the facings: places, products, room."""
    shelves = {shelf.id: shelf for gondola in gondolas for shelf in gondola.shelves}
    for shelf_id, row in file.planogram.items():
        shelf = shelves.get(shelf_id)
        if shelf is None:
            known = f"a shelf of {', '.join(gondola.id for gondola in gondolas)}"
            hint = nearest(shelf_id, shelves)
            yield document.bad("there is no such shelf", "planogram", shelf_id, expected=known, hint=hint)
            continue
        bad = [list(_facing(document, file, shelf, i, facing)) for i, facing in enumerate(row)]
        yield from (problem for problems in bad for problem in problems)
        if not any(bad):
            yield from _overlaps(document, shelf, row)


def check_reach(document: Document, layout: Layout) -> Iterator[BadFile]:
    """Yield the facings before which nobody can stand."""
    for facing in unreachable(layout):
        same_shelf = [other for other in layout.planogram if other.shelf == facing.shelf]
        yield document.bad(
            f"nobody can reach '{facing.product}'",
            *("planogram", facing.shelf, same_shelf.index(facing)),
            expected="free floor before the shelf, connected with a gate",
            found="a wall, a rack or the end of `inside_m`",
            hint=f"move {facing.shelf.split('/')[0]} or what stands before it",
        )


def _boards(document: Document, file: StoreFile) -> Iterator[BadFile]:
    for id_, rack in file.gondolas.items():
        where = ("gondolas", id_, "shelves")
        for i, (low, high) in enumerate(pairwise(rack.shelves)):
            if low.z_m + low.clearance_m > high.z_m + 1e-6:
                room = f"at most {high.z_m - low.z_m:.4g} m, the next shelf is at {high.z_m:.4g} m"
                found = f"clearance_m {low.clearance_m:.4g}"
                yield document.bad("the shelf is higher than its room", *where, i, expected=room, found=found)
        for i, shelf in enumerate(rack.shelves):
            width = sum(shelf.plates) if isinstance(shelf.plates, tuple) else 0.0
            if width > rack.width_m + 1e-6:
                expected, found = f"at most {rack.width_m:.4g} m of plates", f"{width:.4g} m"
                yield document.bad("the plates are wider than the shelf", *where, i, expected=expected, found=found)
            if shelf.depth_m > rack.depth_m + 1e-6:
                expected, found = f"at most {rack.depth_m:.4g} m", f"{shelf.depth_m:.4g} m"
                yield document.bad("the shelf is deeper than its rack", *where, i, expected=expected, found=found)


def _ids(document: Document, file: StoreFile) -> Iterator[BadFile]:
    """Every device has an id of its own, because records carry nothing else to tell them apart."""
    taken: dict[str, str] = {}
    for kind, names in (("gondolas", file.gondolas), ("cameras", file.cameras), ("gates", file.gates)):
        for name in names:
            yield from _claim(document, taken, name, (kind, name))
    for id_, gate in file.gates.items():
        for key in ("scanner", "palm_reader", "screen", "bio_reader"):
            if name := getattr(gate, key):
                yield from _claim(document, taken, name, ("gates", id_, key))


def _claim(document: Document, taken: dict[str, str], name: str, keys: tuple[str, ...]) -> Iterator[BadFile]:
    if name in taken:
        found = f"'{name}' is already at {taken[name]}"
        yield document.bad("two devices have one id", *keys, expected="an id of its own", found=found)
    taken.setdefault(name, f"{'.'.join(keys)} (line {document.line(*keys)})")


def _lanes(document: Document, file: StoreFile) -> Iterator[BadFile]:
    for way in ("entry", "exit"):
        if not any(getattr(gate, way) for gate in file.gates.values()):
            yield document.bad(f"no gate is an {way}", "gates", expected=f"`{way}: true` at one of them")
    for inner, outer, side in zip(file.inside_m, file.bounds_m, (1, 1, -1, -1), strict=True):
        if (inner - outer) * side < 0:
            found = f"{list(file.inside_m)} in {list(file.bounds_m)}"
            yield document.bad(
                "the sales floor is outside the store", "inside_m", expected="within bounds_m", found=found
            )
            return


def _barcodes(document: Document, file: StoreFile) -> Iterator[BadFile]:
    owner: dict[str, str] = {}
    for id_, product in file.products.items():
        if product.gtin in owner:
            found = f"'{product.gtin}' is also '{owner[product.gtin]}'"
            yield document.bad("two products have one barcode", "products", id_, "gtin", found=found)
        owner.setdefault(product.gtin, id_)


def _facing(document: Document, file: StoreFile, shelf: Shelf, index: int, facing: FacingFile) -> Iterator[BadFile]:
    """Yield what is wrong with one facing; the shelf exists."""
    where: tuple[str, str, int] = ("planogram", shelf.id, index)
    count = len(shelf.plates)
    missing = [number for number in facing.span if number > count] or (facing.plates and not facing.span)
    if missing:
        expected = f"plates 1 to {count}, left to right" if count else "x_m and width_m: the shelf has no plates"
        yield document.bad(f"{shelf.id} has no such plates", *where, expected=expected, found=facing.plates)
    product = file.products.get(facing.product)
    if product is None:
        hint = nearest(facing.product, file.products)
        yield document.bad("unknown product", *where, expected="an id of `products`", found=facing.product, hint=hint)
    if missing or product is None:
        return
    _, _, height = product.size_m
    if height + LIFT_M > shelf.clearance_m:
        expected = f"at most {shelf.clearance_m - LIFT_M:.4g} m, so that it can be lifted out"
        yield document.bad(f"'{facing.product}' is too tall", *where, expected=expected, found=f"{height:.4g} m")
    room = len(slots(shelf, facing_of(shelf, facing), product_of(facing.product, product)))
    if facing.stock > room or room == 0:
        found = f"{facing.stock} of {product.size_m[0]:.4g} x {product.size_m[1]:.4g} m"
        expected = f"at most {room} in this facing"
        yield document.bad(f"no room for '{facing.product}'", *where, expected=expected, found=found)


def _overlaps(document: Document, shelf: Shelf, row: Iterable[FacingFile]) -> Iterator[BadFile]:
    placed = sorted((facing_of(shelf, facing).x_m, i, facing_of(shelf, facing)) for i, facing in enumerate(row))
    for (_, _, left), (_, i, right) in pairwise(placed):
        if left.x_m + left.width_m / 2 > right.x_m - right.width_m / 2 + 1e-6:
            found = f"'{right.product}' and '{left.product}' on one stretch of {shelf.id}"
            yield document.bad("facings overlap", "planogram", shelf.id, i, expected="plates of its own", found=found)


def _noise(document: Document, file: StoreFile) -> Iterator[BadFile]:
    """Yield measured racks that the store does not have, or that have other shelves."""
    for id_, measured in file.noise.plates.racks.items():
        keys = ("noise", "plates", "racks", id_)
        rack = file.gondolas.get(id_)
        if rack is None:
            known = ", ".join(file.gondolas)
            yield document.bad("there is no such gondola", *keys, expected=known, hint=nearest(id_, file.gondolas))
        elif len(measured.still_g) != len(rack.shelves):
            expected = f"{len(rack.shelves)} numbers, one a shelf"
            yield document.bad("noise of other shelves", *keys, expected=expected, found=f"{len(measured.still_g)}")
