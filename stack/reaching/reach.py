"""Finds hands in shelves, and whose they are: the light curtain at each front, and the way along the body to a head."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from contracts.geometry import Floats, vec3
from contracts.layout import Gondola, Layout
from contracts.records import Frame
from stack.reaching.branching import rivals, straighten
from stack.reaching.posture import Posture
from stack.reaching.rooted import root_of
from stack.reaching.slab import Hand, arms, find_hand, shelf_at
from stack.reaching.touching import Arm, Head, touching, untangle
from stack.sightings import Person, Reach
from stack.tracking.depthview import DepthView, View
from stack.tracking.heightmap import CELL_M

SOFT_M = 0.15
"""Distance over which the odds of a hand's owner fall by e.

Source: calibrated on simulated reaches of two people side by side.
"""

ARM_M = 1.05
"""Nobody's hand is farther from the head than this, seen from above."""

GAP_M = 0.35
"""What a break in the body's surface counts: a head that no surface leads to is this much farther away."""

FOLLOWED = 0.5
"""A hand that more likely belongs to somebody who is not followed is not reported."""

CURTAIN_M = 0.05
"""What is seen this far before the front goes through it: goods lie behind it."""

NOBODY_M = 1.3
"""A head this far along the body is as likely as a hand of somebody who is not followed."""


HEAD_M = 0.1
"""What of the surface round its top is a head."""


class HandFinder:
    """Hands in shelves, capture after capture.

    Args:
        layout: the store as surveyed.
        view: the joined depth frames, shared with the person tracker; None makes an own one.
    """

    def __init__(self, layout: Layout, view: DepthView | None = None) -> None:
        self._layout = layout
        self._own = view is None
        self._view = view or DepthView(layout)
        self._fronts = _fronts(layout.gondolas)
        self._posture = Posture()

    def update(self, frames: Sequence[Frame], people: Sequence[Person]) -> list[Reach]:
        """Return the hands in the shelves at one capture time.

        Args:
            frames: the depth frames of one capture time; cameras may be missing.
            people: everybody who is followed now.
        """
        if self._own:
            self._view.guard(person.head[:2] for person in people)
        self._posture.update(people)
        view = self._view.look(frames)
        if view is None or not people:
            return []
        return [reach for front in self._fronts for reach in self._at(front, view, people)]

    def _at(self, front: tuple[Gondola, ...], view: View, people: Sequence[Person]) -> list[Reach]:
        """Return the hands along one front: racks side by side are cut into arms as one."""
        numbers = [self._layout.gondolas.index(gondola) for gondola in front]
        mine = np.nonzero(np.isin(view.rack, numbers))[0]
        world = view.points[mine].astype(float)
        found = arms(front[0].pose.unapply(world))
        ways = [self._way(view, world[arm], front[0], people) for arm in found]
        self._untangle(view, ways, people)
        reaches = []
        for arm, way in zip(found, ways, strict=True):
            gondola = min(front, key=lambda g: abs(_tip(g, world[arm])) - g.width_m / 2)
            cameras = [self._layout.camera[name] for name in view.cameras]
            hand = find_hand(gondola.pose.unapply(world), arm, gondola, cameras)
            owners = _odds(way.far)
            if sum(p for _, p in owners) > FOLLOWED and self._posture.reaches(owners[0][0], gondola, hand):
                seen_by = {view.cameras[int(n)] for n in view.camera[mine[arm]]}
                reach = _reach(gondola, view, hand, owners, tuple(sorted(seen_by)))
                depths = gondola.pose.unapply(world[arm])[:, 1]
                span = (float(depths.min()), float(depths.max()))
                reaches.append(replace(reach, roots=self._roots(way, people), span_m=span))
        return reaches

    def _way(self, view: View, arm: Floats, front: Gondola, people: Sequence[Person]) -> Arm:
        """Return how far it is from an arm to each head.

        Args:
            view: one moment.
            arm: (N, 3) its points, world.
            front: a rack of the front.
            people: everybody who is followed now.
        """
        from stack.reaching.geodesic import STEP_M, spread  # late: numba takes half a second to import

        grid = self._view.grid
        seeds = np.floor((arm[:, :2] - (grid.x0, grid.y0)) / CELL_M).astype(np.int64)
        way = spread(view.heights, seeds, CELL_M, 2.0, STEP_M)
        depths = front.pose.unapply(arm)[:, 1]
        # What goes through the front is an arm; then a break in the surface is somebody else in the way.
        crosses = bool(depths.min() < -CURTAIN_M)
        x, y, z = arm.mean(axis=0)
        far = {}
        for person in people:
            flat = math.hypot(person.head[0] - x, person.head[1] - y)
            part = way[grid.window(person.head[0], person.head[1], HEAD_M)]
            along = float(part.min()) if part.size else math.inf
            if flat < ARM_M and math.isfinite(along):
                far[person.track] = along
            elif flat < ARM_M and crosses:
                far[person.track] = flat + abs(person.head[2] - z) / 2 + GAP_M
        tip = seeds[int(np.argmax(depths))]
        return Arm((int(tip[0]), int(tip[1])), way, far)

    def _untangle(self, view: View, ways: Sequence[Arm], people: Sequence[Person]) -> None:
        """Correct the ways of arms that touch, and of those that may be of two people."""
        meet = {track for pair in touching(ways) for track in pair}
        tracks = meet.union(*(rivals(way) for way in ways))
        heads = {p.track: self._head(view, p) for p in people if p.track in tracks}
        straighten(ways, heads)
        untangle(ways, {track: head for track, head in heads.items() if track in meet})

    def _roots(self, arm: Arm, people: Sequence[Person]) -> tuple[tuple[str, tuple[float, float]], ...]:
        """Return where the arm would leave each body that it may belong to."""
        grid = self._view.grid
        cells = {p.track: root_of(arm, grid.cell(*p.head[:2])) for p in people if p.track in arm.far}
        found = ((track, cell) for track, cell in sorted(cells.items()) if cell)
        return tuple((track, (grid.x0 + i * CELL_M, grid.y0 + j * CELL_M)) for track, (i, j) in found)

    def _head(self, view: View, person: Person) -> Head:
        from stack.reaching.geodesic import STEP_M, spread

        grid = self._view.grid
        i, j = grid.window(person.head[0], person.head[1], HEAD_M)
        seeds = np.stack(np.meshgrid(np.arange(i.start, i.stop), np.arange(j.start, j.stop)), axis=-1).reshape(-1, 2)
        return Head(grid.cell(*person.head[:2]), spread(view.heights, seeds, CELL_M, 2.0, STEP_M))


def _odds(far: dict[str, float]) -> tuple[tuple[str, float], ...]:
    """Turn distances into probabilities, most likely first; what is missing to 1 is nobody who is followed."""
    if not far:
        return ()
    weight = {track: math.exp(-(d - NOBODY_M) / SOFT_M) for track, d in far.items()}
    total = sum(weight.values()) + 1.0
    return tuple(sorted(((t, w / total) for t, w in weight.items()), key=lambda pair: (-pair[1], pair[0])))


def _reach(
    gondola: Gondola, view: View, hand: Hand, owners: tuple[tuple[str, float], ...], cameras: tuple[str, ...]
) -> Reach:
    shelf = shelf_at(gondola, hand.centre[2])
    return Reach(
        t_ns=view.t_ns,
        gondola=gondola.id,
        hand=vec3(gondola.pose.apply(hand.centre)),
        depth_m=hand.centre[1],
        owners=owners,
        cameras=cameras,
        sigma_m=hand.sigma_m,
        shelf=shelf.id if shelf else "",
        hidden=hand.hidden,
    )


def _tip(gondola: Gondola, arm: Floats) -> float:
    """Return the x of the deepest point of an arm in a rack's frame."""
    local = gondola.pose.unapply(arm)
    return float(local[np.argmax(local[:, 1]), 0])


def _fronts(gondolas: Sequence[Gondola]) -> list[tuple[Gondola, ...]]:
    """Group racks whose fronts lie in one plane."""
    groups: list[list[Gondola]] = []
    for gondola in gondolas:
        for group in groups:
            _, y, _ = group[0].pose.unapply(gondola.pose.position)
            if abs(y) < 0.05 and math.cos(group[0].pose.yaw - gondola.pose.yaw) > 0.999:
                group.append(gondola)
                break
        else:
            groups.append([gondola])
    return [tuple(group) for group in groups]
