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


def true_changes(story: Story) -> list[TrueChange]:
    """Return the changes of load in the truth: every take, put and topple that touched a plate."""
    return [
        TrueChange(move.t_ns, frozenset(move.plates), _sign(move) * move.mass_g, 1)
        for move in story.all(TrueMove)
        if move.plates and move.kind is not MoveKind.HAND
    ]


def score_events(story: Story) -> tuple[float | None, float | None]:
    """Return precision and recall of shelf events.

    An event may explain several moves at once, and one move may be seen as several events; what counts is that
    every move is explained by an event of the right sign, and every event by a move.
    """
    changes, events = true_changes(story), story.all(ShelfEvent)
    pairs = [(change, event) for change in changes for event in events if _same(change, event)]
    explained = {id(event) for _, event in pairs}
    seen = {id(change) for change, _ in pairs}
    precision = len(explained) / len(events) if events else None
    recall = len(seen) / len(changes) if changes else None
    return precision, recall


def _same(change: TrueChange, event: ShelfEvent) -> bool:
    if not change.plates & set(event.plates):
        return False
    if not event.started_ns - NEAR_NS <= change.t_ns <= event.ended_ns + NEAR_NS:
        return False
    return change.grams * sum(event.deltas_g) > 0


def _sign(move: TrueMove) -> int:
    return 1 if move.kind is MoveKind.PUT else -1
