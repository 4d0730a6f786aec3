"""Goods that do not stand where the planogram says, that no plate can bear, or that no plate can tell apart."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from contracts.document import Document
from contracts.geometry import Pose
from contracts.layout import Facing, Layout, Product, Shelf
from rig.storekit.finding import Finding, Severity, of_bad_file
from rig.storekit.noise import MIDDLE, NOISY, shelf_sd_g
from twin.goods import plates_under
from twin.stock import slots
from twin.store import Store

SURE = 1.645
"""A normal draw exceeds this many standard deviations 1 time in 20."""
NOTICED = 4.0
"""A change must exceed this many standard deviations of the noise, or plates at rest would report one every minute."""


def check_goods(document: Document, store: Store) -> Iterator[Finding]:
    """Yield facings off their shelf, plates that saturate, goods too light, and neighbours of one mass."""
    layout = store.layout
    for shelf_id, facings in by_shelf(layout).items():
        shelf = layout.shelf[shelf_id]
        for index, facing in enumerate(facings):
            yield from _off_shelf(document, shelf, index, facing)
        if not shelf.plates:
            continue
        yield from _saturated(document, layout, shelf, facings)
        for index, facing in enumerate(facings):
            yield from _too_light(document, store, shelf, index, facing)
        yield from _alike(document, store, shelf, facings)


def by_shelf(layout: Layout) -> dict[str, list[Facing]]:
    """Return the facings of each shelf that has any, in the order of the file."""
    found: dict[str, list[Facing]] = defaultdict(list)
    for facing in layout.planogram:
        found[facing.shelf].append(facing)
    return dict(found)


def _off_shelf(document: Document, shelf: Shelf, index: int, facing: Facing) -> Iterator[Finding]:
    """Plates hold a facing on its shelf; `x_m` and `width_m` can say anything."""
    over = abs(facing.x_m) + facing.width_m / 2 - shelf.width_m / 2
    if over > 1e-6:
        problem = document.bad(
            f"'{facing.product}' reaches past the end of {shelf.id}",
            *("planogram", shelf.id, index),
            expected=f"x_m and half of width_m within {shelf.width_m / 2:.4g} m",
            found=f"{over * 1000:.0f} mm too far",
        )
        yield of_bad_file(problem, "goods")


def _saturated(document: Document, layout: Layout, shelf: Shelf, facings: list[Facing]) -> Iterator[Finding]:
    load: dict[str, float] = defaultdict(float)
    for facing in facings:
        product = layout.product[facing.product]
        for slot in slots(shelf, facing, product)[: facing.stock]:
            under = plates_under(shelf, shelf.pose.then(Pose(slot)), product.size_m)
            for plate in under:
                load[plate] += product.mass_g / len(under)
    for index, facing in enumerate(facings):
        for plate in facing.plates:
            if load.get(plate, 0.0) > layout.plate[plate].capacity_g:
                problem = document.bad(
                    f"{plate} bears more than it can weigh",
                    *("planogram", shelf.id, index),
                    expected=f"at most {layout.plate[plate].capacity_g:.0f} g",
                    found=f"{load[plate]:.0f} g of '{facing.product}'",
                    hint="less `stock`, or more plates",
                )
                yield of_bad_file(problem, "goods")


def _too_light(document: Document, store: Store, shelf: Shelf, index: int, facing: Facing) -> Iterator[Finding]:
    least = NOTICED * shelf_sd_g(store, shelf, NOISY)
    product = store.layout.product[facing.product]
    if product.mass_g < least:
        problem = document.bad(
            f"'{product.id}' is too light for its plate",
            *("planogram", shelf.id, index),
            expected=f"{least:.1f} g or more: four standard deviations of the noise of a noisy shelf",
            found=f"{product.mass_g:g} g",
            hint="a less noisy shelf, or one without plates under a camera",
        )
        yield of_bad_file(problem, "masses", Severity.WARNING)


def weighing_sd_g(store: Store, shelf: Shelf, product: Product) -> float:
    """Return the standard deviation of the weighed mass of one pack on a shelf, grams.

    It has the spread between packs, the error of the plate's span, and the shelf's noise before and after.
    """
    span_g = 0.0 if store.perfect else store.plate_noise.span_error * product.mass_g
    return math.sqrt(product.mass_sd_g**2 + span_g**2 + 2 * shelf_sd_g(store, shelf, MIDDLE) ** 2)


def least_difference_g(store: Store, shelf: Shelf, one: Product, other: Product) -> float:
    """Return how far apart two masses must be, so that weighing takes one for the other 1 time in 20 at most."""
    return SURE * (weighing_sd_g(store, shelf, one) + weighing_sd_g(store, shelf, other))


@dataclass(frozen=True, slots=True)
class _Placed:
    """A facing by its place on the shelf: plate numbers from 0."""

    index: int
    first: int
    last: int
    product: Product


def _alike(document: Document, store: Store, shelf: Shelf, facings: list[Facing]) -> Iterator[Finding]:
    """Yield one finding for every run of neighbours of one mass."""
    for group in _runs(store, shelf, _placed(store.layout, shelf, facings)):
        products = [placed.product for placed in group]
        least = max(least_difference_g(store, shelf, a, b) for a, b in pairwise(products))
        names = " and ".join([", ".join(f"'{p.id}'" for p in products[:-1]), f"'{products[-1].id}'"])
        problem = document.bad(
            f"no plate can tell {names} apart",
            *("planogram", shelf.id, min(placed.index for placed in group)),
            expected=f"neighbours {least:.1f} g apart, or something else between them",
            found=", ".join(f"{p.mass_g:g} g" for p in products),
        )
        yield of_bad_file(problem, "masses", Severity.WARNING)


def _placed(layout: Layout, shelf: Shelf, facings: list[Facing]) -> list[_Placed]:
    number = {plate.id: i for i, plate in enumerate(shelf.plates)}
    found = [
        _Placed(i, min(number[p] for p in f.plates), max(number[p] for p in f.plates), layout.product[f.product])
        for i, f in enumerate(facings)
        if f.plates
    ]
    return sorted(found, key=lambda placed: placed.first)


def _runs(store: Store, shelf: Shelf, placed: list[_Placed]) -> list[list[_Placed]]:
    """Return the runs of two or more neighbours on touching plates that weigh alike."""
    runs: list[list[_Placed]] = []
    for left, right in pairwise(placed):
        beside = right.first - left.last <= 1 and left.product.id != right.product.id
        near = abs(left.product.mass_g - right.product.mass_g)
        if not beside or near >= least_difference_g(store, shelf, left.product, right.product):
            continue
        if runs and runs[-1][-1] is left:
            runs[-1].append(right)
        else:
            runs.append([left, right])
    return runs
