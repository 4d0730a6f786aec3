"""Racks, walls, lanes and cameras that stand where they cannot."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np

from contracts.document import Document
from contracts.geometry import Floats
from contracts.layout import CameraInfo, GateInfo, Gondola, Layout
from rig.storekit.boxes import Boxes, walls
from rig.storekit.finding import Finding, Severity, of_bad_file
from rig.storekit.places import LANE_M, footprint, under
from twin.furniture import rack

SLACK_M = 0.002
"""Racks are surveyed to the millimetre, and stand side by side."""


def check_racks(document: Document, layout: Layout) -> Iterator[Finding]:
    """Yield racks that overlap, leave the store or have a wall in them; closed lanes; misplaced cameras."""
    for one, other in combinations(layout.gondolas, 2):
        if depth := overlap_m(footprint(one), footprint(other)):
            what = f"{other.id} and {one.id} stand in one another"
            problem = document.bad(what, "gondolas", other.id, "at", found=f"{depth * 1000:.0f} mm deep")
            yield of_bad_file(problem, "racks")
    for gondola in layout.gondolas:
        yield from _rack(document, layout, gondola)
    for gate in layout.gates:
        yield from _lane(document, layout, gate)
    solids = Boxes.of([*walls(layout), *(piece for gondola in layout.gondolas for piece in rack(gondola))])
    for camera in layout.cameras:
        yield from _camera(document, layout, camera, solids)


def overlap_m(one: Floats, other: Floats) -> float:
    """Return how far two convex outlines (N, 2) must move to come apart, 0 when they are; by separating axes."""
    least = np.inf
    for outline in (one, other):
        sides = np.roll(outline, -1, axis=0) - outline
        for side in sides:
            axis = np.array([-side[1], side[0]]) / max(float(np.hypot(*side)), 1e-12)
            a, b = one @ axis, other @ axis
            least = min(least, float(a.max() - b.min()), float(b.max() - a.min()))
    return least if least > SLACK_M else 0.0


def _rack(document: Document, layout: Layout, gondola: Gondola) -> Iterator[Finding]:
    corners = footprint(gondola)
    x0, y0, x1, y1 = layout.bounds_m
    low, high = corners.min(axis=0), corners.max(axis=0)
    if low[0] < x0 - SLACK_M or low[1] < y0 - SLACK_M or high[0] > x1 + SLACK_M or high[1] > y1 + SLACK_M:
        found = f"it reaches from {low.round(3).tolist()} to {high.round(3).tolist()}"
        problem = document.bad(
            f"{gondola.id} leaves the store",
            *("gondolas", gondola.id, "at"),
            expected=f"within bounds_m {list(layout.bounds_m)}",
            found=found,
        )
        yield of_bad_file(problem, "racks")
    for i, wall in enumerate(layout.walls):
        if depth := overlap_m(corners, np.array([wall.start, wall.end])):
            problem = document.bad(
                f"a wall runs through {gondola.id}", "walls", i, found=f"{depth * 1000:.0f} mm inside the rack"
            )
            yield of_bad_file(problem, "racks")


def _lane(document: Document, layout: Layout, gate: GateInfo) -> Iterator[Finding]:
    line = gate.pose.apply([[-LANE_M / 2, 0, 0], [LANE_M / 2, 0, 0]])
    for gondola in layout.gondolas:
        if under(gondola, np.linspace(line[0], line[1], 11)).any():
            problem = document.bad(f"{gondola.id} stands in the lane of {gate.id}", "gates", gate.id)
            yield of_bad_file(problem, "lanes")
    for i, wall in enumerate(layout.walls):
        if _cross(line[:, :2], np.array([wall.start, wall.end])):
            found = f"walls[{i}] on line {document.line('walls', i)}"
            problem = document.bad(f"a wall closes the lane of {gate.id}", "gates", gate.id, found=found)
            yield of_bad_file(problem, "lanes")


def _cross(one: Floats, other: Floats) -> bool:
    """Return whether two stretches (2, 2) cross."""

    def sides(line: Floats, points: Floats) -> Floats:
        along, away = line[1] - line[0], points - line[0]
        return np.asarray(along[0] * away[:, 1] - along[1] * away[:, 0])

    return bool(np.prod(sides(one, other)) < 0 and np.prod(sides(other, one)) < 0)


def _camera(document: Document, layout: Layout, camera: CameraInfo, solids: Boxes) -> Iterator[Finding]:
    where = ("cameras", camera.id, "at")
    x, y, z = camera.pose.position
    x0, y0, x1, y1 = layout.bounds_m
    if not (x0 <= x <= x1 and y0 <= y <= y1):
        problem = document.bad(
            f"camera {camera.id} hangs outside the store",
            *where,
            expected=f"within bounds_m {list(layout.bounds_m)}",
            found=f"[{x:.4g}, {y:.4g}]",
        )
        yield of_bad_file(problem, "cameras", Severity.WARNING)
    if z <= 0:
        problem = document.bad(f"camera {camera.id} is under the floor", *where, found=f"z = {z:.4g} m")
        yield of_bad_file(problem, "cameras")
    for name in solids.holding(np.asarray(camera.pose.position)):
        problem = document.bad(f"camera {camera.id} is inside {name}", *where, hint="survey it again")
        yield of_bad_file(problem, "cameras")
