"""The first difference between two runs, as it is told."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from contracts.clock import SECOND
from contracts.record import Record
from rig.compare.names import name_of
from rig.compare.values import ABSENT, Absent, Mismatch

MOST_SHOWN = 240  # characters of a value


@dataclass(frozen=True, slots=True)
class Difference:
    """The first message that differs.

    Args:
        message: its kind ("shelf_event").
        source: who sent it.
        t_ns: bench time: the recorded one, where there is one.
        number: how many messages agreed before it.
        path: the field ("deltas_g[0]"); "" where the whole message differs.
        recorded: its value in the recording.
        found: its value now.
        tolerance: what the field was allowed to differ by; "" for nothing.
    """

    message: str
    source: str
    t_ns: int
    number: int
    path: str
    recorded: str
    found: str
    tolerance: str = ""

    @property
    def where(self) -> str:
        """The message in a few words."""
        return f"{self.message} from {self.source} at {self.t_ns / SECOND:.3f} s"

    @property
    def lines(self) -> tuple[str, ...]:
        """The difference for people, a line a part."""
        parts = (
            ("field", self.path or "the whole message"),
            ("recorded", self.recorded),
            ("now", self.found),
            ("tolerance", self.tolerance),
        )
        head = f"first difference: {self.where}, after {self.number} messages that agree"
        return (head, *(f"  {label:10}{text}" for label, text in parts if text))


def differing(recorded: Record, found: Record, mismatch: Mismatch, number: int) -> Difference:
    """Return the difference of two messages that stand at the same place."""
    if not mismatch.path:
        return unmatched(recorded, found, number)
    allowed = mismatch.tolerance.text if mismatch.tolerance else ""
    return Difference(
        name_of(recorded), recorded.source, recorded.t_ns, number,
        mismatch.path, shown(mismatch.recorded), shown(mismatch.found), allowed,
    )  # fmt: skip


def unmatched(recorded: Record | Absent, found: Record | Absent, number: int) -> Difference:
    """Return the difference where one side has a message that the other has not, or has another kind of message."""
    known = [side for side in (recorded, found) if isinstance(side, Record)]
    # Whichever comes first in time is the one that the other side lacks.
    first = min(known, key=lambda record: record.t_ns)
    return Difference(name_of(first), first.source, first.t_ns, number, "", shown(recorded), shown(found))


def shown(value: object) -> str:
    """Return a value as it fits on a line."""
    if isinstance(value, bytes) and len(value) > 40:
        return f"{len(value)} bytes, SHA-256 {hashlib.sha256(value).hexdigest()[:16]}"
    if isinstance(value, Record):
        text = f"{name_of(value)} at {value.t_ns / SECOND:.3f} s: {value!r}"
    else:
        text = "nothing" if value is ABSENT else repr(value)
    return text if len(text) <= MOST_SHOWN else f"{text[: MOST_SHOWN - 3]}..."
