"""The judge holds readers of faces and fingers to what was truly presented, and to a consent to just that."""

import pytest

from contracts.biometrics import BioOutcome, BioScan, Modality, Subject
from contracts.checkout import PalmAction, PalmEnrolled, PalmOrder, PhoneAction, PhoneRequest
from contracts.clock import SECOND
from contracts.geometry import Pose
from contracts.layout import Account, GateInfo, Layout
from contracts.truth import TrueBio
from rig.judge.biometrics import bio_differences
from rig.judge.palm_register import PalmRegister
from rig.judge.story import Story

GATES = (GateInfo("g", Pose.at(0, 0), 0.8, bio_reader="r", bio_reads="face"),)
LAYOUT = Layout("tiny", (0, 0, 4, 4), (0, 0, 4, 4), gates=GATES)


def story() -> Story:
    told = Story(LAYOUT, account_of={"ana": "a-ana", "ben": "a-ben", "cleo": ""})
    told.accounts = {f"a-{n}": Account(f"a-{n}", subjects=(Subject(Modality.FACE, f"f-{n}"),)) for n in ("ana", "ben")}
    return told


def presented(shopper: str, owner: str, shows: str, subject: str, modality: Modality = Modality.FACE) -> Story:
    told = story()
    held = TrueBio(t_ns=5 * SECOND, source="truth", shopper=shopper, reader="r", owner=owner, shows=shows, known=True)
    scan = BioScan(t_ns=6 * SECOND, source="r", modality=modality, outcome=BioOutcome.MATCHED, subject=subject)
    told.by_kind = {TrueBio: [held], BioScan: [scan]}
    return told


def test_who_is_there_is_known_or_not() -> None:
    assert list(bio_differences(presented("ana", "ana", "self", "f-ana"))) == []
    assert list(bio_differences(presented("ana", "ana", "self", ""))) == []


@pytest.mark.parametrize(
    ("shopper", "owner", "shows", "subject", "says"),
    [
        ("ben", "ben", "self", "f-ana", "ben was taken for the owner of a-ana"),
        ("cleo", "cleo", "self", "f-ana", "cleo was taken for the owner of a-ana"),
        ("cleo", "ana", "mask", "f-ana", "presented a mask of ana to r, and it was accepted"),
        ("ana", "ana", "self", "f-x", "an unknown reference"),
    ],
)
def test_whoever_is_taken_for_another_is_told(shopper: str, owner: str, shows: str, subject: str, says: str) -> None:
    (line,) = bio_differences(presented(shopper, owner, shows, subject))
    assert says in line


def back(wording: str) -> PhoneRequest:
    asked = {"t_ns": SECOND, "source": "phone", "account": "a-ana", "wording": wording}
    return PhoneRequest(**asked, action=PhoneAction.FORGET_PALM)  # type: ignore[arg-type]  # of these types


def test_what_was_taken_back_may_not_be_known_but_a_card_says_whose_it_is() -> None:
    told = presented("ana", "ana", "self", "f-ana")
    told.by_kind[PhoneRequest] = [back("face-en-1")]
    assert "had their face deleted" in next(bio_differences(told))
    told.by_kind[PhoneRequest] = [back("palm-en-1")]
    assert list(bio_differences(told)) == []
    card = presented("ana", "ana", "self", "f-ana", Modality.FINGERPRINT_CARD)
    card.by_kind[PhoneRequest] = [back("fingerprint-en-1")]
    assert list(bio_differences(card)) == []


@pytest.mark.parametrize(("wording", "fine"), [("face-en-1", True), ("palm-en-1", False), ("", False)])
def test_an_enrolment_needs_a_consent_to_just_that(wording: str, fine: bool) -> None:
    told = story()
    order = PalmOrder(t_ns=2, source="stack", key="k", action=PalmAction.ENROL, reader="r", account="a-ana")
    asked = PhoneRequest(t_ns=1, source="p", account="a-ana", action=PhoneAction.ENROL_PALM, wording=wording)
    made = PalmEnrolled(t_ns=9, source="r", key="k", handle="f-new")
    told.by_kind = {PalmOrder: [order], PhoneRequest: [asked], PalmEnrolled: [made]}
    assert [("without their consent" in line) for line in bio_differences(told)] == ([] if fine else [True])
    assert list(PalmRegister(told).differences()) == []  # and it is none of the palms' affair


def test_a_mask_may_not_be_enrolled() -> None:
    told = story()
    order = PalmOrder(t_ns=2, source="stack", key="k", action=PalmAction.ENROL, reader="r", account="a-ana")
    asked = PhoneRequest(t_ns=1, source="p", account="a-ana", action=PhoneAction.ENROL_PALM, wording="face-en-1")
    held = TrueBio(t_ns=5, source="truth", shopper="ana", reader="r", owner="ben", shows="mask", known=True)
    made = PalmEnrolled(t_ns=9, source="r", key="k", handle="f-new")
    told.by_kind = {PalmOrder: [order], PhoneRequest: [asked], PalmEnrolled: [made], TrueBio: [held]}
    assert list(bio_differences(told)) == ["r enrolled a mask of ben for a-ana"]
