"""Faces and fingers enrolled in the store: consent to one is none to another, and each is taken back by itself."""

from dataclasses import replace

import pytest

from contracts.biometrics import Modality
from contracts.checkout import PalmAction, PalmEnrolled, PalmOrder, PhoneAction, PhoneRequest, PhoneView
from contracts.layout import Account
from contracts.records import AnswerRecord
from stack.checkout.palm_desk import PalmDesk
from stack.visits.identity import AccountBook
from tests.stack.small_store import LAYOUT

GATE = replace(LAYOUT.gates[0], palm_reader="palm-in", bio_reader="face-in", bio_reads="face")
STORE = replace(LAYOUT, gates=(GATE,))
AGREED = PhoneRequest(
    t_ns=0, source="phone-eve", account="eve", action=PhoneAction.ENROL_PALM, device="face-in", wording="face-en-1"
)


class Shop:
    def __init__(self) -> None:
        self.book = AccountBook((Account("eve", palm_handles=("p-eve",)),))
        self.said: list[AnswerRecord] = []
        self.desk = PalmDesk(STORE, self.book, self.said.append)

    def orders(self) -> list[tuple[PalmAction, str]]:
        return [(one.action, one.handle) for one in self.said if isinstance(one, PalmOrder)]

    def enrol(self) -> None:
        self.desk.take(AGREED, 1)
        key = next(one.key for one in self.said if isinstance(one, PalmOrder))
        self.desk.enrolled(PalmEnrolled(t_ns=5, source="face-in", key=key, handle="f-1"), 5)


def test_a_face_is_enrolled_beside_a_palm_and_taken_back_alone() -> None:
    shop = Shop()
    shop.enrol()
    assert shop.book.subjects.of("eve", Modality.FACE) == ("f-1",)
    shop.desk.take(replace(AGREED, action=PhoneAction.FORGET_PALM), 9)
    assert shop.orders() == [(PalmAction.ENROL, ""), (PalmAction.FORGET, "f-1")]
    assert shop.book.subjects.of("eve", Modality.FACE) == ()
    assert shop.book.palms_of("eve") == ("p-eve",)


def test_what_is_known_already_is_not_enrolled_again() -> None:
    shop = Shop()
    shop.enrol()
    shop.desk.take(AGREED, 9)
    assert len(shop.orders()) == 1
    assert isinstance(shop.said[-1], PhoneView)
    assert "Your face is known here already" in shop.said[-1].text


@pytest.mark.parametrize("wrong", [{"wording": "palm-en-1"}, {"device": "palm-in"}, {"wording": "fingerprint-en-1"}])
def test_a_consent_is_to_what_the_reader_reads(wrong: dict[str, str]) -> None:
    shop = Shop()
    shop.desk.take(replace(AGREED, **wrong), 1)
    assert shop.orders() == []
