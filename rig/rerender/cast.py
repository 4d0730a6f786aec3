"""Everybody of a recorded run on a stage of its own: bodies as they were dressed, and what they brought on wheels."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import cast

from contracts.geometry import Pose
from contracts.layout import Layout
from contracts.steps import ShopperPlan
from contracts.truth import TruePerson
from rig.rerender.history import History, Moment
from rig.rerender.limbs import feet_of, parts_of
from twin.bodies import Bodies
from twin.pose_rows import PoseRows
from twin.props import Props
from twin.shopper.actor import Actor, Company
from twin.shopper.floor import Floor
from twin.shopper.luggage import Luggage
from twin.shopper.wheels import Wheels
from twin.stage import Guise, Segment, Stage

HELD_M = 0.08
"""Both hands so near its handle, somebody holds what they push."""


class Boards:
    """As much of a stage as bodies need that only stand there.

    Args:
        layout: the store.
        props: what draws them.
        skinned: whether skin is seen.
    """

    def __init__(self, layout: Layout, props: Props, *, skinned: bool) -> None:
        self.layout, self.now_ns = layout, 0
        self.bodies = Bodies(props, (), skinned=skinned)

    def add_body(self, shopper: str, segments: tuple[Segment, ...], guise: Guise | None = None) -> None:
        """Create a body, out of sight until first moved."""
        self.bodies.add(shopper, segments, guise)

    def move_body(self, shopper: str, poses: Sequence[Pose]) -> None:
        """Put every part where it is now."""
        self.bodies.move(shopper, poses)

    def remove_body(self, shopper: str) -> None:
        """Take a body out of the scene."""
        self.bodies.remove(shopper)


class Extra:
    """One shopper, put wherever the recording says.

    Args:
        plan: how tall, in what, with what.
        company: the others and the stage.
        rank: place in the order of arrival.
    """

    def __init__(self, plan: ShopperPlan, company: Company, rank: int) -> None:
        self.name = plan.name
        self._actor, self._stage = Actor(plan, company, rank), company.stage
        self._proportions = self._actor.puppet.body.proportions
        self._stage.add_body(plan.name, self._actor.puppet.body.segments(), self._actor.guise)
        wheels = self._actor.wheels
        self._luggage = Luggage(company.stage, self._actor, wheels) if wheels else None

    def stand(self, person: TruePerson, before: Callable[[], Sequence[TruePerson]]) -> None:
        """Stand as recorded.

        Args:
            person: now.
            before: tells how it stood at each earlier look, latest first: what is pushed stays where it was last held.
        """
        self._stage.move_body(self.name, PoseRows(parts_of(person, self._proportions)))
        wheels = self._actor.wheels
        if wheels is None or self._luggage is None:
            return
        if not self._holds(wheels, person):
            person = next((each for each in before() if self._holds(wheels, each)), person)
        feet = feet_of(person, self._proportions)
        wheels.at, wheels.yaw = wheels.kind.pivot(feet, person.heading), person.heading
        self._luggage.move()

    def leave(self) -> None:
        """Go away, with all that one brought."""
        self._stage.remove_body(self.name)
        if self._luggage is not None:
            self._luggage.remove()

    def _holds(self, wheels: Wheels, person: TruePerson) -> bool:
        if wheels.ridden:
            return True
        (x, y), c, s = feet_of(person, self._proportions), math.cos(person.heading), math.sin(person.heading)
        joint = {each.name: each.position for each in person.joints}
        for side, grip in wheels.kind.grips(self._actor.plan.height_m).items():
            hand = (x + c * grip[0] - s * grip[1], y + s * grip[0] + c * grip[1], grip[2])
            if math.dist(hand, joint[f"{side}_hand"]) > HELD_M:
                return False
        return True


class Extras:
    """Everybody of a run.

    Args:
        boards: the stage.
        plans: the shoppers.
        seed: the scenario's.
    """

    def __init__(self, boards: Boards, plans: Sequence[ShopperPlan], seed: int) -> None:
        self._boards = boards
        # Who only stands there asks nothing else of a stage.
        company = Company(cast(Stage, boards), seed, Floor(boards.layout))
        ranked = sorted(plans, key=lambda each: (each.arrives_ns, each.name))
        self._all = {plan.name: Extra(plan, company, rank) for rank, plan in enumerate(ranked)}
        self._there: set[str] = set()

    def show(self, moment: Moment, history: History) -> None:
        """Put everybody where they were; moments must come in order, since who has left does not come back."""
        for name in sorted(self._there - moment.people.keys()):
            self._all[name].leave()
        self._there = set(moment.people)
        for name, person in moment.people.items():
            self._all[name].stand(person, lambda name=name: _before(history, name, moment.t_ns))  # type: ignore[misc]
        self._boards.bodies.draw()


def _before(history: History, name: str, t_ns: int) -> Sequence[TruePerson]:
    """Return how somebody stood at each look up to a time, latest first."""
    looks = zip(history.looks, history.people, strict=True)
    return [people[name] for when, people in looks if when <= t_ns and name in people][::-1]
