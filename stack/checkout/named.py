"""Names in books that more than one process writes: each but the first puts the number of its start before them."""

from __future__ import annotations

from stack.money.books import Books
from stack.money.notes import Started

_STACK = "stack"


class Names:
    """The names of one run of the stack, which notes its start in the books.

    Args:
        books: as they stand when it begins.
    """

    def __init__(self, books: Books) -> None:
        before = books.notes.find(Started, _STACK)
        # Books of an earlier release do not say how often they were opened, and had names by how much was in them.
        times = before.times + 1 if before else len(books.bills) + len(books.requests)
        books.notes.keep(Started(_STACK, times))
        self.run = f"run-{times}/" if times else ""

    def full(self, name: str) -> str:
        """Return a name as it stands in the books."""
        return name if self.run and name.startswith(self.run) else self.run + name

    def ours(self, full: str) -> bool:
        """Whether a name in the books is of this run."""
        return full.startswith(self.run)
