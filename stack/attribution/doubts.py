"""What events leave open, noted on the visits concerned: their receipts are held for a person to look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from contracts.records import Hypothesis
from stack.attribution.receipt import UNCHARGED
from stack.parts import LoadChange
from stack.seen.change import said_of
from stack.visits.visitors import Visitors


class Doubts:
    """Keeps the doubts of all visits.

    Args:
        visitors: whose they are.
    """

    def __init__(self, visitors: Visitors) -> None:
        self._visitors = visitors

    def note(self, visit: str, event: str, doubt: str) -> None:
        """Note one."""
        next(v for v in self._visitors.visits if v.id == visit).doubts.append((event, doubt))

    def forget(self, event: str) -> None:
        """Take back what an event left open."""
        for visit in self._visitors.visits:
            visit.doubts = [doubt for doubt in visit.doubts if doubt[0] != event]

    def compare(self, event: str, chosen: Sequence[Hypothesis], others: Sequence[Hypothesis]) -> None:
        """Note on visits what they may have taken, or given back, instead of those who are charged for it."""
        paying = {(self.party(part.visit), part.product, part.count) for part in chosen}
        for rival in others:
            charged = (self.party(rival.visit), rival.product, rival.count) in paying
            if rival.visit and rival.count and rival.probability >= UNCHARGED and not charged:
                did = "taken" if rival.count > 0 else "given back"
                self.note(rival.visit, event, f"may have {did} {abs(rival.count)} x {rival.product}")

    def unexplained(self, event: str, change: LoadChange, shares: Mapping[str, float]) -> None:
        """Note on those who may have caused it a change of load that no goods explain."""
        for visit, share in shares.items():
            if visit and share > UNCHARGED:
                self.note(visit, event, f"{said_of(change)} could not be explained")

    def party(self, visit: str) -> str:
        """Return the party of a visit, "" for none."""
        return next((v.party for v in self._visitors.visits if v.id == visit), "")
