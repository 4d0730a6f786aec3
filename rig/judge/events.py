"""How well the stack saw changes of load: its shelf events against what truly left and came."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.clock import SECOND
from contracts.records import ShelfEvent
from contracts.truth import MoveKind, TrueMove
from rig.judge.story import Story

# A true move and an event are the same when they share a plate and lie this close; a slow lift takes 4 s.
NEAR_NS = 5 * SECOND
# Moves on one plate this close together may well be one change of load (several items in one reach).
TOGETHER_NS = 2 * SECOND


@dataclass(frozen=True, slots=True)
class TrueChange:
    """One lasting change of load that truly happened: one or several moves on the same plates at once."""

    t_ns: int
    plates: frozenset[str]
    grams: float
    moves: int
    shopper: str = ""


@dataclass(frozen=True, slots=True)
class EventCounts:
    """Shelf events and true changes of load, held against one another.

    Args:
        right: events that a true change explains.
        events: all events.
        seen: true changes that an event explains.
        changes: all true changes.
    """

    right: int
    events: int
    seen: int
    changes: int


def true_changes(story: Story) -> list[TrueChange]:
    """Return the changes of load in the truth: every take, put and topple that touched a plate."""
    return [
        TrueChange(move.t_ns, frozenset(move.plates), _sign(move) * move.mass_g, 1, move.shopper)
        for move in story.all(TrueMove)
        if move.plates and move.kind is not MoveKind.HAND
    ]


def score_events(story: Story) -> tuple[float | None, float | None]:
    """Return precision and recall of shelf events."""
    counts = count_events(story)
    precision = counts.right / counts.events if counts.events else None
    recall = counts.seen / counts.changes if counts.changes else None
    return precision, recall


def count_events(story: Story) -> EventCounts:
    """Count shelf events and true changes that belong together.

    An event may explain several moves at once, and one move may be seen as several events; what counts is that
    every move is explained by an event of the right sign, and every event by a move.
    """
    changes, events = true_changes(story), story.all(ShelfEvent)
    pairs = [(change, event) for change in changes for event in events if same(change, event)]
    explained = {id(event) for _, event in pairs}
    seen = {id(change) for change, _ in pairs}
    return EventCounts(len(explained), len(events), len(seen), len(changes))


def same(change: TrueChange, event: ShelfEvent) -> bool:
    """Whether an event may be a true change: on a plate of it, about when it was, and of its sign."""
    if not change.plates & set(event.plates):
        return False
    if not event.started_ns - NEAR_NS <= change.t_ns <= event.ended_ns + NEAR_NS:
        return False
    return change.grams * sum(event.deltas_g) > 0


def _sign(move: TrueMove) -> int:
    return 1 if move.kind is MoveKind.PUT else -1
