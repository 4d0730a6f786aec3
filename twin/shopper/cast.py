"""The cast: every shopper of a run, moved together sixty times a second."""

from __future__ import annotations

from collections.abc import Sequence

from contracts.errors import UsageError
from contracts.records import Direction
from contracts.steps import Enter, ShopperPlan
from contracts.truth import TruePerson, TrueStep
from twin.shopper.actor import Actor, Company, Moves
from twin.shopper.acts import gates
from twin.shopper.acts.arrive import arrive
from twin.shopper.body import joints
from twin.shopper.floor import Floor
from twin.shopper.luggage import Luggage
from twin.shopper.path import reachable
from twin.shopper.pedestrians import Pedestrians
from twin.shopper.problem import CannotDo
from twin.shopper.script import act_out
from twin.stage import Stage

_APART_M = 0.6


class Cast:
    """Acts out the plans of all shoppers.

    Args:
        stage: where they act.
        plans: their scripts; names must differ.
        seed: the scenario's seed; clothes and tempo are drawn from it.

    Raises:
        UsageError: two shoppers have one name.
    """

    def __init__(self, stage: Stage, plans: Sequence[ShopperPlan], seed: int) -> None:
        names = [plan.name for plan in plans]
        if len(set(names)) < len(names):
            twice = sorted({name for name in names if names.count(name) > 1})
            raise UsageError("two shoppers have one name", expected="unique names", found=", ".join(twice))
        self._company = Company(stage, seed, Floor(stage.layout))
        if any(plan.engine == "pedestrians" for plan in plans):
            self._company.pedestrians = Pedestrians(stage.layout)
        self._told: list[TrueStep] = []
        self._scripts: dict[str, Moves] = {}
        self._luggage: dict[str, Luggage] = {}
        for rank, plan in enumerate(sorted(plans, key=lambda each: (each.arrives_ns, each.name))):
            actor = Actor(plan, self._company, rank)
            self._company.actors[plan.name] = actor
            self._scripts[plan.name] = act_out(actor, self._told.append)
            stage.add_body(plan.name, actor.puppet.body.segments(), actor.guise)
            if actor.wheels:
                self._luggage[plan.name] = Luggage(stage, actor, actor.wheels)

    @property
    def finished(self) -> bool:
        """Whether every script has come to its end."""
        return all(actor.finished or actor.gone for actor in self._company.actors.values())

    def advance(self) -> None:
        """Move every body on by one frame of 1/60 s, in order of arrival, and put it on the stage."""
        if self._company.pedestrians is not None:
            self._company.pedestrians.advance(self._company.traffic.at)
        for actor in self._company.actors.values():
            if not actor.present and not actor.gone:
                self._arrive(actor)
            if actor.present:
                next(self._scripts[actor.name], None)
            elif actor.gone and not actor.finished:
                # Steps after somebody went away are told at once.
                for _ in self._scripts[actor.name]:
                    pass
        self._show()

    def _show(self) -> None:
        """Put every body, and what it brought, on the stage."""
        for actor in self._company.actors.values():
            if actor.present:
                actor.puppet.settle()
                self._company.stage.move_body(actor.name, actor.puppet.body.poses(actor.puppet.skeleton))
                if actor.name in self._luggage:
                    self._luggage[actor.name].move()
            elif actor.gone and actor.name in self._luggage:
                self._luggage.pop(actor.name).remove()

    def people(self) -> tuple[TruePerson, ...]:
        """Return every body that is in the scene, in order of arrival."""
        return tuple(
            TruePerson(actor.name, joints(actor.puppet.skeleton), actor.puppet.yaw)
            for actor in self._company.actors.values()
            if actor.present
        )

    def steps(self) -> list[TrueStep]:
        """Return what was told since the last call: steps that began and ended."""
        told = list(self._told)
        self._told.clear()
        return told

    def _arrive(self, actor: Actor) -> None:
        """Bring a shopper into the street before the gate, once it is time and there is room."""
        company = self._company
        if company.stage.now_ns < actor.plan.arrives_ns:
            return
        first = actor.plan.steps[0] if actor.plan.steps else Enter()
        try:
            gate = gates.pick(actor, first.gate if isinstance(first, Enter) else "", Direction.IN)
        except CannotDo:
            # No such gate: the script will say so, from wherever there is floor.
            x0, y0, x1, y1 = company.layout.inside_m
            actor.appear(((x0 + x1) / 2, (y0 + y1) / 2), 0.0)
            return
        if actor.wheels:
            arrive(actor, actor.wheels, gate)
            return
        floor = company.floor
        street = reachable(floor, floor.free, gates.before(gate, Direction.IN, gates.FIRST_M))
        room = floor.without(company.traffic.others(actor.name), _APART_M)
        spot = floor.nearest(gates.before(gate, Direction.IN, gates.street_m(actor, gate)), room, street)
        if spot is not None:
            actor.appear(spot, gates.heading(gate, Direction.IN))
