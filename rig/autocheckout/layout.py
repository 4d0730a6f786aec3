"""The store of an AutoCheckout case: surveyed geometry where it is known, else as the planogram implies it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from contracts.geometry import Pose
from contracts.layout import Facing, Gondola, Layout, Plate, Product, Shelf
from rig.autocheckout.planogram import Place

Positions = Mapping[int, set[tuple[int, int]]]
"""Gondola number -> (shelf, plate) of its inputs that carry a signal."""

AGREE_M = 0.30
"""How far a planogram's corner may lie from the surveyed plate: shelves of the real store were moved 0.14 m in height
and 0.20 m in depth after its planogram was drawn."""

CLEARANCE_M, BOARD_M, HEADROOM_M, AISLE_M = 0.25, 0.02, 0.4, 2.0
TRACKER = "tracker"


def store_of(
    places: Sequence[Place], products: Mapping[str, Product], used: Positions, known: Sequence[Layout]
) -> Layout:
    """Return the store of a case: only plates that report, only products that the planogram places, no gate.

    Args:
        places: its planogram.
        products: its catalogue by barcode.
        used: inputs that carry a signal.
        known: surveyed stores; the first that the planogram agrees with gives the geometry.

    Raises:
        BadFile: the planogram places a product that the catalogue does not have.
    """
    survey = next((layout for layout in known if agrees(places, layout)), None)
    racks = {gondola.id: gondola for gondola in (survey.gondolas if survey else racks_of(places))}
    wanted = sorted({place.gondola for place in places} | set(used))
    gondolas = tuple(_reporting(racks[f"gondola-{n}"], used.get(n, set())) for n in wanted if f"gondola-{n}" in racks)
    bounds = survey.bounds_m if survey else _bounds(gondolas)
    return Layout(
        name=f"{survey.name}-log" if survey else "autocheckout-log",
        bounds_m=bounds,
        inside_m=bounds,
        gondolas=gondolas,
        products=_placed(places, products),
        planogram=tuple(_facing(place, racks, used) for place in places if place.product),
        currency=survey.currency if survey else "USD",
        body_trackers=(TRACKER,),
    )


def agrees(places: Sequence[Place], layout: Layout) -> bool:
    """Whether a planogram can be of a surveyed store: all its plates are there, and about where it says."""
    for place in places:
        plates = [layout.plate.get(plate_id(*plate)) for plate in place.plates]
        if None in plates or plates[0] is None:
            return False
        left = plates[0].pose.apply((-plates[0].width_m / 2, -plates[0].depth_m / 2, 0.0))
        if math.dist(left.tolist(), place.corner.position) > AGREE_M:
            return False
    return True


def racks_of(places: Sequence[Place]) -> tuple[Gondola, ...]:
    """Return gondolas as large as their planogram implies, with evenly spaced plates."""
    return tuple(_rack(n, [p for p in places if p.gondola == n]) for n in sorted({p.gondola for p in places}))


def plate_id(gondola: int, shelf: int, plate: int) -> str:
    """Return a plate's id."""
    return f"gondola-{gondola}/shelf-{shelf}/plate-{plate}"


def _rack(number: int, places: Sequence[Place]) -> Gondola:
    pitch = _median([place.size_m[0] / len(place.plates) for place in places])
    depth = _median([place.size_m[1] for place in places])
    count = max(plate[2] for place in places for plate in place.plates)
    left = Pose.at(
        _median([place.rack.position[0] for place in places]),
        _median([place.rack.position[1] for place in places]),
        yaw=_median([place.rack.yaw for place in places]),
    )
    pose = _settled(left.then(Pose((count * pitch / 2, 0.0, 0.0))))
    heights = _heights(places)
    shelves = tuple(
        _shelf(f"gondola-{number}/shelf-{n}", pose, z, (pitch, depth), count, _clearance(places, n))
        for n, z in heights.items()
    )
    return Gondola(f"gondola-{number}", pose, count * pitch, depth, max(heights.values()) + HEADROOM_M, shelves)


def _shelf(id_: str, rack: Pose, z: float, plate: tuple[float, float], count: int, clearance: float) -> Shelf:
    pitch, depth = plate
    pose = _settled(rack.then(Pose((0.0, depth / 2, z))))
    plates = tuple(
        Plate(f"{id_}/plate-{n}", _settled(pose.then(Pose(((n - (count + 1) / 2) * pitch, 0.0, 0.0)))), pitch, depth)
        for n in range(1, count + 1)
    )
    return Shelf(id_, pose, count * pitch, depth, clearance, plates)


def _heights(places: Sequence[Place]) -> dict[int, float]:
    """Return the height of every shelf up to the highest that has a facing; those between are evenly spaced."""
    at = {n: _median([p.corner.position[2] for p in places if p.shelf == n]) for n in {p.shelf for p in places}}
    numbers = sorted(at)
    lowest, step = at[numbers[0]], CLEARANCE_M + BOARD_M
    below = {n: max(0.0, lowest - (numbers[0] - n) * step) for n in range(1, numbers[0])}
    rest = range(numbers[0], numbers[-1] + 1)
    return below | {n: float(np.interp(n, numbers, [at[k] for k in numbers])) for n in rest}


def _clearance(places: Sequence[Place], shelf: int) -> float:
    found = [place.size_m[2] for place in places if place.shelf == shelf and place.size_m[2] > 0]
    return _median(found) if found else CLEARANCE_M


def _reporting(rack: Gondola, used: set[tuple[int, int]]) -> Gondola:
    """Return a gondola with the plates that report; shelves stay, also without plates."""
    shelves = tuple(
        replace(shelf, plates=tuple(p for n, p in enumerate(shelf.plates, start=1) if (s, n) in used))
        for s, shelf in enumerate(rack.shelves, start=1)
    )
    return replace(rack, shelves=shelves)


def _placed(places: Sequence[Place], products: Mapping[str, Product]) -> tuple[Product, ...]:
    for place in places:
        if place.product and place.product not in products:
            raise place.row.bad(
                "the planogram places a product that the catalogue does not have",
                "a barcode of products.json",
                place.product,
            )
    return tuple(products[barcode] for barcode in dict.fromkeys(p.product for p in places if p.product))


def _facing(place: Place, racks: Mapping[str, Gondola], used: Positions) -> Facing:
    shelf = racks[f"gondola-{place.gondola}"].shelves[place.shelf - 1]
    first, last = (shelf.plates[place.plates[end][2] - 1] for end in (0, -1))
    left = float(shelf.pose.unapply(first.pose.position)[0]) - first.width_m / 2
    right = float(shelf.pose.unapply(last.pose.position)[0]) + last.width_m / 2
    reporting = used.get(place.gondola, set())
    plates = tuple(plate_id(*plate) for plate in place.plates if plate[1:] in reporting)
    return Facing(place.product, shelf.id, plates, round((left + right) / 2, 9), round(right - left, 9))


def _bounds(gondolas: Sequence[Gondola]) -> tuple[float, float, float, float]:
    """Return a floor with an aisle's width around all racks."""
    corners = np.concatenate(
        [g.pose.apply([(-g.width_m / 2, 0, 0), (g.width_m / 2, g.depth_m, 0)])[:, :2] for g in gondolas]
    )
    (x0, y0), (x1, y1) = (corners.min(0) - AISLE_M).tolist(), (corners.max(0) + AISLE_M).tolist()
    return (round(x0, 6), round(y0, 6), round(x1, 6), round(y1, 6))


def _median(values: Sequence[float]) -> float:
    return round(float(np.median(values)), 6)


def _settled(pose: Pose) -> Pose:
    """Round a pose to nanometres: matrix products differ in the last bit between processors."""
    x, y, z = (round(v, 9) + 0.0 for v in pose.position)
    qx, qy, qz, qw = (round(v, 9) + 0.0 for v in pose.quaternion)
    return Pose((x, y, z), (qx, qy, qz, qw))
