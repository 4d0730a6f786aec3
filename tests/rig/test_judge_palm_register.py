"""The judge knows whose palm may be known when: enrolled by consent, of one's own hand, and not after deletion."""

from dataclasses import replace

from contracts.checkout import PalmAction, PalmEnrolled, PalmOrder, PhoneAction, PhoneRequest
from contracts.clock import SECOND
from contracts.layout import Account, Layout
from contracts.record import Record
from contracts.records import PalmScan
from contracts.truth import TruePalm
from rig.judge.palms import palm_differences
from rig.judge.story import Story

AGREED = PhoneRequest(
    t_ns=1, source="phone", account="a-eve", action=PhoneAction.ENROL_PALM, device="r", wording="palm-en-1"
)
ORDER = PalmOrder(t_ns=2, source="stack", key="k", action=PalmAction.ENROL, reader="r", account="a-eve")
HELD = TruePalm(t_ns=3, source="truth", shopper="eve", reader="r", owner="eve", shows="hand", known=False)
MADE = PalmEnrolled(t_ns=4, source="r", key="k", handle="h")
LATER = replace(HELD, t_ns=9 * SECOND, known=True)
KNOWN = PalmScan(t_ns=9 * SECOND, source="r", handle="h")
USUAL = (AGREED, ORDER, HELD, MADE, LATER, KNOWN)


def told(*records: Record) -> list[str]:
    story = Story(Layout("tiny", (0, 0, 4, 4), (0, 0, 4, 4)), account_of={"eve": "a-eve", "ben": "a-ben"})
    story.accounts = {f"a-{name}": Account(f"a-{name}") for name in ("eve", "ben")}
    for record in sorted(records, key=lambda each: each.t_ns):
        story.by_kind.setdefault(type(record), []).append(record)
    return list(palm_differences(story))


def test_who_enrolled_in_the_run_may_be_known() -> None:
    assert told(*USUAL) == []


def test_an_enrolment_without_consent_is_told() -> None:
    (line,) = told(*USUAL[1:])
    assert "without their consent" in line
    (line,) = told(replace(AGREED, wording=""), *USUAL[1:])
    assert "without their consent" in line


def test_the_hand_of_another_enrolled_for_somebody_is_told() -> None:
    assert told(AGREED, ORDER, replace(HELD, owner="ben", shopper="ben"), MADE) == ["r enrolled ben's palm for a-eve"]
    assert told(AGREED, ORDER, replace(HELD, shows="print"), MADE) == ["r enrolled a print for a-eve"]


def test_who_is_known_after_deletion_is_told_and_may_enrol_again() -> None:
    gone = replace(AGREED, t_ns=5 * SECOND, action=PhoneAction.FORGET_PALM)
    (line,) = told(*USUAL, gone)
    assert "had their palm deleted, and r still knows it" in line
    assert told(AGREED, ORDER, HELD, replace(MADE, t_ns=6 * SECOND), LATER, KNOWN, gone) == []
