"""What arms do: smooth reaches along a path, and the way from the hand into the bag and back."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from contracts.geometry import Vec3
from twin.shopper.actor import Actor, Carried, Moves
from twin.shopper.puppet import FRAME_S
from twin.shopper.skeleton import Aim, Trunk
from twin.shopper.vec import lerp
from twin.stage import Side

# Fingers are turned level on this first part of the way, long before they touch anything.
_LEVEL_BY = 0.6


def smooth(t: float) -> float:
    """Return the share of the way at a share of the time of a minimum-jerk reach.

    Source: Flash and Hogan (1985), The coordination of arm movements.
    """
    t = min(max(t, 0.0), 1.0)
    return t * t * t * (10 - 15 * t + 6 * t * t)


def along(points: Sequence[Vec3], share: float) -> Vec3:
    """Return the point at a share of the length of a polyline."""
    lengths = [math.dist(a, b) for a, b in pairwise(points)]
    left = share * sum(lengths)
    for (a, b), length in zip(pairwise(points), lengths, strict=True):
        if left <= length and length > 0:
            return lerp(a, b, left / length)
        left -= length
    return points[-1]


def reach_to(
    actor: Actor,
    side: Side,
    points: Sequence[Vec3],
    seconds: float,
    trunk: Trunk | None = None,
    swivel: float | None = None,
) -> Moves:
    """Move a hand along points in the world, exactly, and the trunk with it.

    Args:
        actor: whose hand.
        side: which hand.
        points: metres, world; the way begins where the hand is.
        seconds: how long it takes.
        trunk: how the trunk is held at the end; None = as it is.
        swivel: how the elbow is held at the end; None = as it is.
    """
    hand, puppet = actor.puppet.hands[side], actor.puppet
    way = [puppet.hand_at(side), *points]
    trunk_from, level_from, swivel_from = puppet.trunk, hand.level, hand.swivel
    trunk, swivel = trunk or trunk_from, swivel_from if swivel is None else swivel
    frames = max(1, round(seconds / FRAME_S))
    for frame in range(1, frames + 1):
        s = smooth(frame / frames)
        puppet.trunk = trunk_from.blend(trunk, s)
        level = level_from + (1 - level_from) * min(s / _LEVEL_BY, 1.0)
        hand.aim = Aim(along(way, s), level, swivel_from + (swivel - swivel_from) * s)
        yield


def draw_back(actor: Actor, side: Side, seconds: float) -> Moves:
    """Bring a hand before the chest, in the body's own frame, and straighten up."""
    hand = actor.puppet.hands[side]
    hand.rest = actor.puppet.carry_point(side)
    hand.aim = None
    for _ in range(max(1, round(seconds / FRAME_S))):
        actor.puppet.straighten()
        yield


def let_hang(actor: Actor, side: Side) -> None:
    """Let an empty hand go back to the body's side."""
    hand = actor.puppet.hands[side]
    hand.aim = None
    hand.rest = actor.puppet.carry_point(side) if actor.held[side] else None


def stow(actor: Actor, side: Side, carried: Carried) -> Moves:
    """Put a held item into the bag."""
    hand = actor.puppet.hands[side]
    hand.aim, hand.rest = None, actor.puppet.bag_point(side)
    for _ in range(round(actor.tempo(0.45) / FRAME_S)):
        actor.puppet.straighten()
        yield
    actor.stage.stow(actor.name, carried.item)
    actor.held[side].remove(carried)
    actor.bag.append(carried)
    let_hang(actor, side)


def unstow(actor: Actor, side: Side, carried: Carried) -> Moves:
    """Take an item out of the bag into a hand, before the chest."""
    hand = actor.puppet.hands[side]
    hand.aim, hand.rest = None, actor.puppet.bag_point(side)
    for _ in range(round(actor.tempo(0.45) / FRAME_S)):
        actor.puppet.straighten()
        yield
    actor.stage.unstow(actor.name, side, carried.item)
    actor.bag.remove(carried)
    actor.held[side].append(carried)
    yield from draw_back(actor, side, actor.tempo(0.4))
