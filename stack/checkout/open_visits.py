"""Who is in the store, kept with the books until the receipt is written: another process goes on with their visits."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

from contracts.records import VisitState
from stack.money.kept import OpenVisit
from stack.money.notes import Notes
from stack.visits.visit import Visit


class OpenVisits:
    """All of them.

    Args:
        notes: beside the books; written in the transaction in which the stack decides.
    """

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self._before = notes.all(OpenVisit)

    def tell(self, visit: Visit, now_ns: int) -> None:
        """Note where a visit stands; one that is over is forgotten."""
        if visit.state is VisitState.CLOSED:
            self._notes.drop(OpenVisit, visit.id)
            return
        before = self._notes.find(OpenVisit, visit.id)
        goods, bill = (before.goods, before.bill) if before else ("{}", "")
        now = OpenVisit(
            visit.id,
            visit.account,
            visit.party,
            visit.gate,
            bill,
            visit.state,
            visit.since_ns,
            visit.left_ns,
            goods,
            now_ns,
        )
        if before is None or replace(before, t_ns=now_ns) != now:
            self._notes.keep(now)

    def hold(self, visit: str, bill: str) -> None:
        """Note the bill with a visit's hold."""
        note = self._notes.find(OpenVisit, visit)
        if note:
            self._notes.keep(replace(note, bill=bill))

    def goods(self, visit: str, cart: Mapping[str, int], now_ns: int) -> None:
        """Note what a visit holds, product -> count."""
        note, text = self._notes.find(OpenVisit, visit), json.dumps(dict(sorted(cart.items())))
        if note and note.goods != text:
            self._notes.keep(replace(note, goods=text, t_ns=now_ns))

    def drop(self, visit: str) -> None:
        """Forget a visit."""
        self._notes.drop(OpenVisit, visit)

    def before(self) -> list[OpenVisit]:
        """Return the visits that an earlier process had begun and not ended; the oldest first."""
        return sorted(self._before, key=lambda visit: (visit.since_ns, len(visit.id), visit.id))


def goods_of(note: OpenVisit) -> dict[str, int]:
    """Return what a visit held when it was noted, product -> count."""
    return {str(product): int(count) for product, count in json.loads(note.goods).items()}
