"""What a record of a device says, in a line for people. Codes, palms and tokens are hidden: they may be able to pay."""

from __future__ import annotations

import numpy as np

from contracts.biometrics import BioScan
from contracts.checkout import TerminalEvent
from contracts.record import Record
from contracts.records import Frame, GateEvent, PalmScan, Scan, Weights

FELT_G = 5.0
"""What changes a plate's load by less is not told: five samples a second of many plates are no reading matter."""
_MOST = 6
"""Plates in a line."""


class Words:
    """Remembers what plates bore when it was last told."""

    def __init__(self) -> None:
        self._told: dict[str, list[float]] = {}

    def of(self, record: Record) -> str:
        """Return a record in words, "" when it says nothing new."""
        return self._weights(record) if isinstance(record, Weights) else _words(record)

    def _weights(self, record: Weights) -> str:
        if not record.grams.size:
            return ""
        now = [float(grams) for grams in record.grams[-1]]
        before = self._told.get(record.source)
        if before is None:
            self._told[record.source] = now
            unread = int(np.isnan(now).sum())
            return f"{len(now)} plates{f', {unread} without a reading' if unread else ''}"
        changed = [at for at, grams in enumerate(now) if _differs(before[at], grams)]
        for at in changed:
            before[at] = now[at]
        lost = [at for at in changed if np.isnan(now[at])]
        if len(lost) == len(now):
            return f"none of {len(now)} plates has a reading"
        told = [f"plate {at + 1}: {'no reading' if at in lost else f'{now[at]:.1f} g'}" for at in changed[:_MOST]]
        more = f" and {len(changed) - _MOST} more" if len(changed) > _MOST else ""
        return f"{', '.join(told)}{more}" if told else ""


def _words(record: Record) -> str:  # noqa: PLR0911 - one a kind
    match record:
        case Scan():
            return f"a code of {len(record.code)} bytes {record.symbology or 'of a kind that it does not tell'}"
        case PalmScan():
            return f"a palm that it {'knows' if record.handle else 'does not know'}, quality {record.quality:.2f}"
        case BioScan():
            return f"{record.modality}: {record.outcome}, score {record.score:.2f} at threshold {record.threshold:.2f}"
        case GateEvent():
            return str(record.kind)
        case TerminalEvent():
            return f"{record.kind}, {record.key}"
        case Frame():
            return f"a frame of {len(record.jpeg)} bytes, captured at {record.captured_ns / 1e9:.3f} s"
    return type(record).__name__


def _differs(before: float, now: float) -> bool:
    if np.isnan(before) or np.isnan(now):
        return bool(np.isnan(before) != np.isnan(now))
    return abs(now - before) >= FELT_G
