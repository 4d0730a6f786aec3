"""Everything in a recording that the judge needs, gathered in one pass without the images."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from contracts.biometrics import BioScan
from contracts.checkout import (
    BalanceChange,
    Charge,
    PalmEnrolled,
    PalmOrder,
    PaymentOrder,
    PaymentResult,
    PhoneRequest,
    Receipt,
    TerminalEvent,
    TerminalOrder,
)
from contracts.layout import Account, Layout
from contracts.record import Record as AnyRecord
from contracts.records import (
    CartChange,
    Direction,
    GateEvent,
    PalmScan,
    Scan,
    ScreenCommand,
    Setup,
    ShelfEvent,
    Tracks,
    VisitChange,
)
from contracts.run import RunEnd, RunStart
from contracts.truth import (
    MoveKind,
    TrueBio,
    TrueCast,
    TrueFault,
    TrueMove,
    TruePalm,
    TruePassage,
    TruePayment,
    TruePoses,
    TrueStep,
)
from rig.recording.reader import Recording

R = TypeVar("R", bound=AnyRecord)

_LISTED = (
    TrueMove,
    TruePassage,
    TrueStep,
    TrueFault,
    TruePoses,
    Receipt,
    Charge,
    ShelfEvent,
    CartChange,
    Tracks,
    VisitChange,
    GateEvent,
    Scan,
    PalmScan,
    BioScan,
    TrueBio,
    ScreenCommand,
    PaymentOrder,
    PaymentResult,
    TerminalOrder,
    TerminalEvent,
    TruePalm,
    PalmEnrolled,
    PalmOrder,
    PhoneRequest,
    TruePayment,
    BalanceChange,
)


@dataclass
class Story:
    """The records of one run by kind, in order."""

    layout: Layout
    start: RunStart | None = None
    end: RunEnd | None = None
    account_of: dict[str, str] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    by_kind: dict[type[AnyRecord], list[AnyRecord]] = field(default_factory=dict)

    @property
    def has_truth(self) -> bool:
        """Whether the run says what really happened; a log of a real store does not."""
        return bool(self.account_of)

    def all(self, kind: type[R]) -> list[R]:
        """Return all records of a kind, in order."""
        return self.by_kind.get(kind, [])  # type: ignore[return-value]  # filled by type in `gather`

    @property
    def shoppers(self) -> list[str]:
        """Everybody in the script, sorted."""
        return sorted(self.account_of)

    def left_with(self, shopper: str) -> Counter[str]:
        """Return what a shopper truly holds at the end: takes, less what was put, dropped or handed on."""
        held: Counter[str] = Counter()
        for move in self.all(TrueMove):
            if move.shopper == shopper and move.kind is not MoveKind.TOPPLE:
                held[move.product] += 1 if move.kind is MoveKind.TAKE else -1
            if move.kind is MoveKind.HAND and move.target == shopper:
                held[move.product] += 1
        return +held

    def passed(self, shopper: str, direction: Direction) -> TruePassage | None:
        """Return a shopper's last passage in a direction."""
        ways = [p for p in self.all(TruePassage) if (p.shopper, p.direction) == (shopper, direction)]
        return ways[-1] if ways else None


def gather(recording: Recording) -> Story:
    """Read a recording once, leaving the images out."""
    topics = [topic for topic in recording.topics() if _worth(topic)]
    return tell(recording.layout, recording.records(topics))


def tell(layout: Layout, records: Iterable[AnyRecord]) -> Story:
    """Sort records by kind."""
    story = Story(layout)
    for record in records:
        if isinstance(record, RunStart):
            story.start = record
        elif isinstance(record, RunEnd):
            story.end = record
        elif isinstance(record, TrueCast):
            story.account_of = dict(zip(record.shoppers, record.accounts, strict=True))
        elif isinstance(record, Setup):
            story.layout = record.layout
            story.accounts = {account.id: account for account in record.accounts}
        elif isinstance(record, _LISTED):
            story.by_kind.setdefault(type(record), []).append(record)
    return story


def _worth(topic: str) -> bool:
    return not topic.startswith(("/camera/", "/weights/", "/bodies/", "/rig/checkpoint"))
