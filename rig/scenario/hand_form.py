"""How a shopper's hand looks to palm readers that look at hands, as people write it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import Field, model_validator

from contracts.document import Document, nearest
from contracts.errors import BadFile
from contracts.layout import Layout
from contracts.palms import Enrol, HeldHand, Shows
from contracts.yamlfile import StrictModel
from rig.scenario.model import Scenario


class HandForm(StrictModel):
    """A shopper's hand: `{plasters: 3}`, `{careless: true}`, or `{shows: print, of: ana}` for what is no hand.

    Args:
        shows: what is held over the reader.
        of: shopper whose palm that shows; left out, one's own.
        plasters: how many stick on the palm.
        ring: whether a finger has one.
        careless: held askew, tilted and far from the middle.
    """

    shows: Shows = "hand"
    of: str = ""
    plasters: Annotated[int, Field(ge=0, le=6)] = 0
    ring: bool = False
    careless: bool = False

    @model_validator(mode="after")
    def _a_hand_is_ones_own(self) -> HandForm:
        if self.of and self.shows == "hand":
            raise ValueError(f"nobody has a hand of {self.of}: expected shows: print, screen, glove, latex or replay")
        if self.shows != "hand" and (self.plasters or self.ring or self.careless):
            raise ValueError(f"plasters, ring and careless are of a hand, not of a {self.shows}")
        return self

    def hand(self) -> HeldHand:
        """Return the hand."""
        return HeldHand(shows=self.shows, of=self.of, plasters=self.plasters, ring=self.ring, careless=self.careless)


def written_hand(hand: HeldHand) -> dict[str, Any]:
    """Return a hand in the form of a file: what is not usual with it."""
    usual = HeldHand()
    names = ("shows", "of", "plasters", "ring", "careless")
    return {name: getattr(hand, name) for name in names if getattr(hand, name) != getattr(usual, name)}


def hand_problems(scenario: Scenario, layout: Layout, document: Document) -> Iterator[BadFile]:
    """Yield what cannot be said of hands: any of it where palms are handles, or the palm of somebody unknown."""
    if scenario.palms != "images" and scenario.expect.recognised is not None:
        expected = "palms: images at the top of the file"
        yield document.bad("the readers of this run see no hands", "expect", "recognised", expected=expected)
    yield from _enrolments(scenario, layout, document)
    names = [plan.name for plan in scenario.shoppers]
    for plan in scenario.shoppers:
        where = ("shoppers", plan.name, "hand")
        if plan.hand != HeldHand() and scenario.palms != "images":
            expected = "palms: images at the top of the file"
            yield document.bad("the readers of this run see no hands", *where, expected=expected, found=scenario.palms)
        if plan.hand.of and (plan.hand.of not in names or plan.hand.of == plan.name):
            others = [name for name in names if name != plan.name]
            yield document.bad(
                "unknown shopper",
                *where,
                "of",
                expected=f"one of: {', '.join(others)}" if others else "a second shopper in the scenario",
                found=f"'{plan.hand.of}'",
                hint=nearest(plan.hand.of, others),
            )


def _enrolments(scenario: Scenario, layout: Layout, document: Document) -> Iterator[BadFile]:
    """Yield who cannot be enrolled: where readers see no hands, without a phone, or where there is no reader."""
    places = {gate.id: gate.palm_reader for gate in layout.gates} | {till.id: till.palm_reader for till in layout.tills}
    readers = [id_ for id_, reader in places.items() if reader]
    for plan in scenario.shoppers:
        for i, step in enumerate(plan.steps):
            where = ("shoppers", plan.name, "does", i, "enrol")
            if not isinstance(step, Enrol) or step.by != "palm":
                continue
            if scenario.palms != "images":
                expected = "palms: images at the top of the file"
                yield document.bad("the readers of this run enrol nobody", *where, expected=expected)
            if plan.phone is None:
                yield document.bad("consent is given in the app", *where, expected="a shopper with an account")
            if not readers or (step.at and step.at not in readers):
                expected = f"one of: {', '.join(readers)}" if readers else "a store with a palm reader"
                hint = nearest(step.at, readers)
                yield document.bad("there is no palm reader", *where, expected=expected, found=step.at, hint=hint)
