"""What a closing hand does to the plates: it presses or pulls, and takes the load over while the item rises.

A held item no longer collides, so physics would drop its weight from the plate between two steps. Real fingers take
it over gradually, and press or tug meanwhile; both are added to the contact forces here.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from contracts.clock import SECOND
from contracts.geometry import Vec3
from contracts.seeds import stream

CLEAR_M = 0.015
"""A held item this far above where it stood no longer touches its plate."""
ASIDE_M = 0.1
"""Nor one that is this far beside it, however low the hand that drew it out of the shelf goes on."""
TAKE_OVER_S = (0.06, 0.25)
"""The shortest time in which fingers take over a load: 0.07 s in the one pick of a real store's log (AutoCheckout
BENCHMARK-1). The longest is our assumption."""
PRESS_G = (-150.0, 300.0)
"""Pull and push of a hand while it grasps, at its peak. Our assumption: tens of grams to 300 g."""
PRESS_S = (0.25, 0.7)
"""How long it lasts. Our assumption."""
LIGHTEST_SHARE = 0.5
"""A pull never takes more than this share of an item's own weight off the plate."""


@dataclass(slots=True)
class Grip:
    """One item between its plate and a hand.

    Args:
        shares_g: grams with which it rested on each plate.
        stood: where its centre was when grasped, metres, world.
        began_ns: when the hand closed.
        take_over_s: the shortest time in which its load leaves the plates.
        press_g: peak of the push (or, negative, the pull) while the hand closes.
        press_s: how long that lasts.
        left: share of the load still on the plates.
    """

    shares_g: dict[str, float]
    stood: Vec3
    began_ns: int
    take_over_s: float
    press_g: float
    press_s: float
    left: float = 1.0

    def advance(self, at: Vec3, seconds: float) -> None:
        """Follow the item to a place over one sample."""
        aside = math.dist(at[:2], self.stood[:2]) > ASIDE_M
        wanted = 0.0 if aside else min(max(1.0 - (at[2] - self.stood[2]) / CLEAR_M, 0.0), 1.0)
        step = seconds / self.take_over_s
        self.left = min(max(wanted, self.left - step), self.left + step)

    def loads_g(self, now_ns: int) -> dict[str, float]:
        """Return what the grip adds to each plate now."""
        total = sum(self.shares_g.values())
        done = (now_ns - self.began_ns) / SECOND / self.press_s
        press = self.press_g * math.sin(math.pi * done) if 0.0 < done < 1.0 else 0.0
        return {plate: self.left * (grams + press * grams / total) for plate, grams in self.shares_g.items()}

    @property
    def over(self) -> bool:
        """Whether the plates feel nothing of it any more."""
        return self.left <= 0.0


def close_hand(seed: int, item: str, time_ns: int, shares_g: dict[str, float], at: Vec3) -> Grip:
    """Return the grip of a hand that closes on an item.

    Args:
        seed: the scenario's seed.
        item: item id.
        time_ns: now.
        shares_g: grams with which the item rests on each plate.
        at: the item's centre, metres, world.
    """
    draws = stream(seed, "grip", item, str(time_ns))
    press = max(float(draws.uniform(*PRESS_G)), -LIGHTEST_SHARE * sum(shares_g.values()))
    return Grip(
        shares_g={plate: grams for plate, grams in shares_g.items() if grams > 0.0},
        stood=at,
        began_ns=time_ns,
        take_over_s=float(draws.uniform(*TAKE_OVER_S)),
        press_g=press,
        press_s=float(draws.uniform(*PRESS_S)),
    )
