"""Coming into the street before a gate with what has wheels."""

from __future__ import annotations

from contracts.layout import GateInfo
from contracts.records import Direction
from twin.shopper import path
from twin.shopper.actor import Actor
from twin.shopper.acts import gates
from twin.shopper.lattice import nearest_heading
from twin.shopper.rolling import lattice_of
from twin.shopper.wheels import Wheels

_APART_M = 0.6


def arrive(actor: Actor, wheels: Wheels, gate: GateInfo) -> None:
    """Appear facing the gate, once there is room for all of it; else later."""
    company, yaw = actor.company, gates.heading(gate, Direction.IN)
    floor = company.floor
    street = path.reachable(floor, floor.free, gates.before(gate, Direction.IN, gates.FIRST_M))
    room = floor.without(company.traffic.others(actor.name), _APART_M) & street
    free = lattice_of(actor, wheels, room).free[nearest_heading(yaw)]
    feet = gates.before(gate, Direction.IN, gates.STREET_M + min(wheels.kind.ahead_m, 0.5))
    spot = floor.nearest(wheels.kind.pivot(feet, yaw), free)
    if spot is not None:
        actor.appear(wheels.kind.feet(spot, yaw), yaw)
