"""Goods that pass from one shopper to another, by the arms that met between them.

Depth shows the arms and not what is in the hands. So a hand-over is entered only when it is clear who gave; with one
thing to give it was that, with several most likely what was taken last; of two of one kind a person looks at both
receipts, for it may have been one or both.
"""

from __future__ import annotations

from collections.abc import Sequence

from contracts.clock import MILLISECOND
from contracts.records import CartChange, Hypothesis
from stack.attribution.bookkeeper import Bookkeeper
from stack.attribution.receipt import UNCHARGED
from stack.sightings import Meeting

GIVEN = 0.91
"""How often arms that meet between two people who pay apart pass goods on, when one of them held out an arm first:
hands that are shaken come together at once. 9 of 9 such meetings in 142 recordings of the suites' tuning seeds (6
scripts, three of them with two seeds), one of each kind added: 10 of 11."""
MET_ONLY = 0.14
"""... and when neither did: both hands came at once, or a passer-by's arm swung there. 0 of 5 such meetings
(3 scripts), likewise: 1 of 7."""
HELD_OUT_S = 0.5
"""... for so long."""
LIKELIEST = 0.5
"""What was less probably given is not entered; what is less sure than a receipt asks for is, and holds it."""
WAIT_NS = 1500 * MILLISECOND
"""What was taken from a shelf just before is in the books by then; receipts wait longer."""


class HandOvers:
    """Keeps carts in step with what passes from hand to hand.

    Args:
        books: the carts.
    """

    def __init__(self, books: Bookkeeper) -> None:
        self._books = books
        self._waiting: list[Meeting] = []

    def see(self, meetings: Sequence[Meeting]) -> None:
        """Take in meetings that have ended."""
        self._waiting += meetings

    def settle(self, now_ns: int) -> list[CartChange]:
        """Decide the meetings that ended long enough ago; return what they change in carts."""
        due = [meeting for meeting in self._waiting if now_ns - meeting.ended_ns >= WAIT_NS]
        self._waiting = [meeting for meeting in self._waiting if meeting not in due]
        return [answer for meeting in due for answer in self._decide(meeting, now_ns)]

    def _decide(self, meeting: Meeting, now_ns: int) -> list[CartChange]:
        one, other = (self._books.visit_at(track, meeting.began_ns) for track in meeting.tracks)
        if not (one and other) or self._books.pay_together(one, other):
            return []
        first, second = meeting.held_out_s
        giver, taker = (one, other) if first > second else (other, one)
        if max(first, second) >= HELD_OUT_S > min(first, second):
            product, p = self._passed(giver, meeting.began_ns)
            if p >= LIKELIEST:
                return self._hand(Hypothesis(giver, product, -1, p), taker, meeting, now_ns)
        passed = GIVEN if max(first, second) >= HELD_OUT_S else MET_ONLY
        if passed >= UNCHARGED and (self._carried(one) or self._carried(other)):
            for visit, partner in ((one, other), (other, one)):
                self._books.doubt(visit, f"goods may have passed between hands of {visit} and {partner}")
        return []

    def _carried(self, visit: str) -> dict[str, int]:
        return {product: count for product, count in self._books.cart(visit).items() if count > 0}

    def _passed(self, giver: str, t_ns: int) -> tuple[str, float]:
        """Return what somebody who held out an arm most probably gave, and how probably just one of it."""
        held = self._books.in_hand(giver, t_ns)
        product = max(sorted(held), key=lambda product: held[product], default="")
        count = self._carried(giver).get(product, 0)
        return product, GIVEN * held[product] / count if count else 0.0

    def _hand(self, given: Hypothesis, taker: str, meeting: Meeting, now_ns: int) -> list[CartChange]:
        """Enter that something is now another's."""
        p = given.probability
        kept = (Hypothesis("", "", 0, 1 - p),)
        answers = self._books.enter(given, kept, meeting.ended_ns, now_ns)
        taken = Hypothesis(taker, given.product, +1, p)
        return answers + self._books.enter(taken, kept, meeting.ended_ns, now_ns)
