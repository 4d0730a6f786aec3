"""Hands over palm readers: drawn, shown to the reader's own matcher, and forgotten. No picture leaves this file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from contracts.checkout import PalmAction, PalmOrder
from contracts.palms import HeldHand, PalmAnswer
from contracts.steps import Enter, ShopperPlan
from contracts.truth import TruePalm
from twin.palm_enrolling import Enrolled, Enrolling, Matcher
from twin.palms import USUAL, Conditions, Palm, Species, attack, draw_palm, hand

ASKEW = replace(USUAL, rotation_deg=30.0, tilt_deg=15.0, shift_mm=30.0)
"""A hand that nobody guides. Our assumption; the reference reader knows about six in ten of such."""
SPECIES = {
    "print": Species.PRINT,
    "screen": Species.SCREEN,
    "glove": Species.GLOVE,
    "latex": Species.LATEX,
    "replay": Species.REPLAY,
}


class HandsShown:
    """What shoppers hold over the palm readers of a run.

    Args:
        plans: the shoppers.
        seed: the scenario's seed; palms and every showing of them come from it.
        matcher: of the readers.
    """

    def __init__(self, plans: Iterable[ShopperPlan], seed: int, matcher: Matcher) -> None:
        self._plans = {plan.name: plan for plan in plans}
        self._seed, self._matcher = seed, matcher
        self._enrolling = Enrolling(matcher)
        self._owner_of = {plan.palm: plan.name for plan in self._plans.values() if enrolled(plan)}
        self._palms: dict[str, Palm] = {}
        self._times: Counter[str] = Counter()
        self._told: list[TruePalm] = []

    def order(self, order: PalmOrder) -> None:
        """Have a palm enrolled or forgotten."""
        if order.action is PalmAction.FORGET:
            self._matcher.forget(order.handle)
            self._owner_of.pop(order.handle, None)
        else:
            self._enrolling.begin(order)

    def show(self, reader: str, shopper: str, now_ns: int) -> PalmAnswer | Enrolled | None:
        """Hold a shopper's palm, or what they have instead, over a reader; return what it says, None for nothing yet.

        Args:
            reader: device id.
            shopper: whose plan says what is shown.
            now_ns: bench time.
        """
        held = self._plans[shopper].hand
        owner = held.of or shopper
        told = TruePalm(
            t_ns=now_ns,
            source="truth",
            shopper=shopper,
            reader=reader,
            owner=owner,
            shows=held.shows,
            known=self.knows(owner),
        )
        self._told.append(told)
        picture = self._picture(held, owner, shopper)
        if not self._enrolling.waits(reader, now_ns):
            return self._matcher.recognise(picture)
        made = self._enrolling.take(reader, picture)
        if made and made.handle:
            self._owner_of[made.handle] = owner
        return made

    def knows(self, shopper: str) -> bool:
        """Whether a shopper's palm is enrolled now."""
        return shopper in self._owner_of.values()

    def honest(self, shopper: str) -> bool:
        """Whether a shopper shows a living hand of their own."""
        held = self._plans[shopper].hand
        return held.shows == "hand" and not held.of

    def truths(self) -> list[TruePalm]:
        """Return what was shown since the last call."""
        told, self._told = self._told, []
        return told

    def _picture(self, held: HeldHand, owner: str, shopper: str) -> NDArray[np.uint8]:
        if held.shows in SPECIES:
            return self._attack(SPECIES[held.shows], owner, shopper)
        self._times[owner] += 1
        return hand(self._palm(owner), _sample(self._times[owner]), conditions(held))

    def _attack(self, species: Species, owner: str, shopper: str) -> NDArray[np.uint8]:
        """Return the picture of a stand-in; a replay is of what the owner showed last."""
        if species is Species.REPLAY:
            sample = _sample(self._times[owner])
        else:
            self._times[shopper] += 1
            sample = _sample(self._times[shopper])
        shown = conditions(self._plans[owner].hand) if owner in self._plans else USUAL
        return attack(species, self._palm(owner), self._palm(shopper), sample, shown)

    def _palm(self, owner: str) -> Palm:
        if owner not in self._palms:
            self._palms[owner] = draw_palm(self._seed, owner)
        return self._palms[owner]


def conditions(held: HeldHand) -> Conditions:
    """Return how the presentations of somebody's hand differ."""
    usual = ASKEW if held.careless else USUAL
    if held.ring:
        usual = replace(usual, ring=1.0)
    return replace(usual, plaster=1.0, plasters=held.plasters) if held.plasters else usual


def enrolled(plan: ShopperPlan) -> bool:
    """Whether a shopper's own palm is enrolled; a guest's plan has the host's handle."""
    return bool(plan.palm) and not any(isinstance(step, Enter) and step.guest_of for step in plan.steps)


def _sample(number: int) -> str:
    return f"shown-{number}"
