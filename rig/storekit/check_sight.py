"""Cameras that see nothing, and what no camera sees: shelf fronts, lanes, floor."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from contracts.document import Document
from contracts.geometry import Floats
from contracts.layout import Facing, Layout, Shelf
from rig.storekit.boxes import Boxes, Mask, blockers
from rig.storekit.finding import Finding, Severity, of_bad_file
from rig.storekit.places import FRONT_GAP_M, floor_grid, front_normal, front_points, lane_points
from rig.storekit.sight import counts, seen

HEAD_M = 1.7
"""A standing adult's head: below it, people hide one another anyway."""
BLIND_SHARE = 0.01
"""A hundredth of the floor is a corner that nobody stands in."""


def check_sight(document: Document, layout: Layout) -> Iterator[Finding]:
    """Yield blind cameras, unseen fronts, lanes and floor."""
    if not layout.cameras:
        problem = document.bad("there are no cameras", expected="`cameras`, or `body_trackers` that follow people")
        if not layout.body_trackers:
            yield of_bad_file(problem, "cameras", Severity.WARNING)
        return
    boxes = blockers(layout)
    yield from _blind(document, layout, boxes)
    yield from _fronts(document, layout, boxes)
    yield from _lanes(document, layout, boxes)
    yield from _floor(document, layout, boxes)


def _any(layout: Layout, points: Floats, boxes: Boxes, facing: Floats | None = None) -> Mask:
    """Return which points (P, 3) any camera sees, in colour or depth."""
    found = counts(layout.cameras, points, boxes, facing)
    return np.asarray(sum(found.values()) > 0)


def _blind(document: Document, layout: Layout, boxes: Boxes) -> Iterator[Finding]:
    fronts = [front_points(shelf).reshape(-1, 3) for shelf in layout.shelf.values()]
    places = np.concatenate([floor_grid(layout).points(HEAD_M), floor_grid(layout).points(0.1), *fronts])
    for camera in layout.cameras:
        if not seen(camera, places, boxes).any():
            problem = document.bad(
                f"camera {camera.id} sees neither the sales floor nor a shelf",
                "cameras",
                camera.id,
                hint="look at its pose; `rig store render` draws what it sees",
            )
            yield of_bad_file(problem, "cameras")


def _fronts(document: Document, layout: Layout, boxes: Boxes) -> Iterator[Finding]:
    shelves = {shelf.id: front_points(shelf).reshape(-1, 3) for shelf in layout.shelf.values()}
    facings = [_front_of(layout, facing) for facing in layout.planogram]
    owners = [*layout.shelf.values(), *(layout.shelf[facing.shelf] for facing in layout.planogram)]
    visible = iter(_each_visible(layout, boxes, [*shelves.values(), *facings], owners))
    shelf_seen = dict(zip(shelves, visible, strict=False))
    facing_seen = list(visible)
    for gondola in layout.gondolas:
        for i, shelf in enumerate(gondola.shelves):
            if not shelf_seen[shelf.id]:
                yield _unseen_shelf(document, shelf, ("gondolas", gondola.id, "shelves", i))
    hidden: dict[str, list[Facing]] = defaultdict(list)
    for facing, front_seen in zip(layout.planogram, facing_seen, strict=True):
        if shelf_seen[facing.shelf] and not front_seen:
            hidden[facing.shelf].append(facing)
    for shelf_id, few in hidden.items():
        yield _unseen_facings(document, layout, shelf_id, few)


def _each_visible(layout: Layout, boxes: Boxes, fronts: list[Floats], shelves: list[Shelf]) -> list[bool]:
    """Return whether any point of each front (P, 3) is seen; all in one go, which is ten times faster."""
    facing = [np.broadcast_to(front_normal(shelf), front.shape) for front, shelf in zip(fronts, shelves, strict=True)]
    visible = _any(layout, np.concatenate(fronts), boxes, np.concatenate(facing))
    ends = np.cumsum([len(front) for front in fronts])
    return [bool(part.any()) for part in np.split(visible, ends[:-1])]


def _unseen_shelf(document: Document, shelf: Shelf, where: tuple[str | int, ...]) -> Finding:
    """A shelf that neither plates nor cameras watch cannot work; with plates, hands go unseen."""
    severity = Severity.WARNING if shelf.plates else Severity.ERROR
    watched = "its plates alone must tell who took what" if shelf.plates else "it has no plates either"
    hint = "a camera before it, or a lower angle; `rig store coverage` maps it"
    return of_bad_file(
        document.bad(f"no camera sees the front of {shelf.id}: {watched}", *where, hint=hint), "fronts", severity
    )


def _unseen_facings(document: Document, layout: Layout, shelf: str, hidden: list[Facing]) -> Finding:
    row = [facing for facing in layout.planogram if facing.shelf == shelf]
    names = ", ".join(f"'{facing.product}'" for facing in hidden)
    problem = document.bad(f"no camera sees the front of {names}", "planogram", shelf, row.index(hidden[0]))
    severity = Severity.WARNING if layout.shelf[shelf].plates else Severity.ERROR
    return of_bad_file(problem, "fronts", severity)


def _front_of(layout: Layout, facing: Facing) -> Floats:
    """Return points (P, 3), world, before the goods of a facing."""
    shelf = layout.shelf[facing.shelf]
    height = layout.product[facing.product].size_m[2]
    x = facing.x_m + facing.width_m * (np.arange(5) - 2) / 6
    z = height * (np.arange(3) + 0.5) / 3
    grid = np.stack([*np.meshgrid(x, z, indexing="ij")], axis=-1).reshape(-1, 2)
    before = np.full(len(grid), -shelf.depth_m / 2 - FRONT_GAP_M)
    return shelf.pose.apply(np.stack([grid[:, 0], before, grid[:, 1]], axis=1))


def _lanes(document: Document, layout: Layout, boxes: Boxes) -> Iterator[Finding]:
    for gate in layout.gates:
        points = lane_points(gate, HEAD_M)
        share = float(_any(layout, points, boxes).mean())
        if share < 1:
            what = "is seen by no camera" if share == 0 else f"is seen only in {share:.0%} of its length and width"
            problem = document.bad(
                f"the lane of {gate.id} {what} at {HEAD_M} m",
                "gates",
                gate.id,
                hint="whoever passes there can be followed only from the inside on",
            )
            yield of_bad_file(problem, "lanes", Severity.WARNING)


def _floor(document: Document, layout: Layout, boxes: Boxes) -> Iterator[Finding]:
    points = floor_grid(layout).points(HEAD_M)
    visible = _any(layout, points, boxes)
    blind = float((~visible).mean())
    if blind >= BLIND_SHARE:
        middle = points[~visible].mean(axis=0)
        problem = document.bad(
            f"{blind:.1%} of the sales floor is seen by no camera at {HEAD_M} m",
            "inside_m",
            found=f"blind cells around [{middle[0]:.2f}, {middle[1]:.2f}]",
            hint="`rig store coverage` maps them",
        )
        yield of_bad_file(problem, "floor", Severity.WARNING)
