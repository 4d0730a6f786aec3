"""Lines before gates and the way through them."""

from __future__ import annotations

import math

from contracts.layout import GateInfo
from contracts.records import Direction
from twin.shopper.actor import Actor, Moves
from twin.shopper.going import face, follow_line, go
from twin.shopper.problem import CannotDo
from twin.shopper.vec import Vec2
from twin.shopper.waiting import idle
from twin.shopper.wheels import needed_m

FIRST_M = 0.75
"""How far before the gate's line the first of a line stands; so far behind it, a lane has been walked through."""
_NEXT_M = 0.60
STREET_M = 2.0
"""How far before the gate shoppers appear and vanish."""
OPENS_WITHIN_S = 10.0
_LINE_S = 300.0
_CATCH_UP = 1.4
"""How much faster than usual a tailgater walks to close up."""
_TAIL_S = 2.0
"""How long after somebody has passed one may still slip through behind."""


def pick(actor: Actor, gate: str, direction: Direction) -> GateInfo:
    """Return a gate by id, or the entry with the shortest line, or the nearest exit.

    Raises:
        CannotDo: there is none.
    """
    layout = actor.company.layout
    if gate:
        if gate not in layout.gate:
            raise CannotDo(f"there is no gate {gate}")
        return layout.gate[gate]
    fits = [each for each in layout.gates if (each.entry if direction is Direction.IN else each.exit)]
    if not fits:
        raise CannotDo("the store has no way " + ("in" if direction is Direction.IN else "out"))
    # With a pram or the like, the ones that are wide enough; if none is, whoever checks scenarios has said so.
    needed = needed_m(actor.plan.pushes, seated=actor.plan.seated)
    fits = [each for each in fits if each.width_m >= needed] or fits
    if direction is Direction.IN:
        queues = actor.company.queues
        # Where they stand already, or the first of those with the shortest line.
        return min(fits, key=lambda each: (actor.name not in queues.get(each.id, ()), len(queues.get(each.id, ()))))
    return min(fits, key=lambda each: math.dist(each.pose.position[:2], actor.place))


def before(gate: GateInfo, direction: Direction, metres: float) -> Vec2:
    """Return the point so far before a gate's line; negative = behind it."""
    sign = -1.0 if direction is Direction.IN else 1.0
    x, y, _ = gate.pose.apply((sign * metres, 0.0, 0.0)).tolist()
    return (x, y)


def street_m(actor: Actor, gate: GateInfo) -> float:
    """Return how far before a gate somebody appears: behind the end of its line."""
    return max(STREET_M, FIRST_M + _NEXT_M * len(actor.company.queues.get(gate.id, ())))


def heading(gate: GateInfo, direction: Direction) -> float:
    """Return the heading of somebody who goes through, radians."""
    return gate.pose.yaw + (0.0 if direction is Direction.IN else math.pi)


def join(actor: Actor, gate: GateInfo, leader: str = "") -> None:
    """Stand in line: at its end, or right behind a leader who is in it."""
    queue = actor.company.queues.setdefault(gate.id, [])
    if actor.name not in queue:
        queue.insert(queue.index(leader) + 1 if leader in queue else len(queue), actor.name)


def quit_line(actor: Actor, gate: GateInfo) -> None:
    """Leave the line."""
    queue = actor.company.queues.get(gate.id, [])
    if actor.name in queue:
        queue.remove(actor.name)


def line_up(actor: Actor, gate: GateInfo, direction: Direction) -> Moves:
    """Stand in line until first, and then before the gate."""
    join(actor, gate)
    queue = actor.company.queues[gate.id]
    while True:
        index = queue.index(actor.name)
        spot = _spot(actor, gate, direction, index)
        if math.dist(actor.place, spot) > 0.05:
            yield from go(actor, spot, yaws=(heading(gate, direction),))
        if index == 0 and queue[0] == actor.name:
            break
        yield from idle(actor, lambda now=index: queue.index(actor.name) != now, _LINE_S)  # type: ignore[misc]
        if queue.index(actor.name) == index:
            raise CannotDo(f"the line before {gate.id} does not move")
    yield from face(actor, heading(gate, direction))


def wait_open(actor: Actor, gate: GateInfo, direction: Direction) -> Moves:
    """Wait before a gate until it opens.

    Raises:
        CannotDo: it did not.
    """
    yield from idle(actor, lambda: actor.stage.gate_opens(gate.id, direction), OPENS_WITHIN_S)
    if not actor.stage.gate_opens(gate.id, direction):
        raise CannotDo("gate did not open")
    spot = _spot(actor, gate, direction, 0)
    if math.dist(actor.place, spot) > 0.1:
        # Made room for somebody meanwhile.
        yield from go(actor, spot, yaws=(heading(gate, direction),))


def tail(actor: Actor, gate: GateInfo, direction: Direction, leader: str) -> Moves:
    """Stand right behind a leader and go when the leader goes.

    Raises:
        CannotDo: the leader does not come, or has been through for too long.
    """
    other = actor.company.actors.get(leader)
    if other is None:
        raise CannotDo(f"there is no shopper {leader}")
    queue = actor.company.queues.setdefault(gate.id, [])
    yield from idle(actor, lambda: leader in queue or other.gone, _LINE_S)
    if leader not in queue:
        raise CannotDo(f"{leader} does not come to {gate.id}")
    join(actor, gate, leader)
    seen = -1
    while other.crossing != gate.id and leader in queue:
        index = queue.index(actor.name)
        if index != seen:
            seen = index
            yield from go(actor, _spot(actor, gate, direction, index), _CATCH_UP)
            continue
        yield
    passed_ns = other.passed_ns.get(gate.id)
    late = passed_ns is not None and actor.seconds_since(passed_ns) > _TAIL_S
    if late and not actor.stage.gate_opens(gate.id, direction):
        raise CannotDo(f"too late to slip through behind {leader}")


def cross(actor: Actor, gate: GateInfo, direction: Direction, beyond_m: float = FIRST_M, touching: str = "") -> Moves:
    """Walk through a lane, and report the moment when the body's middle crosses the gate's line."""
    actor.crossing = gate.id
    told = False
    for _ in follow_line(actor, [before(gate, direction, 0.3), before(gate, direction, -beyond_m)], touching):
        if not told and _behind(actor, gate, direction):
            told = True
            actor.passed_ns[gate.id] = actor.now_ns
            actor.stage.passed(actor.name, gate.id, direction)
        yield
    actor.crossing = ""


def _behind(actor: Actor, gate: GateInfo, direction: Direction) -> bool:
    """Whether a body's middle is behind a gate's line."""
    x = float(gate.pose.unapply((*actor.place, 0.0))[0])
    return x >= 0 if direction is Direction.IN else x <= 0


def _spot(actor: Actor, gate: GateInfo, direction: Direction, index: int) -> Vec2:
    """Return where the so-manieth of a line stands, behind what all up to this one push before them."""
    actors, line = actor.company.actors, actor.company.queues.get(gate.id, [])[:index]
    pushed = [each.wheels.kind.ahead_m for each in (*map(actors.__getitem__, line), actor) if each.wheels]
    spot = before(gate, direction, FIRST_M + _NEXT_M * index + sum(pushed))
    floor = actor.company.floor
    if actor.wheels:
        return spot
    return floor.nearest(spot, floor.free) or spot
