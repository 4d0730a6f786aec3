"""Who stands where: nobody walks into anybody."""

from __future__ import annotations

import math

from twin.shopper.vec import Vec2

GAP_M = 0.46
"""Bodies' centres stay so far apart; somebody of average build is 0.42 m wide at the shoulders."""
CLOSE_M = 0.34
"""The same for two who are in contact on purpose (tailgating)."""


class Traffic:
    """Positions of all bodies on the floor and the places they are bound for."""

    def __init__(self) -> None:
        self.at: dict[str, Vec2] = {}
        self.claims: dict[str, Vec2] = {}

    def blocker(self, name: str, there: Vec2, touching: str = "") -> str:
        """Return who stands too close to a point for this body to go there, or "".

        Going away from somebody is always allowed, however close.

        Args:
            name: who wants to go.
            there: where to, metres.
            touching: somebody whom this body may come close to.
        """
        here = self.at.get(name)
        for other in sorted(self.at):
            if other == name:
                continue
            gap = CLOSE_M if other == touching else GAP_M
            apart = math.dist(self.at[other], there)
            if apart < gap and (here is None or apart < math.dist(self.at[other], here)):
                return other
        return ""

    def others(self, name: str) -> list[Vec2]:
        """Return where all others stand, by name."""
        return [self.at[other] for other in sorted(self.at) if other != name]

    def taken(self, name: str, point: Vec2, gap_m: float) -> bool:
        """Whether somebody else stands at a point, or is on the way to it."""
        places = [*self.others(name), *(self.claims[other] for other in sorted(self.claims) if other != name)]
        return any(math.dist(place, point) < gap_m for place in places)

    def leave(self, name: str) -> None:
        """Forget a body."""
        self.at.pop(name, None)
        self.claims.pop(name, None)
