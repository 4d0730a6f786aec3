"""The matcher inside the palm readers of a run: enrolled people in a sealed folder, and what knowing them costs.

The twin draws hands and knows no matcher; the stack has one and knows no twin. They meet here.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from contracts.clock import CpuStopwatch
from contracts.palms import PalmAnswer
from contracts.seeds import stream
from contracts.steps import ShopperPlan
from rig.scenario.model import Scenario
from stack.palm.acquire import Reason, Rejected
from stack.palm.enrol import Refused, enrol
from stack.palm.identify import Identifier
from stack.palm.keys import new_keys
from stack.palm.record import Consent, Enrolment, masks_of
from stack.palm.valleys import Image
from stack.palm.vault import Vault
from twin.palm_shown import enrolled
from twin.palms import draw_palm, hand

SAMPLES, TRIES = 3, 5
"""Pictures of an enrolment, and how often somebody is asked to try again. Source: `rig palm evaluate`."""
WORDING = "palm-en-1"


class InsideReader:
    """What all palm readers of a run know people by.

    Args:
        identifier: the matcher.
        vault: where enrolments lie sealed.
        not_enrolled: shoppers whose palm could not be enrolled, however often they tried.
    """

    def __init__(self, identifier: Identifier, vault: Vault, not_enrolled: tuple[str, ...] = ()) -> None:
        self._identifier, self._vault, self.not_enrolled = identifier, vault, not_enrolled
        self._spent_s: list[float] = []

    def recognise(self, image: Image) -> PalmAnswer:
        """Return whose palm a picture shows, or why nobody's; the picture is not kept."""
        watch = CpuStopwatch()
        found = self._identifier.identify(image)
        self._spent_s.append(watch.seconds)
        if isinstance(found, Rejected):
            return PalmAnswer(why=_told(found))
        return PalmAnswer(handle=found.handle, quality=round(max(0.0, 1 - 2 * found.distance), 3))

    def enrol(self, images: Sequence[Image], account: str, given_ns: int, wording: str) -> PalmAnswer:
        """Know a palm from now on: in memory, and sealed in the vault."""
        made = self._identifier.enrol(Consent(account, given_ns, wording), images)
        if isinstance(made, Refused):
            # Why a hand is not taken for a living one is not for whoever brought something else.
            head, found, _ = made.why.partition(Reason.NOT_LIVE.value)
            return PalmAnswer(why=head + found)
        self._vault.keep(made)
        return PalmAnswer(handle=made.handle, quality=1.0)

    def forget(self, handle: str) -> None:
        """Keep nothing of a palm, in memory or in the vault."""
        self._identifier.delete(handle)
        self._vault.delete(handle)

    @property
    def said(self) -> str:
        """What recognising cost, in words; "" when nothing was shown."""
        spent = sorted(self._spent_s)
        failed = f"; could not enrol {', '.join(self.not_enrolled)}" if self.not_enrolled else ""
        if not spent:
            return failed.removeprefix("; ")
        middle, most = spent[len(spent) // 2] * 1e3, spent[-1] * 1e3
        return f"{len(spent)} looked at, {middle:.0f} ms of processor time each, {most:.0f} ms the longest{failed}"


def _told(rejected: Rejected) -> str:
    """Return what a customer is told: how to hold the hand, but never by which sign a stand-in was found out."""
    helps = rejected.reason is Reason.NOT_ACQUIRED and rejected.detail
    return f"{rejected.reason.value}: {rejected.detail}" if helps else rejected.reason.value


@contextmanager
def inside_reader(scenario: Scenario) -> Iterator[InsideReader]:
    """Enrol everybody whose account has a palm; their sealed codes lie in a folder that goes with the run.

    Args:
        scenario: its seed draws keys, palms and presentations; its shoppers are those who may be known.
    """
    draws = stream(scenario.seed, "palm reader")
    keys = new_keys(draws.bytes)
    with tempfile.TemporaryDirectory(prefix="rig-palms-") as folder:
        vault, failed = Vault(Path(folder), keys, draws.bytes), []
        for plan in scenario.shoppers:
            if enrolled(plan):
                made = _enrolment(scenario.seed, plan, keys.mask)
                if made is None:
                    failed.append(plan.name)
                else:
                    vault.keep(made)
        # One thread: what a run costs is told as time of a processor.
        yield InsideReader(Identifier(keys, draws.bytes, vault.all(), threads=1), vault, tuple(failed))


def _enrolment(seed: int, plan: ShopperPlan, mask: bytes) -> Enrolment | None:
    """Return a shopper's enrolment under the handle that their account lists; None when no try was good enough."""
    palm, masks = draw_palm(seed, plan.name), masks_of(mask)
    consent = Consent(plan.account, 0, WORDING)
    for names in _samples():
        made = enrol(consent, [[hand(palm, name) for name in names]], masks, stream(seed, "enrolment", plan.name).bytes)
        if not isinstance(made, Refused):
            return replace(made, handle=plan.palm)
    return None


def _samples() -> Iterable[list[str]]:
    return ([f"enrol-{attempt}-{k}" for k in range(SAMPLES)] for attempt in range(TRIES))
