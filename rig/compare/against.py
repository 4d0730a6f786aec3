"""What a replay is held against: accepted answers, those in the recording, or nothing; and why."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rig.compare.comparison import Comparison
from rig.compare.names import answer_topics
from rig.compare.reference import Place, read_reference
from rig.compare.rules import STRICT
from rig.recording.reader import Recording


@dataclass(frozen=True, slots=True)
class Against:
    """What a replay is held against.

    Args:
        comparison: does it; with nothing to hold against it only gathers the answers.
        what: for people: "the answers in it", "the reference FILE", or "nothing: why".
        own: whether the recording's own answers are expected, as they come by.
        something: whether anything is compared at all.
        tolerances: the file that says what may differ, None where everything must agree.
    """

    comparison: Comparison
    what: str
    own: bool
    something: bool
    tolerances: Path | None


def choose(recording: Recording, place: Place, stack: str, compare: bool | None) -> Against:
    """Return what to hold a replay against.

    Args:
        recording: what is replayed.
        place: where its references are.
        stack: which stack it is replayed to.
        compare: False for nothing; True for the answers in the recording whoever gave them; None: those only where
            the same kind of stack gave them. A reference beside the recording comes before both.
    """
    if compare is False:
        return _nothing("as --no-compare says")
    rules, tolerances = place.rules(), place.tolerances
    comparison = Comparison(rules)
    if place.answers.exists():
        answers, ends_ns = read_reference(place.answers, recording.start)
        comparison.expect(answers)
        comparison.ends_ns = ends_ns
        return Against(comparison, f"the reference {place.answers}", False, True, tolerances)
    if not _answered(recording):
        return _nothing("the recording holds no answers, and there is no reference; --update-references makes one")
    if compare is None and _kind(recording.start.stack) != _kind(stack):
        return _nothing(
            f"the answers in it are those of another stack ({recording.start.stack}); --compare holds against them"
        )
    what = f"the answers in it, by the stack {recording.start.stack}"
    return Against(comparison, what, True, True, tolerances)


def _nothing(why: str) -> Against:
    return Against(Comparison(STRICT), f"nothing: {why}", False, False, None)


def _answered(recording: Recording) -> bool:
    """Whether a recording holds any answer."""
    return next(recording.entries(answer_topics()), None) is not None


def _kind(stack: str) -> str:
    """Return what two stacks share that may be held against each other: a server's address may change."""
    return stack.partition("://")[0]
