"""One shopper on the stage: the body, what it carries, and what it shares with the company."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from contracts.clock import SECOND
from contracts.geometry import Pose, Vec3
from contracts.layout import Layout
from contracts.seeds import stream
from contracts.steps import Drop, HandTo, PutBack, ShopperPlan, Step
from twin.shopper.body import Body, dress
from twin.shopper.floor import Floor
from twin.shopper.guise import guise_of
from twin.shopper.pedestrians import Pedestrians
from twin.shopper.puppet import Puppet
from twin.shopper.skeleton import SIDES
from twin.shopper.traffic import Traffic
from twin.shopper.vec import Vec2
from twin.shopper.wheels import Wheels, wheels_of
from twin.stage import Side, Stage

Moves = Iterator[None]
"""An act: advances once a frame."""


@dataclass(frozen=True, slots=True)
class Carried:
    """An item that a shopper has.

    Args:
        item: its id.
        product: product id.
        home: where it stood when it was taken, world.
        shelf: the shelf it was taken from.
    """

    item: str
    product: str
    home: Pose
    shelf: str


@dataclass(slots=True)
class Company:
    """All the shoppers of a run and what they share.

    Args:
        stage: the world.
        seed: the scenario's seed.
        floor: where one may walk.
        traffic: who stands where.
        actors: by name, in order of arrival.
        queues: gate id to those who stand in line there, first first.
        spoken_for: item id to the shopper who is about to take it.
        misplaced: shelf id to products that were put there.
        pedestrians: the pedestrian library, if anybody's plan asks for it.
    """

    stage: Stage
    seed: int
    floor: Floor
    traffic: Traffic = field(default_factory=Traffic)
    actors: dict[str, Actor] = field(default_factory=dict)
    queues: dict[str, list[str]] = field(default_factory=dict)
    spoken_for: dict[str, str] = field(default_factory=dict)
    misplaced: dict[str, list[str]] = field(default_factory=dict)
    pedestrians: Pedestrians | None = None

    @property
    def layout(self) -> Layout:
        """The store."""
        return self.stage.layout


class Actor:
    """One shopper.

    Args:
        plan: the script.
        company: the others and the stage.
        rank: place in the order of arrival; the lower goes first where two meet.
    """

    def __init__(self, plan: ShopperPlan, company: Company, rank: int) -> None:
        self.plan = plan
        self.name = plan.name
        self.company = company
        self.rank = rank
        self.guise = guise_of(company.seed, plan.name, plan.height_m, plan.wears)
        clothes = dress(company.seed, plan.name)
        self.puppet = Puppet(Body(plan.height_m, clothes, seated=plan.seated), (0.0, 0.0), 0.0)
        self.wheels = wheels_of(plan.name, plan.pushes, seated=plan.seated)
        self._tempo = stream(company.seed, "tempo", plan.name)
        self.present = False
        self.inside = False
        self.gone = False
        self.finished = False
        self.steps_done = 0
        self.next_step: Step | None = None
        self.held: dict[Side, list[Carried]] = {side: [] for side in SIDES}
        self.bag: list[Carried] = []
        self.route: list[Vec2] = []
        # Asked by somebody to make room (heeded while standing idle), and the place oneself asks for.
        self.asked_by = ""
        self.wants: Vec2 | None = None
        # A hand-over: givers who wait, the one attended to, where that one offers, and whether a hand is there.
        self.summons: list[str] = []
        self.attending = ""
        self.offer: Vec3 | None = None
        self.receiving: Side | None = None
        # At a gate: the one being crossed now, and when the line was last crossed.
        self.crossing = ""
        self.passed_ns: dict[str, int] = {}

    @property
    def stage(self) -> Stage:
        """The world."""
        return self.company.stage

    @property
    def now_ns(self) -> int:
        """Bench time."""
        return self.company.stage.now_ns

    @property
    def place(self) -> Vec2:
        """Where the body stands."""
        return self.puppet.place

    def seconds_since(self, t_ns: int) -> float:
        """Return the seconds since a bench time."""
        return (self.now_ns - t_ns) / SECOND

    def tempo(self, seconds: float) -> float:
        """Return a length of time with this shopper's own small variation."""
        return seconds * float(self._tempo.uniform(0.9, 1.12))

    def appear(self, place: Vec2, yaw: float) -> None:
        """Come into the scene."""
        self.puppet = Puppet(self.puppet.body, place, yaw)
        self.present = True
        self.company.traffic.at[self.name] = place
        if self.wheels:
            self.hold(self.wheels)
            self.roll_to(self.wheels, self.wheels.kind.pivot(place, yaw), yaw)

    def vanish(self) -> None:
        """Leave the scene for good."""
        self.present, self.inside, self.gone = False, False, True
        self.company.traffic.leave(self.name)
        for queue in self.company.queues.values():
            if self.name in queue:
                queue.remove(self.name)
        self.stage.remove_body(self.name)

    def move_to(self, place: Vec2, yaw: float | None = None) -> None:
        """Stand somewhere else in this frame."""
        self.puppet.move_to(place, yaw)
        self.company.traffic.at[self.name] = place

    def hold(self, wheels: Wheels) -> None:
        """Hold on to what has wheels."""
        wheels.held = True
        self.puppet.grips = wheels.kind.grips(self.plan.height_m)

    def let_go(self, wheels: Wheels) -> None:
        """Leave it where it is."""
        wheels.held = False
        self.puppet.grips = None

    def roll_to(self, wheels: Wheels, at: Vec2, yaw: float) -> None:
        """Stand somewhere else in this frame, with what has wheels."""
        wheels.at, wheels.yaw = at, yaw
        self.company.traffic.rolls[self.name] = wheels.ground
        self.move_to(wheels.handle, yaw)

    def carries(self, product: str) -> tuple[Carried, Side | None] | None:
        """Return an item of a product that this shopper has, and the hand that holds it (None: the bag)."""
        for side in SIDES:
            for carried in self.held[side]:
                if carried.product == product:
                    return carried, side
        return next(((carried, None) for carried in self.bag if carried.product == product), None)

    def keeps_in_hand(self, product: str) -> bool:
        """Whether the next step of the script handles an item of this product."""
        return isinstance(self.next_step, PutBack | HandTo | Drop) and self.next_step.product == product
