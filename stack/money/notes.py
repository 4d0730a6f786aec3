"""What lies beside the books in the same database: kept as long as it is needed, written with them or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from typing import TypeVar

from stack.money.kept import Bought, Known, OpenVisit, Paper


@dataclass(frozen=True, slots=True)
class Use:
    """A code that admits so many and no more, and was used.

    Args:
        code: a digest that only who has the key can make: it says neither the code nor whose it is.
        uses: how often.
        t_ns: when last, bench time.
    """

    code: str
    uses: int
    t_ns: int


@dataclass(frozen=True, slots=True)
class Slip:
    """A receipt that is still to be printed: what no bill says of it.

    Args:
        bill: the bill, which need not be begun yet.
        visit: as the receipt names the purchase.
        till: where, "" for a walk-out or stored value.
        goods: the lines, as JSON.
        agreed_minor: an amount that was agreed on without goods.
        left_ns: when the visit left the store.
    """

    bill: str
    visit: str
    till: str = ""
    goods: str = "[]"
    agreed_minor: int = 0
    left_ns: int = 0


@dataclass(frozen=True, slots=True)
class Started:
    """How often the stack was started on these books.

    Args:
        what: "stack".
        times: the number of the last start, 0 for the first.
    """

    what: str
    times: int


Note = Use | Slip | Started | OpenVisit | Known | Bought | Paper
N = TypeVar("N", Use, Slip, Started, OpenVisit, Known, Bought, Paper)
TABLES: dict[type[Note], str] = {
    Use: "used_code",
    Slip: "slip",
    Started: "started",
    OpenVisit: "open_visit",
    Known: "known",
    Bought: "bought",
    Paper: "paper",
}


@dataclass(slots=True)
class NoteChanges:
    """What must be written and dropped.

    Args:
        kept: new or changed, by table and key.
        dropped: tables and keys.
    """

    kept: dict[tuple[str, str], Note] = field(default_factory=dict)
    dropped: set[tuple[str, str]] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.kept or self.dropped)


class Notes:
    """All notes, by kind and key.

    Args:
        notes: as they were written down.
    """

    def __init__(self, notes: Iterable[Note] = ()) -> None:
        self._notes = {_place(note): note for note in notes}
        self._changes = NoteChanges()

    def __len__(self) -> int:
        return len(self._notes)

    def all(self, kind: type[N]) -> list[N]:
        """Return all notes of a kind, oldest first."""
        return [note for note in self._notes.values() if isinstance(note, kind)]

    def find(self, kind: type[N], key: str) -> N | None:
        """Return a note by its key."""
        note = self._notes.get((TABLES[kind], key))
        return note if isinstance(note, kind) else None

    def keep(self, note: Note) -> None:
        """Enter a note, or what it is now."""
        place = _place(note)
        self._notes[place] = self._changes.kept[place] = note
        self._changes.dropped.discard(place)

    def drop(self, kind: type[Note], key: str) -> None:
        """Forget a note, if there is one."""
        place = (TABLES[kind], key)
        if self._notes.pop(place, None):
            self._changes.kept.pop(place, None)
            self._changes.dropped.add(place)

    def drain(self) -> NoteChanges:
        """Return what has changed since the last call."""
        changes, self._changes = self._changes, NoteChanges()
        return changes


def key_of(note: Note) -> str:
    """Return by what a note is found: its first field."""
    return str(getattr(note, fields(note)[0].name))


def _place(note: Note) -> tuple[str, str]:
    return (TABLES[type(note)], key_of(note))
