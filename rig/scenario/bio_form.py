"""What a shopper presents to readers of faces and fingers, as people write it, and whether there are such readers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import Field, model_validator

from contracts.biometrics import USUAL, Instrument, Modality, Presented, reads
from contracts.document import Document, Key, nearest
from contracts.errors import BadFile
from contracts.layout import Layout
from contracts.palms import Enrol
from contracts.steps import Enter, Pay, ShopperPlan, Step
from contracts.yamlfile import StrictModel
from rig.scenario.model import Scenario

TRAITS = ("face", "fingerprint")


class PresentsForm(StrictModel):
    """`{shows: mask, of: ana}` for an attack; `{card of: ana}` for somebody else's card with one's own finger.

    Args:
        shows: what is presented.
        of: shopper whose face or finger that shows; left out, one's own.
        card_of: shopper whose card is put in; left out, one's own.
    """

    shows: Instrument = "self"
    of: str = ""
    card_of: str = Field(default="", alias="card of")

    @model_validator(mode="after")
    def _a_face_is_ones_own(self) -> PresentsForm:
        if self.of and self.shows == "self":
            raise ValueError(f"nobody has a face of {self.of}: expected shows: print, screen, mask, gelatine or latex")
        return self

    def presented(self) -> Presented:
        """Return what is presented."""
        return Presented(shows=self.shows, of=self.of, card_of=self.card_of)


def written_presents(presents: Presented) -> dict[str, Any]:
    """Return it in the form of a file: what is not usual."""
    names = {"shows": "shows", "of": "of", "card_of": "card of"}
    return {key: getattr(presents, name) for name, key in names.items() if getattr(presents, name) != _usual(name)}


def presented_words(presents: Presented) -> str:
    """Say what is presented: "shows a mask of ana to readers", "has ana's fingerprint card"."""
    shows = f"shows a {presents.shows} of {presents.of or 'their own'} to readers" if presents.shows != "self" else ""
    card = f"has {presents.card_of}'s fingerprint card" if presents.card_of else ""
    return ", ".join(part for part in (shows, card) if part)


def bio_problems(scenario: Scenario, layout: Layout, document: Document) -> Iterator[BadFile]:
    """Yield steps for which the store has no reader, and shoppers who are not there."""
    names = [plan.name for plan in scenario.shoppers]
    for plan in scenario.shoppers:
        for key, other in (("of", plan.presents.of), ("card of", plan.presents.card_of)):
            if other and other not in names:
                keys = ("shoppers", plan.name, "presents", key)
                found, hint = f"'{other}'", nearest(other, names)
                yield document.bad("unknown shopper", *keys, expected=", ".join(names), found=found, hint=hint)
        for i, step in enumerate(plan.steps):
            yield from _step(plan, step, ("shoppers", plan.name, "does", i), layout, document)


def _step(
    plan: ShopperPlan, step: Step, keys: tuple[Key, ...], layout: Layout, document: Document
) -> Iterator[BadFile]:
    if not isinstance(step, Enter | Pay | Enrol) or step.by not in TRAITS:
        return
    if isinstance(step, Enter) and step.guest_of:
        yield document.bad("nobody is a guest by somebody else's face", *keys, expected="enter: qr", found=step.by)
    if isinstance(step, Enrol) and plan.phone is None:
        yield document.bad("consent is given in the app", *keys, expected="a shopper with an account")
    there = _there(step, layout)
    at = step.gate if isinstance(step, Enter) else step.at
    if not any(reads(modality, step.by) for place, modality in there.items() if at in ("", place)):
        some = [place for place, modality in there.items() if reads(modality, step.by)]
        expected = f"one of: {', '.join(some)}" if some else f"a store with `bio_reader` and `bio_reads: {step.by}`"
        yield document.bad(f"nothing reads a {step.by} there", *keys, expected=expected, found=at or layout.name)


def _there(step: Enter | Pay | Enrol, layout: Layout) -> dict[str, str]:
    """Return the places where a step may be done, and what is read there."""
    gates = {gate.id: gate.bio_reads for gate in layout.gates if gate.entry}
    tills = {till.id: till.bio_reads for till in layout.tills}
    if isinstance(step, Enter):
        return gates
    return tills if isinstance(step, Pay) else gates | tills


def _usual(name: str) -> object:
    return getattr(USUAL, name)


def modalities(said: list[Modality]) -> tuple[Modality, ...]:
    """Return what was said, each once, in the order of the kinds."""
    return tuple(modality for modality in Modality if modality in said)
