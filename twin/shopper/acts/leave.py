"""Going out through an exit gate, alone or right behind somebody."""

from __future__ import annotations

from contracts.layout import GateInfo
from contracts.records import Direction
from contracts.steps import Leave
from twin.shopper.actor import Actor, Moves
from twin.shopper.acts import gates
from twin.shopper.acts.showing import phone_of, shown_until
from twin.shopper.problem import CannotDo

_ON_M = 1.2


def _show(actor: Actor, gate: GateInfo) -> Moves:
    """Hold the code on the phone before the scanner of an exit until it opens."""
    phone = phone_of(actor)
    put = lambda: actor.stage.show_code(gate.scanner, phone.code(actor.now_ns), actor.name)  # noqa: E731
    yield from shown_until(actor, put, lambda: actor.stage.gate_opens(gate.id, Direction.OUT))


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
            if gate.scanner and actor.plan.phone:
                yield from _show(actor, gate)
            yield from gates.wait_open(actor, gate, Direction.OUT)
        yield from gates.cross(actor, gate, Direction.OUT, _ON_M, touching=step.follow)
    finally:
        gates.quit_line(actor, gate)
    actor.vanish()
