"""Touching an item without taking it."""

from __future__ import annotations

from contracts.steps import Touch
from twin.shopper.actor import Actor, Moves
from twin.shopper.acts.shelf import boxes, choose_hands, come_within_reach, need_inside, shelf, standing
from twin.shopper.acts.take import reach_in
from twin.shopper.grip import to_touch
from twin.shopper.handling import draw_back, let_hang, reach_to
from twin.shopper.problem import CannotDo
from twin.shopper.puppet import FRAME_S
from twin.shopper.stance import Front

_PRESS_M = 0.004
"""How far fingers sink in; hands are soft, so this presses with some 200 g."""
_PRESS_S = 0.35


def touch(actor: Actor, step: Touch) -> Moves:
    """Reach for an item, press it and let go."""
    need_inside(actor)
    sides = choose_hands(actor, "")
    goods = standing(actor, step.product, step.place)
    if not goods:
        raise CannotDo(f"no {step.product} is left to touch")
    front = Front.of(shelf(actor.company.layout, goods[0].shelf))
    (box,) = boxes(front, goods[:1])
    reach = to_touch(actor.puppet.body.proportions, front, box, _PRESS_M)
    stance = yield from come_within_reach(actor, sides, front, reach.goals, f"{step.product} on {front.name}")
    yield from reach_in(actor, reach, stance)
    side = stance.side
    for _ in range(round(_PRESS_S / FRAME_S)):
        yield
    yield from reach_to(actor, side, [reach.lifted, reach.out], actor.tempo(0.5))
    yield from draw_back(actor, side, actor.tempo(0.3))
    let_hang(actor, side)
