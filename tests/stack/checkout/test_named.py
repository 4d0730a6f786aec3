"""Books that several runs write: names never meet, also where the last run wrote nothing."""

from stack.checkout.named import Names
from stack.money.bill import Request
from stack.money.books import Books


def test_the_first_run_has_no_name_and_later_ones_have_their_own() -> None:
    books = Books()
    assert Names(books).full("till-1-sale-1") == "till-1-sale-1"
    found = []
    for _ in range(3):
        found.append(Names(books).full("till-1-sale-1"))
    assert len(set(found)) == 3
    assert all(name.endswith("/till-1-sale-1") for name in found)


def test_a_run_knows_its_own() -> None:
    books = Books()
    books.once(Request("key", "deposit", "ana", 100, 0, "USD"))
    names = Names(books)
    mine = names.full("sale")
    assert (names.ours(mine), names.full(mine), names.ours("sale")) == (True, mine, False)
