"""Names in books that more than one run writes: each run but the first puts its own before them."""

from __future__ import annotations

from stack.money.books import Books


class Names:
    """The names of one run. The same books give the same names, and books that have grown give others.

    Args:
        books: as they stand when the run begins.
    """

    def __init__(self, books: Books) -> None:
        written = len(books.bills) + len(books.requests)
        self._run = f"run-{written}/" if written else ""

    def full(self, name: str) -> str:
        """Return a name as it stands in the books."""
        return self._run + name

    def ours(self, full: str) -> bool:
        """Whether a name in the books is of this run."""
        return full.startswith(self._run)

    def short(self, full: str) -> str:
        """Return a name without the run's."""
        return full.removeprefix(self._run)
