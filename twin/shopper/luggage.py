"""What shoppers bring on wheels, on the stage: the thing itself, and who is pushed in it."""

from __future__ import annotations

from contracts.geometry import Vec3
from contracts.seeds import stream
from twin.shopper.actor import Actor
from twin.shopper.body import Body, dress
from twin.shopper.guise import guise_of
from twin.shopper.puppet import Puppet
from twin.shopper.wheels import Wheels
from twin.stage import Side, Stage

_HEIGHTS_M = (1.55, 1.78)
"""Standing height of who is pushed in a wheelchair: between these."""
_LAP: Vec3 = (0.24, 0.09, 0.62)


class Luggage:
    """One shopper's thing on wheels.

    Args:
        stage: where it is drawn.
        actor: whose it is.
        wheels: where it stands.
    """

    def __init__(self, stage: Stage, actor: Actor, wheels: Wheels) -> None:
        self._stage, self._actor, self._wheels = stage, actor, wheels
        self._rider: Puppet | None = None
        self._rider_name = f"{actor.name}'s passenger"
        stage.add_body(wheels.name, wheels.kind.segments())
        if wheels.kind.name == "wheelchair" and not wheels.ridden:
            seed, height = actor.company.seed, 0.0
            height = round(float(stream(seed, "passenger", actor.name).uniform(*_HEIGHTS_M)), 2)
            body = Body(height, dress(seed, self._rider_name), seated=True)
            self._rider = Puppet(body, wheels.at, wheels.yaw)
            stage.add_body(self._rider_name, body.segments(), guise_of(seed, self._rider_name, height))

    def move(self) -> None:
        """Put it where it stands now."""
        self._stage.move_body(self._wheels.name, self._wheels.poses())
        rider = self._rider
        if rider is not None:
            # Its own hands lie on the lap.
            rider.grips = {side: (_LAP[0], _LAP[1] * _out(side), _LAP[2]) for side in rider.hands}
            rider.move_to(self._wheels.at, self._wheels.yaw)
            rider.settle()
            self._stage.move_body(self._rider_name, rider.body.poses(rider.skeleton))

    def remove(self) -> None:
        """Take it out of the scene."""
        self._stage.remove_body(self._wheels.name)
        if self._rider is not None:
            self._stage.remove_body(self._rider_name)


def _out(side: Side) -> int:
    return 1 if side == "left" else -1
