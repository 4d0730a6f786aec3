"""Whether readers of faces and fingers knew the right people, by what was truly presented, and with their consent."""

from __future__ import annotations

from collections.abc import Iterator

from contracts.biometrics import BioScan, Modality
from contracts.checkout import PalmEnrolled, PalmOrder, PhoneAction, PhoneRequest
from contracts.clock import SECOND
from contracts.layout import Layout
from contracts.truth import TrueBio
from rig.judge.story import Story

GONE_NS = SECOND
"""From the wish to be forgotten, as it arrives, to nothing opening by it any more."""


def bio_readers(layout: Layout) -> dict[str, str]:
    """Return what each biometric reader of a store reads, by its id."""
    found = {gate.bio_reader: gate.bio_reads for gate in layout.gates}
    found |= {till.bio_reader: till.bio_reads for till in layout.tills}
    found.pop("", None)
    return found


def bio_differences(story: Story) -> Iterator[str]:
    """Yield each match of somebody who was not there, each enrolment without consent.

    Somebody enrolled who was turned down is no error by itself: readers do that, and people have codes.
    """
    owners = dict(_owners(story))
    for held, scan in _matched(story):
        yield from _mistaken(story, held, scan, owners.get(scan.subject, ""))
    yield from _enrolments(story)


def _matched(story: Story) -> Iterator[tuple[TrueBio, BioScan]]:
    """Yield what was presented to a reader that then named somebody."""
    shown = list(reversed(story.all(TrueBio)))
    for scan in story.all(BioScan) if shown else ():
        held = next((one for one in shown if one.reader == scan.source and one.t_ns <= scan.t_ns), None)
        if held and scan.subject:
            yield held, scan


def _mistaken(story: Story, held: TrueBio, scan: BioScan, taken_for: str) -> Iterator[str]:
    """Yield whom a match was wrong about. A card that was revoked still says whose it is: the stack must not listen."""
    if held.shows != "self":
        yield f"{held.shopper} presented a {held.shows} of {held.owner} to {scan.source}, and it was accepted"
    elif taken_for != story.account_of.get(held.owner, ""):
        yield f"{held.shopper} was taken for the owner of {taken_for or 'an unknown reference'} by {scan.source}"
    elif scan.modality is not Modality.FINGERPRINT_CARD and _deleted(story, scan, taken_for):
        yield f"{held.shopper} had their {scan.modality.value} deleted, and {scan.source} still knows it"


def _deleted(story: Story, scan: BioScan, account: str) -> bool:
    """Whether the owner of a reference had taken the consent back, after it was made and long enough before a match."""
    since_ns = max((made.t_ns for made in story.all(PalmEnrolled) if made.handle == scan.subject), default=-1)
    asked = [one for one in story.all(PhoneRequest) if one.action is PhoneAction.FORGET_PALM and one.account == account]
    back = [one.t_ns for one in asked if one.wording.startswith(scan.modality.value)]
    return any(since_ns < t_ns < scan.t_ns - GONE_NS for t_ns in back)


def _owners(story: Story) -> Iterator[tuple[str, str]]:
    """Yield references and accounts: those of the start, and those made since."""
    for account in story.accounts.values():
        yield from ((subject.reference, account.id) for subject in account.subjects)
    orders = {order.key: order for order in story.all(PalmOrder)}
    for made in story.all(PalmEnrolled):
        if made.handle and made.key in orders:
            yield made.handle, orders[made.key].account


def _enrolments(story: Story) -> Iterator[str]:
    """Yield what was enrolled without its owner's consent to just that, and what is no living face or finger."""
    readers, orders = bio_readers(story.layout), {order.key: order for order in story.all(PalmOrder)}
    asked = [each for each in story.all(PhoneRequest) if each.action is PhoneAction.ENROL_PALM]
    for made in story.all(PalmEnrolled):
        if made.source not in readers or not made.handle:
            continue
        account = orders[made.key].account if made.key in orders else ""
        trait = readers[made.source].partition("_")[0]
        agreed = [one for one in asked if one.account == account and one.wording.startswith(trait)]
        if not agreed or agreed[0].t_ns > made.t_ns:
            yield f"{made.source} enrolled a {trait} for {account or 'nobody'} without their consent"
        held = [one for one in story.all(TrueBio) if one.reader == made.source and one.t_ns <= made.t_ns]
        if held and (held[-1].shows != "self" or story.account_of.get(held[-1].owner) != account):
            yield f"{made.source} enrolled a {held[-1].shows} of {held[-1].owner} for {account}"
