"""Faces and fingers before the biometric readers of a run: who presents what, and what the readers make of it."""

from __future__ import annotations

from collections.abc import Iterable

from contracts.biometrics import USUAL, BioAnswer, Modality, Presented
from contracts.checkout import PalmAction, PalmOrder
from contracts.layout import GateInfo, Layout
from contracts.ports import Port
from contracts.seeds import stream
from contracts.steps import ShopperPlan
from contracts.trade import TillInfo
from contracts.truth import TrueBio
from twin.biometrics.enrolling import BioEnrolling
from twin.biometrics.gallery import Gallery
from twin.biometrics.matcher import SimulatedMatcher
from twin.biometrics.reader import TwinBioReader
from twin.palm_enrolling import Enrolled


class BioReaders:
    """All biometric readers of a store that are not of palms.

    Args:
        layout: the store.
        plans: the shoppers.
        seed: the scenario's seed.
    """

    def __init__(self, layout: Layout, plans: Iterable[ShopperPlan], seed: int) -> None:
        people = tuple(plans)
        places: tuple[GateInfo | TillInfo, ...] = (*layout.gates, *layout.tills)
        self._presents = {plan.name: plan.presents for plan in people}
        self.modality = {place.bio_reader: Modality(place.bio_reads) for place in places if place.bio_reader}
        self.readers = {id_: TwinBioReader(id_, modality, seed) for id_, modality in self.modality.items()}
        self._matchers = {
            id_: SimulatedMatcher(modality, stream(seed, "biometrics", id_)) for id_, modality in self.modality.items()
        }
        self._gallery, self._enrolling = Gallery(people, seed), BioEnrolling()
        self._told: list[TrueBio] = []

    @property
    def ports(self) -> dict[str, Port]:
        """The devices by id."""
        return dict(self.readers)

    def advance(self, now_ns: int) -> None:
        """Let time pass."""
        for reader in self.readers.values():
            reader.advance(now_ns)

    def order(self, order: PalmOrder) -> None:
        """Have somebody enrolled or forgotten."""
        if order.action is PalmAction.FORGET:
            self._gallery.forget(order.handle)
        elif order.reader in self.readers:
            self._enrolling.begin(order)

    def show(self, reader: str, shopper: str, now_ns: int) -> None:
        """Let a shopper present what they present to such readers."""
        held, modality = self._presents.get(shopper, USUAL), self.modality[reader]
        owner, holder = held.of or shopper, held.card_of or shopper
        card = modality is Modality.FINGERPRINT_CARD
        known = self._gallery.knows(modality, owner) and (not card or holder == owner)
        self._told.append(
            TrueBio(
                t_ns=now_ns,
                source="truth",
                shopper=shopper,
                reader=reader,
                owner=owner,
                shows=held.shows,
                known=known,
            )
        )
        self.readers[reader].tell(self._answer(reader, held, owner, holder, now_ns))

    def knows(self, shopper: str, reader: str) -> bool:
        """Whether a shopper is enrolled with a reader now."""
        return self._gallery.knows(self.modality[reader], shopper)

    def honest(self, shopper: str) -> bool:
        """Whether a shopper presents a living face or finger of their own, and their own card."""
        return self._presents.get(shopper, USUAL) == USUAL

    def truths(self) -> list[TrueBio]:
        """Return what was presented since the last call."""
        told, self._told = self._told, []
        return told

    def _answer(
        self, reader: str, held: Presented, owner: str, holder: str, now_ns: int
    ) -> BioAnswer | Enrolled | None:
        matcher, modality = self._matchers[reader], self.modality[reader]
        refused = matcher.acquire(held.shows)
        if self._enrolling.waits(reader, now_ns):
            made = self._enrolling.take(reader, owner, refused)
            if made is None or made.why:
                return made
            return Enrolled(made.key, self._gallery.make(modality, owner), "")
        if refused:
            return refused
        if modality is not Modality.FINGERPRINT_CARD:
            return matcher.decide(self._gallery.enrolled(modality), owner)
        on_card = self._gallery.card_of(holder)
        return matcher.decide([(on_card, holder)] if on_card else (), owner)
