"""Who is enrolled with the biometric readers of a store: references, and whose they are. No sample is kept."""

from __future__ import annotations

from collections.abc import Iterable

from contracts.biometrics import Modality, Subject
from contracts.seeds import stream
from contracts.steps import Enter, ShopperPlan

REFERENCE_BYTES = 12


class Gallery:
    """References by modality; one that was forgotten names nobody again.

    Args:
        plans: the shoppers; whoever's account lists a subject is enrolled before the doors open.
        seed: references that are made in the run are drawn from it.
    """

    def __init__(self, plans: Iterable[ShopperPlan], seed: int) -> None:
        self._seed, self._made = seed, 0
        self._owner: dict[Modality, dict[str, str]] = {modality: {} for modality in Modality}
        self._cards: dict[str, str] = {}
        for plan in plans:
            guest = any(isinstance(step, Enter) and step.guest_of for step in plan.steps)
            for subject in () if guest else plan.subjects:
                self._keep(subject, plan.name)

    def enrolled(self, modality: Modality) -> tuple[tuple[str, str], ...]:
        """Return references and their owners, as they were enrolled."""
        return tuple(self._owner[modality].items())

    def knows(self, modality: Modality, owner: str) -> bool:
        """Whether somebody is enrolled now."""
        return owner in self._owner[modality].values()

    def card_of(self, owner: str) -> str:
        """Return the reference on somebody's card, "" without a card; it stays there when it is revoked."""
        return self._cards.get(owner, "")

    def make(self, modality: Modality, owner: str) -> str:
        """Enrol somebody; return the reference, never one that was there before."""
        self._made += 1
        random = stream(self._seed, "biometric reference", str(self._made)).bytes(REFERENCE_BYTES).hex()
        self._keep(Subject(modality, f"{modality.value}-{random}"), owner)
        return f"{modality.value}-{random}"

    def forget(self, reference: str) -> None:
        """Keep nothing under a reference."""
        for owners in self._owner.values():
            owners.pop(reference, None)

    def _keep(self, subject: Subject, owner: str) -> None:
        self._owner[subject.modality][subject.reference] = owner
        if subject.modality is Modality.FINGERPRINT_CARD:
            self._cards[owner] = subject.reference
