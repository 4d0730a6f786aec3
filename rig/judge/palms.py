"""Whether palm readers that look at hands knew the right people: what they said, by what was truly held there."""

from __future__ import annotations

from collections.abc import Iterator

from contracts.records import PalmScan
from contracts.truth import TruePalm
from rig.judge.palm_register import PalmRegister
from rig.judge.story import Story


def palm_differences(story: Story, recognised: tuple[str, ...] | None = None) -> Iterator[str]:
    """Yield each match of somebody who was not there, and where the scenario wants others to be known.

    A palm that was turned down although it is enrolled is no error by itself: readers do that, and people have codes.

    Args:
        story: of the run.
        recognised: the shoppers who must be known by what they held there, and nobody else; None unchecked.
    """
    matched = list(_matched(story))
    register = PalmRegister(story)
    for held, scan in matched:
        yield from _mistaken(story, register, held, scan)
    yield from register.differences()
    if recognised is None:
        return
    known = {held.shopper for held, _ in matched}
    for name in sorted(set(recognised) - known):
        yield f"{name} should have been recognised by a palm reader, and was not"
    for name in sorted(known - set(recognised)):
        yield f"{name} was recognised by a palm reader, and should not have been"


def _matched(story: Story) -> Iterator[tuple[TruePalm, PalmScan]]:
    """Yield what was held over a reader that then named somebody."""
    shown = list(reversed(story.all(TruePalm)))
    for scan in story.all(PalmScan) if shown else ():
        held = next((one for one in shown if one.reader == scan.source and one.t_ns <= scan.t_ns), None)
        if held and scan.handle:
            yield held, scan


def _mistaken(story: Story, register: PalmRegister, held: TruePalm, scan: PalmScan) -> Iterator[str]:
    """Yield whom a match was wrong about."""
    taken_for = register.owner_of.get(scan.handle, "")
    if held.shows != "hand":
        yield f"{held.shopper} held a {held.shows} of {held.owner}'s palm over {scan.source}, and it was accepted"
    elif not held.known:
        yield f"{held.shopper}, who is not enrolled, was recognised by {scan.source}"
    elif taken_for != story.account_of.get(held.owner, ""):
        yield f"{held.shopper} was taken for the owner of {taken_for or 'an unknown palm'} by {scan.source}"
    elif register.deleted(scan.handle, scan.t_ns):
        yield f"{held.shopper} had their palm deleted, and {scan.source} still knows it"
