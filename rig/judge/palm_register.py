"""Whose palms were enrolled in a run, by whose consent, and whose were deleted."""

from __future__ import annotations

from collections.abc import Iterator

from contracts.checkout import PalmAction, PalmEnrolled, PalmOrder, PhoneAction, PhoneRequest
from contracts.clock import SECOND
from contracts.truth import TruePalm
from rig.judge.biometrics import bio_readers
from rig.judge.story import Story

GONE_NS = SECOND
"""From the wish to be forgotten, as it arrives, to no reader knowing the palm any more."""


class PalmRegister:
    """What may be known of palms at which time.

    Args:
        story: of the run.
    """

    def __init__(self, story: Story) -> None:
        self._story = story
        self.owner_of = {handle: each.id for each in story.accounts.values() for handle in each.palm_handles}
        """Account by handle: of those enrolled before the run, and in it."""
        self._since: dict[str, int] = {}
        orders = {order.key: order for order in story.all(PalmOrder) if order.action is PalmAction.ENROL}
        made_there = [made for made in story.all(PalmEnrolled) if made.source not in bio_readers(story.layout)]
        self._made = [(orders.get(made.key), made) for made in made_there if made.handle]
        for order, made in self._made:
            self.owner_of[made.handle] = order.account if order else ""
            self._since[made.handle] = made.t_ns

    def deleted(self, handle: str, t_ns: int) -> bool:
        """Whether the owner of a handle had it deleted before a time, and has not enrolled it since."""
        owner, since_ns = self.owner_of.get(handle, ""), self._since.get(handle, 0)
        return any(since_ns < each.t_ns < t_ns - GONE_NS for each in self._asked(owner, PhoneAction.FORGET_PALM))

    def differences(self) -> Iterator[str]:
        """Yield enrolments that nobody agreed to, and of hands that are another's."""
        for order, made in self._made:
            account = order.account if order else ""
            agreed = [each for each in self._asked(account, PhoneAction.ENROL_PALM) if each.wording]
            if not any(each.t_ns <= made.t_ns for each in agreed):
                yield f"{made.source} enrolled a palm for {account or 'nobody'} without their consent"
            held = [each for each in self._story.all(TruePalm) if each.reader == made.source and each.t_ns <= made.t_ns]
            if held and (held[-1].shows != "hand" or self._story.account_of.get(held[-1].owner, "") != account):
                what = f"{held[-1].owner}'s palm" if held[-1].shows == "hand" else f"a {held[-1].shows}"
                yield f"{made.source} enrolled {what} for {account}"

    def _asked(self, account: str, action: PhoneAction) -> list[PhoneRequest]:
        asked = [each for each in self._story.all(PhoneRequest) if each.account == account and each.action is action]
        return [each for each in asked if not each.wording.startswith(("face", "fingerprint"))]
