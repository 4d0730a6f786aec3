"""Where the lanes are: what is inside, near a gate, or through it."""

from __future__ import annotations

import math

from contracts.geometry import Vec3
from contracts.layout import GateInfo, Layout

SIDE_M = 0.2
"""A head is found this far beside a lane at most: railings hold the body, the rest is error. Lanes lie side by side."""
IN_M = -0.15
"""A head this far along a lane counts as inside; people lean forward before their feet have passed."""
OUT_M = -0.3
"""... and this far as outside; the gap keeps a head on the line from flickering."""
LANE_M = 2.0
"""Beyond this distance a gate says nothing about where somebody is."""
EDGE_M = 0.5
"""The surveyed sales floor is trusted to this much ..."""
FRONT_M = 3.0
"""... but not so near beside a gate whose line says that it is the street: people walk past and wait at the window."""


class Lanes:
    """Questions about gates and the sales floor."""

    def __init__(self, layout: Layout) -> None:
        self.entries = tuple(gate for gate in layout.gates if gate.entry)
        self.exits = tuple(gate for gate in layout.gates if gate.exit)
        self._gates, self._floor = layout.gates, layout.inside_m

    def inside(self, head: Vec3) -> bool:
        """Whether somebody is on the sales floor, past every gate that is near."""
        if not self._on_floor(head, EDGE_M):
            return False
        outside = [gate for gate in self._gates if along(gate, head) < IN_M]
        if any(in_lane(gate, head) for gate in outside):
            return False
        beside = any(distance(gate.pose.position, head) < FRONT_M for gate in outside)
        return not beside or self._on_floor(head, 0.0)

    def _on_floor(self, head: Vec3, slack_m: float) -> bool:
        x_min, y_min, x_max, y_max = self._floor
        across = x_min - slack_m <= head[0] <= x_max + slack_m
        return across and y_min - slack_m <= head[1] <= y_max + slack_m

    def out_at(self, head: Vec3) -> GateInfo | None:
        """Return the exit gate through which somebody has just gone."""
        return next((gate for gate in self.exits if in_lane(gate, head) and along(gate, head) < OUT_M), None)

    def entry_within(self, head: Vec3, reach_m: float) -> bool:
        """Whether an entry gate is so near."""
        return any(distance(gate.pose.position, head) <= reach_m for gate in self.entries)

    def exit_within(self, head: Vec3, reach_m: float) -> bool:
        """Whether an exit gate is so near."""
        return any(distance(gate.pose.position, head) <= reach_m for gate in self.exits)


def along(gate: GateInfo, head: Vec3) -> float:
    """Return how far into the store a head is from a gate's line, metres."""
    return float(gate.pose.unapply((head[0], head[1], gate.pose.position[2]))[0])


def in_lane(gate: GateInfo, head: Vec3) -> bool:
    """Whether a head is in the strip of floor before and behind a gate."""
    x, y, _ = gate.pose.unapply((head[0], head[1], gate.pose.position[2]))
    return abs(float(x)) <= LANE_M and abs(float(y)) <= gate.width_m / 2 + SIDE_M


def distance(a: Vec3, b: Vec3) -> float:
    """Return the distance over the floor, metres."""
    return math.hypot(a[0] - b[0], a[1] - b[1])
