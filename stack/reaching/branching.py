"""One arm between two bodies: where the ways to their heads part, and how an arm of each would turn there.

The way along the surface leaps from an arm to whichever shoulder it passes. But an arm bends little: that it goes on
straight to one body and would have to turn sharply for the other says more than some centimetres of way.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from stack.reaching.touching import Arm, Head, turn

NEARLY_M = 0.5
"""Ways whose lengths differ more than this leave no doubt; up to there a turn counts the less the more they differ."""
TURN_M = 0.3
"""What it counts, as length of way, when an arm turns by a right angle there.

Source: fitted with the length of way on 450 looks at simulated arms that two people may own (tuning seeds of the
suites): a right angle counted 2.5 times as much as 0.15 m of way; taken as twice, for both were weak there.
"""


def rivals(arm: Arm) -> tuple[str, ...]:
    """Return the two people nearest to an arm where their ways are nearly of one length, else nobody."""
    nearest = sorted(arm.far, key=lambda track: (arm.far[track], track))[:2]
    return tuple(nearest) if len(nearest) == 2 and _doubt(arm, nearest) > 0 else ()


def straighten(arms: Sequence[Arm], along: Mapping[str, Head]) -> None:
    """Make the ways longer that an arm would have to turn for; its `far` is corrected.

    Args:
        arms: arms along one front.
        along: the heads that they may belong to.
    """
    for arm in arms:
        pair = rivals(arm)
        if pair and set(pair) <= along.keys():
            arm.far |= _turned(arm, {track: along[track] for track in pair})


def _turned(arm: Arm, heads: Mapping[str, Head]) -> dict[str, float]:
    whole = arm.way + sum(head.way for head in heads.values())
    place = np.unravel_index(int(np.argmin(whole)), whole.shape)
    cell = (int(place[0]), int(place[1]))
    if not math.isfinite(whole[cell]):
        return {}
    turns = {track: turn(arm, head, cell) for track, head in heads.items()}
    least, doubt = min(turns.values()), _doubt(arm, list(heads))
    return {track: arm.far[track] + doubt * TURN_M * (turns[track] - least) for track in heads}


def _doubt(arm: Arm, pair: Sequence[str]) -> float:
    one, other = (arm.far[track] for track in pair)
    return max(0.0, 1.0 - abs(one - other) / NEARLY_M)
