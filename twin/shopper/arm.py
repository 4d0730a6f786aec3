"""Two-link inverse kinematics: where the elbow (or knee) is when both ends of the limb are given."""

from __future__ import annotations

import math
from typing import NamedTuple

from contracts.geometry import Vec3
from twin.shopper.vec import add, dot, norm, scale, sub, unit


class Bend(NamedTuple):
    """A bent limb.

    Args:
        middle: elbow or knee, metres.
        end: wrist or ankle, metres; the target if that was within reach, else as near as the limb gets.
        missed_m: distance between end and target.
    """

    middle: Vec3
    end: Vec3
    missed_m: float


def bend(root: Vec3, target: Vec3, upper_m: float, lower_m: float, pole: Vec3) -> Bend:
    """Bend a limb so that its end meets the target.

    Args:
        root: shoulder or hip, metres.
        target: where the wrist or ankle should be, metres.
        upper_m: length of the first link.
        lower_m: length of the second link.
        pole: direction to which the middle joint tends.
    """
    line = sub(target, root)
    wanted = norm(line)
    reach = min(max(wanted, abs(upper_m - lower_m) + 1e-6), upper_m + lower_m)
    axis = unit(line)
    end = add(root, scale(axis, reach))
    # Law of cosines: how far along the line the middle joint stands, and how far beside it.
    along = (reach * reach + upper_m * upper_m - lower_m * lower_m) / (2 * reach)
    aside = math.sqrt(max(upper_m * upper_m - along * along, 0.0))
    middle = add(root, add(scale(axis, along), scale(_across(axis, pole), aside)))
    return Bend(middle, end, abs(wanted - reach))


def _across(axis: Vec3, pole: Vec3) -> Vec3:
    """Return the unit direction across an axis that is nearest to the pole; any one if the pole is along the axis."""
    for wish in (pole, (1.0, 0.0, 0.0), (0.0, 1.0, 0.0)):
        side = sub(wish, scale(axis, dot(wish, axis)))
        if norm(side) > 1e-6:
            return unit(side)
    raise AssertionError("an axis cannot be along x and y")
