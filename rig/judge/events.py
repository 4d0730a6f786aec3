"""How well the stack saw changes of load, or of what boards without plates show: its shelf events against the truth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from contracts.clock import SECOND
from contracts.layout import Layout
from contracts.records import ShelfEvent
from contracts.truth import MoveKind, TrueMove
from rig.judge.story import Story

# A true move and an event are the same when they share a plate or a bare board and lie this close; a slow lift
# takes 4 s.
NEAR_NS = 5 * SECOND
# Moves on one plate this close together may well be one change of load (several items in one reach).
TOGETHER_NS = 2 * SECOND


# What comes back to a bare board so soon has hardly been away: whoever holds it stands in the cameras' way.
BACK_NS = 10 * SECOND


@dataclass(frozen=True, slots=True)
class TrueChange:
    """One lasting change of load that truly happened: one or several moves on the same plates at once.

    Args:
        t_ns: when.
        plates: plates whose load it changed, or the id of the board when that does not weigh.
        grams: how much came, negative when it went.
        moves: how many moves.
        shopper: who did it.
        fleeting: whether a board that does not weigh soon looked as before, so that nobody need have seen it.
    """

    t_ns: int
    plates: frozenset[str]
    grams: float
    moves: int
    shopper: str = ""
    fleeting: bool = False


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
    """Return the changes in the truth: every take, put and topple that touched a plate or a board without any."""
    moves = [move for move in story.all(TrueMove) if move.kind is not MoveKind.HAND]
    fleeting = _fleeting(moves, story.layout)
    return [
        TrueChange(move.t_ns, places, _sign(move) * move.mass_g, 1, move.shopper, id(move) in fleeting)
        for move in moves
        if (places := frozenset(move.plates) or _bare(move, story.layout))
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
    every move is explained by an event of the right sign, and every event by a move. What was only lifted from a board
    without plates and set down again may be seen or not.
    """
    changes, events = true_changes(story), story.all(ShelfEvent)
    pairs = [(change, event) for change in changes for event in events if same(change, event)]
    explained = {id(event) for _, event in pairs}
    seen = {id(change) for change, _ in pairs}
    lasting = {id(change) for change in changes if not change.fleeting}
    return EventCounts(len(explained), len(events), len(seen & lasting), len(lasting))


def same(change: TrueChange, event: ShelfEvent) -> bool:
    """Whether an event may be a true change: on a plate or the board of it, about when it was, and of its sign."""
    if not change.plates & {*event.plates, event.place}:
        return False
    if not event.started_ns - NEAR_NS <= change.t_ns <= event.ended_ns + NEAR_NS:
        return False
    return change.grams * (float(event.came) or sum(event.deltas_g)) > 0


def _sign(move: TrueMove) -> int:
    return 1 if move.kind is MoveKind.PUT else -1


def _bare(move: TrueMove, layout: Layout) -> frozenset[str]:
    """Return the board without plates to or from which something moved, if it was one that anybody can watch."""
    board = layout.shelf.get(move.target if move.kind is MoveKind.PUT else move.origin)
    return frozenset({board.id}) if board and not board.plates and layout.cameras else frozenset()


def _fleeting(moves: Sequence[TrueMove], layout: Layout) -> set[int]:
    """Return the ids of the moves that took an item from a bare board and soon brought it back to that board."""
    found: set[int] = set()
    last: dict[str, TrueMove] = {}
    for move in moves:
        before = last.get(move.item)
        back = move.kind is MoveKind.PUT and before is not None and before.kind is MoveKind.TAKE
        if (
            before
            and back
            and move.t_ns - before.t_ns < BACK_NS
            and before.origin == move.target
            and _bare(move, layout)
        ):
            found |= {id(before), id(move)}
        last[move.item] = move
    return found
