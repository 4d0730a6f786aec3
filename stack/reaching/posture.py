"""Tells an arm that reaches from a shoulder, a hip or a swinging elbow that comes near a front."""

from __future__ import annotations

import math
from collections.abc import Sequence

from contracts.layout import Gondola
from stack.reaching.slab import Hand
from stack.sightings import Person

INSIDE_M = 0.10
"""Whatever is this deep behind the front is reaching."""

STRETCH_M = 0.33
"""A hand this far from the head, seen from above, is stretched out; shoulders and swinging arms stay within it."""

BENT_M = 0.08
"""A head this much lower than it was: its owner bends or crouches, and reaches below the head."""

BELOW_M = 0.35
"""Shoulders of somebody who bends are nearer to the height of the head than this."""

PASSING_M_S = 0.6
"""Who walks faster than this is on the way to somewhere else."""


class Posture:
    """How everybody stands, against how they stood upright."""

    def __init__(self) -> None:
        self._people: dict[str, Person] = {}
        self._upright: dict[str, float] = {}

    def update(self, people: Sequence[Person]) -> None:
        """Take in everybody who is followed now."""
        self._people = {person.track: person for person in people}
        self._upright = {p.track: max(p.head[2], self._upright.get(p.track, 0.0)) for p in people}

    def reaches(self, track: str, gondola: Gondola, hand: Hand) -> bool:
        """Whether what was found at a front is a hand that this person stretches out.

        Args:
            track: whose it is.
            gondola: the rack.
            hand: what was found, in the rack's frame.
        """
        person = self._people[track]
        x, y, z = gondola.pose.unapply(person.head).tolist()
        if y > 0 or math.hypot(*person.velocity[:2]) > PASSING_M_S:
            return False
        stretched = math.hypot(hand.centre[0] - x, hand.tip_m - y) > STRETCH_M
        bent = z < self._upright[track] - BENT_M and hand.centre[2] < z - BELOW_M
        return stretched or bent or hand.tip_m > INSIDE_M
