"""What becomes of the visits that an earlier process of the stack had begun: they go on, or are held with the reason.

They go on under their own names, with their holds and with the goods that were known. What happened while no stack was
there nobody saw, so wherever there are shelves a person looks at the receipt. Where bench time has begun anew, another
run has begun: those people are not in its store.
"""

from __future__ import annotations

from contracts.layout import Layout
from contracts.records import CartChange, Hypothesis, VisitState
from stack.attribution.bookkeeper import Bookkeeper
from stack.checkout.checkout import Checkout
from stack.checkout.left_over import DURING_VISIT
from stack.checkout.open_visits import goods_of
from stack.money.kept import OpenVisit
from stack.visits.visit import Visit
from stack.visits.visitors import Visitors


class TakingUp:
    """Takes visits up, at the first tick.

    Args:
        layout: the store.
        checkout: with the visits that were noted.
        visitors: who is in the store.
        books: what they hold.
    """

    def __init__(self, layout: Layout, checkout: Checkout, visitors: Visitors, books: Bookkeeper) -> None:
        self._layout, self._checkout, self._visitors, self._books = layout, checkout, visitors, books
        self._begun = False

    def begin(self, now_ns: int) -> list[CartChange]:
        """Take everything up, once; return what the carts hold."""
        said: list[CartChange] = []
        if self._begun:
            return said
        self._begun = True
        self._checkout.begin(now_ns)
        for note in self._checkout.open_visits.before():
            if note.t_ns > now_ns:
                self._checkout.abandon(note, now_ns)
            else:
                said += self._go_on(note, now_ns)
        return said

    def _go_on(self, note: OpenVisit, now_ns: int) -> list[CartChange]:
        visit = Visit(note.id, note.account, note.party, note.gate, note.since_ns, VisitState(note.state))
        visit.seen_ns, visit.left_ns = note.since_ns, note.left_ns
        gate = self._layout.gate.get(note.gate)
        if gate:
            visit.at = gate.pose.position
        if visit.state is VisitState.INSIDE:
            visit.missed_ns = now_ns
        if self._layout.gondolas:  # also who was still at the gate: somebody else may have come in there unseen
            visit.doubts.append(("", DURING_VISIT))
        self._checkout.go_on(note)
        self._visitors.take_up(visit)
        said: list[CartChange] = []
        for product, count in goods_of(note).items():
            if count <= 0:  # put back without having been taken: that was held for a person already
                continue
            said += self._books.enter(Hypothesis(note.id, product, count, 1.0), (), now_ns, now_ns)
        return said
