"""Whose hand it was: the visit that the stack names for each change of load, against who truly caused it."""

from __future__ import annotations

from collections.abc import Iterable

from contracts.checkout import Receipt
from contracts.records import CartChange, ShelfEvent, VisitChange
from rig.judge.carts import parties
from rig.judge.events import TrueChange, same, true_changes
from rig.judge.story import Story


def count_owners(story: Story) -> tuple[int, int]:
    """Return how many readings name a visit of somebody who moved the goods, and how many there are.

    A reading is right when its visit is on the account of the party that somebody belongs to who truly changed the
    load there and then. Readings of events that nobody caused, or of nothing at all, are not about an owner.
    """
    account_of = {name: party.account for party in parties(story) for name in party.names}
    account_of_visit = visit_accounts(story)
    changes = true_changes(story)
    events = {event.event: event for event in story.all(ShelfEvent)}
    right = total = 0
    for reading in last_readings(story.all(CartChange)):
        movers = _movers(changes, events.get(reading.event))
        if not movers or not reading.chosen.product:
            continue
        owed = {account_of[name] for name in movers if name in account_of}
        total += 1
        visit = reading.chosen.visit
        right += bool(visit) and account_of_visit.get(visit, "") in owed
    return right, total


def last_readings(changes: Iterable[CartChange]) -> list[CartChange]:
    """Return the readings of each event that stand at the end: a revision replaces all that was said before it."""
    standing: dict[str, list[CartChange]] = {}
    for change in changes:
        known = standing.setdefault(change.event, [])
        # The parts of one revision come at one moment.
        if change.revises and not (known and known[-1].revises and known[-1].t_ns == change.t_ns):
            known.clear()
        known.append(change)
    return [change for event, known in standing.items() if event for change in known]


def visit_accounts(story: Story) -> dict[str, str]:
    """Return the account of every visit, "" for one without, as the stack's own records tell it."""
    found = {change.visit: "" for change in story.all(VisitChange)}
    found |= {change.visit: change.account for change in story.all(VisitChange) if change.account}
    return found | {receipt.visit: receipt.account for receipt in story.all(Receipt) if receipt.account}


def _movers(changes: list[TrueChange], event: ShelfEvent | None) -> set[str]:
    if event is None:
        return set()
    return {change.shopper for change in changes if same(change, event)} - {""}
