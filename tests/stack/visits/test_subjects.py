"""Faces and fingers to accounts: a reference counts for its own modality, from a reader that calls it a match."""

from dataclasses import replace

import pytest

from contracts.biometrics import BioOutcome, BioScan, Modality, Subject
from contracts.layout import Account
from stack.visits.identity import AccountBook

ANA = Account("ana", subjects=(Subject(Modality.FACE, "face-1"), Subject(Modality.FINGERPRINT_CARD, "card-1")))
MATCH = BioScan(t_ns=0, source="face-in", modality=Modality.FACE, outcome=BioOutcome.MATCHED, subject="face-1", score=7)


def test_a_match_opens_its_own_account() -> None:
    shown = AccountBook((ANA, Account("ben"))).look_up(MATCH)
    assert (shown.account, shown.refusal) == ("ana", "")


@pytest.mark.parametrize(
    ("scan", "says"),
    [
        (replace(MATCH, subject="face-2"), "This face is not known here. Please show the code"),
        (replace(MATCH, modality=Modality.FINGERPRINT), "This fingerprint is not known here"),
        (replace(MATCH, outcome=BioOutcome.NO_MATCH), "This face is not known here"),
        (replace(MATCH, outcome=BioOutcome.ATTACK, why="please present yourself"), "was not taken: please present"),
        (replace(MATCH, outcome=BioOutcome.NOT_ACQUIRED, subject="", why="try again"), "was not taken: try again"),
        (replace(MATCH, subject=""), "This face is not known here"),
    ],
)
def test_anything_else_opens_nothing_and_says_what_to_show_instead(scan: BioScan, says: str) -> None:
    shown = AccountBook((ANA,)).look_up(scan)
    assert shown.account == ""
    assert says in shown.refusal


def test_a_revoked_reference_opens_nothing_although_the_card_still_verifies() -> None:
    book = AccountBook((ANA,))
    book.subjects.forget("ana", Modality.FINGERPRINT_CARD)
    card = replace(MATCH, modality=Modality.FINGERPRINT_CARD, subject="card-1")
    assert book.look_up(card).refusal == "This card is not known here. Please show the code in your app."
    assert book.look_up(MATCH).account == "ana"
