"""Coming in: with a phone, a palm or nothing, on one's own account or a host's, or right behind somebody."""

from __future__ import annotations

import contextlib
from dataclasses import replace

from contracts.biometrics import reads
from contracts.layout import GateInfo
from contracts.records import Direction
from contracts.steps import Enter, ShopperPlan
from twin.shopper import path
from twin.shopper.actor import Actor, Moves
from twin.shopper.acts import gates
from twin.shopper.going import go
from twin.shopper.handling import let_hang, reach_to
from twin.shopper.problem import CannotDo, WentAway
from twin.shopper.puppet import FRAME_S

# Where a hand shows a phone or a palm: metres ahead, to the left, and height over the body's.
_SHOWN = (0.36, -0.20, 0.60)
_SHOW_AGAIN_S = 4.0


def enter(actor: Actor, step: Enter) -> Moves:
    """Come in through an entry gate, or go away again."""
    if actor.inside:
        raise CannotDo("already in the store")
    gate = gates.pick(actor, step.gate, Direction.IN)
    try:
        if step.follow:
            yield from gates.tail(actor, gate, Direction.IN, step.follow)
            yield from gates.cross(actor, gate, Direction.IN, touching=step.follow)
        else:
            yield from gates.line_up(actor, gate, Direction.IN)
            yield from _ask(actor, gate, step)
            yield from gates.cross(actor, gate, Direction.IN)
    except CannotDo as problem:
        gates.quit_line(actor, gate)
        yield from _go_away(actor, gate)
        raise WentAway(str(problem)) from problem
    actor.inside = True
    gates.quit_line(actor, gate)
    yield from _step_in(actor, gate)


def _ask(actor: Actor, gate: GateInfo, step: Enter) -> Moves:
    """Show what opens the gate, again or what else there is after a while, until it is open."""
    if step.by == "nothing":
        yield from gates.wait_open(actor, gate, Direction.IN)
        return
    holder = _holder(actor, step)
    h = actor.plan.height_m
    spot = actor.puppet.world((_SHOWN[0], _SHOWN[1], _SHOWN[2] * h))
    yield from reach_to(actor, "right", [spot], actor.tempo(0.7))
    since, shown = actor.now_ns, False
    again_ns = actor.now_ns
    while not actor.stage.gate_opens(gate.id, Direction.IN) or not shown:
        if actor.seconds_since(since) > gates.OPENS_WITHIN_S:
            let_hang(actor, "right")
            raise CannotDo("gate did not open")
        if actor.now_ns >= again_ns:
            _show(actor, gate, step, holder)
            step = replace(step, by=step.then or step.by)
            shown, again_ns = True, actor.now_ns + round(_SHOW_AGAIN_S * 1e9)
        yield
    let_hang(actor, "right")
    for _ in range(round(0.2 / FRAME_S)):
        yield


def _holder(actor: Actor, step: Enter) -> ShopperPlan:
    """Return whose phone or palm is shown."""
    if not step.guest_of:
        return actor.plan
    host = actor.company.actors.get(step.guest_of)
    if host is None:
        raise CannotDo(f"there is no shopper {step.guest_of}")
    return host.plan


def _show(actor: Actor, gate: GateInfo, step: Enter, holder: ShopperPlan) -> None:
    """Hold the code or the palm before the gate's device."""
    if step.by == "qr":
        if not gate.scanner:
            raise CannotDo(f"{gate.id} has no scanner")
        actor.stage.show_code(gate.scanner, _code(actor, holder), holder.name)
    elif step.by in ("face", "fingerprint"):
        if not reads(gate.bio_reads, step.by):
            raise CannotDo(f"{gate.id} reads no {step.by}")
        actor.stage.show_palm(gate.bio_reader, "", actor.name)
    else:
        if not gate.palm_reader:
            raise CannotDo(f"{gate.id} has no palm reader")
        actor.stage.show_palm(gate.palm_reader, holder.palm, holder.name)


def _code(actor: Actor, holder: ShopperPlan) -> bytes:
    """Return what is on a phone now; without a phone, on a member card."""
    if holder.phone is not None:
        return actor.stage.counter.phones[holder.phone.id].code(actor.now_ns, _places(actor, holder))
    if not holder.code:
        raise CannotDo(f"{holder.name} has no code to show")
    return holder.code


def _places(actor: Actor, holder: ShopperPlan) -> int:
    """Return how many come in on a phone's code: its owner and their guests."""
    plans = [each.plan for each in actor.company.actors.values()]
    steps = [step for plan in plans for step in plan.steps]
    return 1 + sum(isinstance(step, Enter) and step.guest_of == holder.name for step in steps)


def _step_in(actor: Actor, gate: GateInfo) -> Moves:
    """Walk on a little, so that the next one can come in."""
    floor, traffic = actor.company.floor, actor.company.traffic
    part = path.reachable(floor, floor.free, actor.place)
    ideal = gates.before(gate, Direction.IN, -1.4)
    spot = floor.nearest(ideal, floor.roomy & floor.without(traffic.others(actor.name), 0.55), part)
    if spot is not None:
        yield from go(actor, spot)


def _go_away(actor: Actor, gate: GateInfo) -> Moves:
    """Turn round, walk off and vanish; where the way back is blocked for good, vanish on the spot."""
    with contextlib.suppress(CannotDo):
        yield from go(actor, gates.before(gate, Direction.IN, gates.STREET_M))
    actor.vanish()
