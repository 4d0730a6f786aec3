"""Going out through an exit gate, alone or right behind somebody."""

from __future__ import annotations

from contracts.records import Direction
from contracts.steps import Leave
from twin.shopper.actor import Actor, Moves
from twin.shopper.acts import gates
from twin.shopper.problem import CannotDo

_ON_M = 1.2


def leave(actor: Actor, step: Leave) -> Moves:
    """Go out, walk on outside, and vanish."""
    if not actor.inside:
        raise CannotDo("not in the store")
    gate = gates.pick(actor, step.gate, Direction.OUT)
    try:
        if step.follow:
            yield from gates.tail(actor, gate, Direction.OUT, step.follow)
        else:
            yield from gates.line_up(actor, gate, Direction.OUT)
            yield from gates.wait_open(actor, gate, Direction.OUT)
        yield from gates.cross(actor, gate, Direction.OUT, _ON_M, touching=step.follow)
    finally:
        gates.quit_line(actor, gate)
    actor.vanish()
