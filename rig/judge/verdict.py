"""What the judge says of a run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Cart = Mapping[str, int]


class Outcome(StrEnum):
    """How a run came out. Trouble of the rig is never called a failure of the product."""

    PASS = "pass"  # noqa: S105  # not a password
    FAIL = "fail"
    ERROR = "error"
    UNJUDGED = "unjudged"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonResult:
    """One shopper, or a group that pays together, beside the receipt they got.

    Args:
        names: shoppers of the group, sorted.
        account: who pays, "" for nobody.
        took: product to count that they left the store with.
        charged: product to count on their receipts.
        total_minor: sum of their receipts, minor units.
        status: "final", "review", "none" without a receipt.
        gate_ms: longest time from the code being read to the gate being open; None when no gate opened.
        receipt_ms: from the last one's leaving to the receipt; None without one.
        means: what was shown at a till, "" for those who walk out.
        known_ms: from showing it until the money could be asked for: who it is, what it costs them, what is charged;
            of a card, until the terminal knew. None where nothing was shown.
        paid_ms: from showing it to the receipt.
    """

    names: tuple[str, ...]
    account: str
    took: Cart
    charged: Cart
    total_minor: int = 0
    status: str = "none"
    gate_ms: float | None = None
    receipt_ms: float | None = None
    means: str = ""
    known_ms: float | None = None
    paid_ms: float | None = None

    @property
    def right(self) -> bool:
        """Whether the receipt says what was taken."""
        return dict(self.took) == dict(self.charged)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """Figures of one run; None where a run has nothing to score.

    Args:
        line_precision: of person x product units on receipts.
        line_recall: of the same.
        line_f1: their harmonic mean.
        event_precision: share of the stack's shelf events that happened.
        event_recall: share of true changes of load that the stack saw.
        hota: higher order tracking accuracy of heads on the floor, similarity 1 - d / 1 m.
        mota: CLEAR accuracy at 0.3 m.
        idf1: identity F1 at 0.3 m.
        switches: identity switches.
        head_error_cm: mean distance of matched heads on the floor.
    """

    line_precision: float | None = None
    line_recall: float | None = None
    line_f1: float | None = None
    event_precision: float | None = None
    event_recall: float | None = None
    hota: float | None = None
    mota: float | None = None
    idf1: float | None = None
    switches: int | None = None
    head_error_cm: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What came of a run.

    Args:
        outcome: pass, fail (the product was wrong) or error (the rig or the script was).
        differences: where the product differs from the truth or from what was expected, one sentence each.
        troubles: what went wrong with the rig or the script.
        people: everybody who came, beside their receipts.
        scores: figures.
    """

    outcome: Outcome
    differences: tuple[str, ...] = ()
    troubles: tuple[str, ...] = ()
    people: tuple[PersonResult, ...] = ()
    scores: Scores = field(default_factory=Scores)

    @property
    def ok(self) -> bool:
        """Whether the product did everything right."""
        return self.outcome is Outcome.PASS
