"""Two people at one plate, one of them takes something and drops it: nobody has it, whoever it was."""

from __future__ import annotations

from dataclasses import replace

import pytest

from contracts.checkout import ReceiptStatus
from contracts.clock import MILLISECOND, SECOND
from contracts.records import Hypothesis
from stack.attribution.bookkeeper import Bookkeeper, Pending
from stack.attribution.evidence import Evidence
from stack.attribution.receipt import SURE, write
from stack.visits.visitors import Visitors
from tests.stack.small_store import LAYOUT, change, hand_at, person, plate

AT = plate(6, "gondola-1/shelf-2")
"""Where soap stands."""


class Shop:
    """Two visits, v1 and v2, and a piece of soap that one of them has taken."""

    def __init__(self, pieces: int = 1) -> None:
        self.visitors = Visitors(LAYOUT, lambda _: None)
        evidence = Evidence(LAYOUT)
        self.books = Bookkeeper(LAYOUT, evidence, self.visitors)
        x, y, _ = LAYOUT.plate[AT].pose.position
        people = [person("t1", x - 0.3, y - 0.6), person("t2", x + 0.3, y - 0.6)]
        for one in people:
            self.visitors.adopt(one, 0).account = one.track
        for k in range(10):
            t_ns = k * 100 * MILLISECOND
            reach = replace(hand_at(AT, "t1", t_ns), owners=(("t1", 0.65), ("t2", 0.34)))
            evidence.add([replace(one, t_ns=t_ns) for one in people], [reach], t_ns)
        for n in range(pieces):
            self.books.decide(Pending(f"e{n + 1}", change(-300.0, AT, at_s=0.8)), SECOND)

    def dropped(self) -> None:
        """What v1 has by the books comes to lie on the floor."""
        self.books.let_fall("v1", "soap")
        self.books.enter(Hypothesis("v1", "soap", -1, 0.97), (), 2 * SECOND, 3 * SECOND)

    def states(self) -> list[ReceiptStatus]:
        """Whether each of the two is charged without asking."""
        parties = [[visit] for visit in self.visitors.visits]
        receipts = [write(party, self.books.close(party), LAYOUT, 9, gated=True) for party in parties]
        return [receipt.status for receipt in receipts]


def test_while_it_is_not_clear_who_has_it_both_are_held() -> None:
    assert Shop().states() == [ReceiptStatus.REVIEW] * 2


def test_what_was_dropped_nobody_has() -> None:
    shop = Shop()
    shop.dropped()
    shop.books.look_again(10 * SECOND, 10 * SECOND)
    assert shop.states() == [ReceiptStatus.FINAL] * 2


def test_of_two_pieces_the_other_is_still_in_doubt() -> None:
    shop = Shop(pieces=2)
    shop.dropped()
    assert ReceiptStatus.FINAL not in shop.states()


def test_a_take_that_was_clear_stays_as_it_was() -> None:
    shop = Shop()
    shop.books.let_fall("v2", "soap")
    [entry] = shop.books.close(shop.visitors.visits)
    assert (entry.visit, entry.count) == ("v1", 1)
    assert entry.probability == pytest.approx(0.65, abs=0.1)
    assert entry.probability < SURE
