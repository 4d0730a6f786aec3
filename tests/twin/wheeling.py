"""Plays with what has wheels, on the fake stage: scripts, and who came how near to what."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass

from contracts.clock import SECOND
from contracts.layout import Gondola, Layout
from contracts.steps import Pushed, ShopperPlan, Step
from contracts.truth import TrueStep
from tests.twin.fakestage import FakeStage
from twin.shopper import Cast
from twin.shopper.actor import Actor
from twin.shopper.vec import Vec2


def plan(
    name: str, *steps: Step, at: float = 0.0, pushes: Pushed | None = None, seated: bool = False, speed: float = 1.1
) -> ShopperPlan:
    return ShopperPlan(
        name=name, steps=steps, arrives_ns=round(at * SECOND), code=name.encode(), palm=f"palm-{name}",
        speed_m_s=speed, pushes=pushes or "", seated=seated,
    )  # fmt: skip


@dataclass
class Near:
    """The least distances of a play, metres.

    Args:
        people: between the middles of two bodies.
        ground: between any points of the ground of two shoppers: bodies, and what they brought.
        racks: from any such point to the footprint of a gondola; 0 inside.
        apart: by the two who were nearest.
    """

    people: float = math.inf
    ground: float = math.inf
    racks: float = math.inf
    apart: str = ""


class Play:
    """A run of some plans to its end, watched.

    Args:
        plans: who comes.
        layout: where.
        limit_s: the longest it may take.
    """

    def __init__(self, *plans: ShopperPlan, layout: Layout | None = None, limit_s: float = 240.0) -> None:
        self.stage = FakeStage() if layout is None else FakeStage(layout)
        self.cast = Cast(self.stage, plans, 1)
        self.told: list[TrueStep] = []
        self.near = Near()
        self.trace: dict[str, list[tuple[Vec2, float]]] = {each.name: [] for each in plans}
        self.held: dict[str, list[bool]] = {each.name: [] for each in plans}
        self.parked: dict[str, float] = {}
        while not self.cast.finished:
            assert self.stage.now_ns < limit_s * SECOND, f"not finished: {self.told[-3:]}"
            self.cast.advance()
            self.told += self.cast.steps()
            self._watch()
            self.stage.tick()

    def calls(self, *kinds: str) -> list[tuple[object, ...]]:
        return [call for call in self.stage.calls if call[0] in kinds]

    def moves(self) -> list[tuple[object, ...]]:
        return [call[1:] for call in self.calls("moved")]

    @property
    def problems(self) -> list[tuple[str, str]]:
        return [(step.shopper, step.problem) for step in self.told if step.problem]

    def actor(self, name: str) -> Actor:
        return self.cast._company.actors[name]

    def _watch(self) -> None:
        present = [actor for actor in self.cast._company.actors.values() if actor.present]
        for actor in present:
            self.trace[actor.name].append((actor.place, actor.puppet.yaw))
            if actor.wheels:
                self.held[actor.name].append(actor.wheels.held)
                if not actor.wheels.held:
                    self.parked[actor.name] = actor.wheels.yaw
        measure(self.near, present)


def ground(actor: Actor) -> list[Vec2]:
    """Return the points that a shopper takes of the floor."""
    return [actor.place, *(actor.wheels.ground if actor.wheels else ())]


def measure(near: Near, present: list[Actor]) -> None:
    """Note how near everybody is to one another and to what stands."""
    for a, b in itertools.combinations(present, 2):
        people = math.dist(a.place, b.place)
        if people < near.people:
            near.people, near.apart = people, f"{a.name} and {b.name}"
        near.ground = min(near.ground, *(math.dist(p, q) for p in ground(a) for q in ground(b)))
    for actor in present:
        near.racks = min(near.racks, *(from_racks(actor.company.layout, point) for point in ground(actor)))


def from_racks(layout: Layout, point: Vec2) -> float:
    """Return how far a point is from the footprint of the nearest gondola; 0 inside."""
    return min((_from_rack(gondola, point) for gondola in layout.gondolas), default=math.inf)


def _from_rack(gondola: Gondola, point: Vec2) -> float:
    x, y, _ = gondola.pose.position
    c, s = math.cos(gondola.pose.yaw), math.sin(gondola.pose.yaw)
    u, v = c * (point[0] - x) + s * (point[1] - y), -s * (point[0] - x) + c * (point[1] - y)
    return math.hypot(max(abs(u) - gondola.width_m / 2, 0.0), max(-v, v - gondola.depth_m, 0.0))
