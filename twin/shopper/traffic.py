"""Who stands where: nobody walks into anybody."""

from __future__ import annotations

import math
from collections.abc import Sequence

from twin.shopper.vec import Vec2

GAP_M = 0.46
"""Bodies' centres stay so far apart; somebody of average build is 0.42 m wide at the shoulders."""
CLOSE_M = 0.34
"""The same for two who are in contact on purpose (tailgating)."""


class Traffic:
    """Positions of all bodies on the floor, of what they brought on wheels, and the places they are bound for.

    What has wheels covers several points, each of which takes as much room as a body.
    """

    def __init__(self) -> None:
        self.at: dict[str, Vec2] = {}
        self.rolls: dict[str, tuple[Vec2, ...]] = {}
        self.claims: dict[str, Vec2] = {}

    def blocker(self, name: str, there: Vec2, touching: str = "", rolled: Sequence[Vec2] = ()) -> str:
        """Return who stands too close to a point for this body to go there, or "".

        Going away from somebody is always allowed, however close.

        Args:
            name: who wants to go.
            there: where to, metres.
            touching: somebody whom this body may come close to.
            rolled: where the points of what this body rolls along will be.
        """
        here = self.at.get(name)
        steps = [(here, there), *zip(self.rolls.get(name, ()), rolled, strict=False)]
        # Whoever brought something is asked about all of it, and so is everybody where something is rolled along.
        about = sorted(self.at.keys() - {name}) if len(steps) > 1 else self._about(name, there, GAP_M)
        for other in about:
            gap = CLOSE_M if other == touching else GAP_M
            for point in self.points(other):
                for was, is_ in steps:
                    apart = math.dist(point, is_)
                    if apart < gap and (was is None or apart < math.dist(point, was)):
                        return other
        return ""

    def alone(self, name: str, within_m: float) -> bool:
        """Whether nobody else, and nothing they brought, is so near: then nobody blocks a shorter way."""
        here = self.at[name]
        about = self._about(name, here, within_m)
        return not any(math.dist(point, here) < within_m for other in about for point in self.points(other))

    def _about(self, name: str, there: Vec2, within_m: float) -> list[str]:
        """Return all others who may be so near to a point, by name; who brought something is always among them."""
        x, y = there
        about = {
            other
            for other, at in self.at.items()
            if -within_m <= at[0] - x <= within_m and -within_m <= at[1] - y <= within_m
        }
        about.update(self.rolls)
        about.discard(name)
        return sorted(about & self.at.keys()) if about else []

    def points(self, name: str) -> tuple[Vec2, ...]:
        """Return what somebody takes of the floor: their own place first."""
        return (self.at[name], *self.rolls.get(name, ()))

    def others(self, name: str) -> list[Vec2]:
        """Return where all others stand, and what they brought, by name."""
        return [point for other in sorted(self.at) if other != name for point in self.points(other)]

    def taken(self, name: str, point: Vec2, gap_m: float) -> bool:
        """Whether somebody else stands at a point, or is on the way to it."""
        places = [*self.others(name), *(self.claims[other] for other in sorted(self.claims) if other != name)]
        return any(math.dist(place, point) < gap_m for place in places)

    def leave(self, name: str) -> None:
        """Forget a body."""
        self.at.pop(name, None)
        self.rolls.pop(name, None)
        self.claims.pop(name, None)
