"""A scan laid on its store: how far every rack and shelf stands from where the file says."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

from contracts.geometry import Floats, Pose
from contracts.layout import Gondola, Layout, Shelf
from rig.storekit.scan.cloud import Cloud, inverse, thinned
from rig.storekit.scan.fit import AXES, FLAT, Indices, Motion, fit
from rig.storekit.scan.read import check_scale
from rig.storekit.scan.register import Placement, place
from rig.storekit.scan.shelves import lifted, shelf_surface
from rig.storekit.scan.surface import SPACING_M, Surface, goods, structure, visible_surface

FINE_M = 0.01
"""The scan is thinned to one point in a cube of this side: finer than any part, and half a million points a store."""
BUILDING_GATES_M = (0.04, 0.02, 0.015)
RACK_GATES_M = (0.12, 0.08, 0.05, 0.03)
CLOSE_GATES_M = (0.02, 0.012)
"""A gate wider than a rack has moved at first; at last three times the noise of a scanner."""
REACH_M = 0.15
"""A rack is looked for so far around its place."""
THERE = 0.1
"""Least share of the visible points of a rack's boards and plates that the scan must show within 2 cm.

Goods hide most of them: 0.35 was the least measured on stocked racks. A wall can pass for a back panel, not for boards.
"""
SHOWN_M = 0.02
NOTICED_M, NOTICED_DEG = 0.002, 0.05
"""A rack that is less off than this is where the file says: surveys are good to some millimetres."""
TOLD = 0.5
"""An axis is reported when the points tell at least half of it."""


@dataclass(frozen=True, slots=True)
class Deviation:
    """How far a rack or shelf stands from its place.

    Args:
        name: gondola or shelf id.
        shift_m: (3,) along its own axes: right, inwards, up; a shelf's within its rack as that truly stands.
        turn_deg: (3,) about its own axes.
        told: which of the six (`fit.AXES`) the scan could tell; the others are 0.
        shown: share of its visible points that the scan shows.
        points: how many points of the scan took part.
    """

    name: str
    shift_m: tuple[float, ...]
    turn_deg: tuple[float, ...]
    told: tuple[bool, ...]
    shown: float
    points: int

    @property
    def found(self) -> bool:
        """Whether it was found at all."""
        return self.points > 0 and any(self.told)

    @property
    def away_m(self) -> float:
        """Length of the shift."""
        return float(np.linalg.norm(self.shift_m))

    @property
    def turned_deg(self) -> float:
        """Size of the turn."""
        return float(np.linalg.norm(self.turn_deg))


@dataclass(frozen=True, slots=True)
class Alignment:
    """A scan laid on its store.

    Args:
        placement: store from scan, and how well it fits.
        scan: (N, 3) thinned points in the store's frame.
        apart_m: (N,) distance of each from what the file says stands there for good.
        gondolas: deviations of racks, in the order of the layout.
        shelves: deviations of shelves within their racks.
        poses: where each gondola that was found truly stands.
    """

    placement: Placement
    scan: Floats
    apart_m: Floats
    gondolas: tuple[Deviation, ...]
    shelves: tuple[Deviation, ...]
    poses: dict[str, Pose]

    @property
    def moved(self) -> dict[str, Pose]:
        """The true poses of the racks that stand elsewhere than the file says, by more than a scan errs."""
        return {
            rack.name: self.poses[rack.name]
            for rack in self.gondolas
            if rack.name in self.poses and (rack.away_m > NOTICED_M or rack.turned_deg > NOTICED_DEG)
        }


def align(points: Floats, layout: Layout) -> Alignment:
    """Lay a scan on a store and measure every rack and shelf.

    Racks are measured against the building: floor and walls as the file has them; against all racks together
    where there are too few walls to tell.

    Args:
        points: (N, 3) the scan, metres, in any frame.
        layout: the store as its file says.

    Raises:
        UsageError: the scan is in other units, or of another store.
    """
    x0, y0, x1, y1 = layout.bounds_m
    check_scale(points, float(np.hypot(x1 - x0, y1 - y0)))
    solids = structure(layout)
    bare = visible_surface(layout, solids)
    coarse = place(points, visible_surface(layout, [*solids, *goods(layout)], 0.03))
    scan = thinned(points, FINE_M)
    matrix = _on_building(scan.moved(coarse.matrix), bare, layout) @ coarse.matrix
    scan = scan.moved(matrix)
    away, near = _nearest(scan.points, bare.points)
    apart = _apart(scan.points, away, bare.take(near))
    owner = _gondola_numbers(layout, bare)[near]
    racks, shelves, poses = [], [], {}
    for number, gondola in enumerate(layout.gondolas):
        part = scan.take((owner == number) & (away < REACH_M))
        rack, within, pose = _rack(part, bare, gondola)
        racks.append(rack)
        shelves += within
        if rack.found:
            poses[gondola.id] = pose
    placement = Placement(matrix, coarse.explained, coarse.shown)
    return Alignment(placement, scan.points, apart, tuple(racks), tuple(shelves), poses)


def _on_building(scan: Cloud, bare: Surface, layout: Layout) -> Floats:
    """Return the motion (4, 4) that lays a scan on floor and walls, or on everything where those do not hold it."""
    racks = [name for gondola in layout.gondolas for name in _pieces(gondola)]
    built = bare.take(~bare.owned(racks))
    motion = fit(scan, Cloud(built.points, built.normals), BUILDING_GATES_M)
    if motion.seen.min() > 1 - 1e-6:
        return motion.matrix
    return fit(scan, Cloud(bare.points, bare.normals), BUILDING_GATES_M).matrix


def _pieces(gondola: Gondola) -> list[str]:
    """Return the names of the solids of a rack."""
    return [gondola.id, *(shelf.id for shelf in gondola.shelves), *(plate.id for plate in gondola.plates)]


def _nearest(points: Floats, others: Floats) -> tuple[Floats, Indices]:
    """Return (N,) how far the nearest of others is, and which it is."""
    away, near = cKDTree(others).query(points)
    return np.asarray(away, float), np.asarray(near, np.int64)


def _apart(points: Floats, away: Floats, nearest: Surface) -> Floats:
    """Return (N,) the distance of points from surfaces of which the nearest sampled points are known."""
    off_plane = np.abs(((points - nearest.points) * nearest.normals).sum(axis=1))
    along = np.sqrt(np.maximum(away**2 - off_plane**2, 0))
    return np.asarray(np.where(along < SPACING_M, off_plane, away))


def _gondola_numbers(layout: Layout, surface: Surface) -> Indices:
    """Return (N,) the index of the rack on which each point lies, -1 for the building."""
    number = {name: i for i, gondola in enumerate(layout.gondolas) for name in _pieces(gondola)}
    of_name = np.array([number.get(name, -1) for name in surface.names], np.int64)
    return np.asarray(of_name[surface.owner])


def _rack(part: Cloud, bare: Surface, gondola: Gondola) -> tuple[Deviation, list[Deviation], Pose]:
    """Return the deviation of a rack, those of its shelves, and where it truly stands."""
    surface = bare.take(bare.owned(_pieces(gondola)))
    home = inverse(gondola.pose.matrix)
    scan, model = part.moved(home), Cloud(surface.points, surface.normals).moved(home)
    matrix, close = _fitted(scan, model)
    settled = scan.moved(matrix)
    panel = surface.owned([gondola.id])
    shown = _shown(settled, model.take(~panel)) if close.pairs and not panel.all() else 0.0
    rack = _deviation(gondola.id, inverse(matrix), close, shown)
    if shown < THERE:
        return _lost(gondola.id, shown), [_lost(shelf.id, 0.0) for shelf in gondola.shelves], gondola.pose
    shelves = [_shelf(settled, surface, gondola, shelf) for shelf in gondola.shelves]
    return rack, shelves, Pose.from_matrix(gondola.pose.matrix @ inverse(matrix))


def _fitted(scan: Cloud, model: Cloud) -> tuple[Floats, Motion]:
    """Return the motion (4, 4) that lays a scan on a rack, and its last fit.

    A wide gate may find something to hold on to that a close one does not; what the close fit cannot tell, the wide one
    must not have moved.
    """
    axes = tuple(range(len(AXES)))
    while True:
        flat = tuple(axis for axis in FLAT if axis in axes)
        rough = fit(scan, model, RACK_GATES_M, flat)
        close = fit(scan.moved(rough.matrix), model, CLOSE_GATES_M, axes)
        told = tuple(axis for axis in axes if close.seen[axis] >= TOLD)
        if told == axes or not told:
            return close.matrix @ rough.matrix, close
        axes = told


def _shelf(rack: Cloud, surface: Surface, gondola: Gondola, shelf: Shelf) -> Deviation:
    """Return the deviation of a shelf; the scan is in the rack's frame and lies on the rack."""
    inner = inverse(shelf.pose.matrix) @ gondola.pose.matrix
    model = shelf_surface(surface, shelf)
    scan = rack.moved(inner)
    lift = np.eye(4)
    lift[2, 3] = -lifted(scan, model, shelf)
    motion = fit(scan.moved(lift), model, CLOSE_GATES_M)
    matrix = motion.matrix @ lift
    shown = _shown(scan.moved(matrix), model) if motion.pairs else 0.0
    return _deviation(shelf.id, inverse(matrix), motion, shown)


def _shown(scan: Cloud, model: Cloud) -> float:
    away, _ = cKDTree(scan.points).query(model.points, distance_upper_bound=SHOWN_M)
    return float(np.isfinite(away).mean())


def _deviation(name: str, moved: Floats, motion: Motion, shown: float) -> Deviation:
    """Return a motion (4, 4) in an object's own frame as its deviation."""
    told = motion.seen >= TOLD
    shift = np.where(told[:3], moved[:3, 3], 0.0)
    turn = np.where(told[3:], np.degrees(_turns(moved[:3, :3])), 0.0)
    return Deviation(name, tuple(shift.tolist()), tuple(turn.tolist()), tuple(told.tolist()), shown, motion.pairs)


def _lost(name: str, shown: float) -> Deviation:
    return Deviation(name, (0.0,) * 3, (0.0,) * 3, (False,) * len(AXES), shown, 0)


def _turns(rotation: Floats) -> Floats:
    """Return a small rotation (3, 3) as turns (3,) about its axes, radians."""
    return (
        np.array([rotation[2, 1] - rotation[1, 2], rotation[0, 2] - rotation[2, 0], rotation[1, 0] - rotation[0, 1]])
        / 2
    )
