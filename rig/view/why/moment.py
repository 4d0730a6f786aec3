"""The moment that a picture of a change of a cart shows: when, whose hand and where, and who was about."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.clock import MILLISECOND
from contracts.geometry import Vec3
from contracts.records import CartChange, TrackPoint, Tracks
from rig.judge.story import Story
from rig.why import Ground

NEAR_NS = 250 * MILLISECOND
"""People are shown where the stack saw them this near to the moment: two captures of a slow camera."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What a picture is about.

    Args:
        t_ns: capture time.
        hand: where the hand was, metres, world; None when none was seen.
        cited: ids of the cameras that the stack says saw it.
        person: whom the stack believes in; None when it follows nobody there.
        others: everybody else it follows then.
    """

    t_ns: int
    hand: Vec3 | None
    cited: tuple[str, ...]
    person: TrackPoint | None
    others: tuple[TrackPoint, ...]


def moment_of(story: Story, ground: Ground) -> Moment:
    """Return the moment of a ground.

    A reading that replaces an earlier one comes without a hand: then it is the one that was told first.
    """
    told = _with_hand(story, ground.change)
    at_ns = told.hand_ns if told else _time_ns(ground)
    points = _people(story, at_ns)
    person = next((p for p in points if p.visit and p.visit == ground.change.chosen.visit), None)
    others = tuple(p for p in points if p is not person)
    if told is None:
        return Moment(at_ns, None, (), person, others)
    return Moment(at_ns, told.hand, told.cameras, person, others)


def _with_hand(story: Story, change: CartChange) -> CartChange | None:
    told = [change, *story.all(CartChange)] if change.event else [change]
    alike = (one for one in told if (one.event, one.chosen.visit) == (change.event, change.chosen.visit))
    return next((one for one in alike if one.hand is not None), None)


def _time_ns(ground: Ground) -> int:
    event = ground.event
    return ground.change.t_ns if event is None else (event.started_ns + event.ended_ns) // 2


def _people(story: Story, at_ns: int) -> tuple[TrackPoint, ...]:
    nearest = min(story.all(Tracks), key=lambda record: abs(record.captured_ns - at_ns), default=None)
    return nearest.tracks if nearest and abs(nearest.captured_ns - at_ns) <= NEAR_NS else ()
