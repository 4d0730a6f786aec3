"""Only the receipt line or the shelf event that somebody asks about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from contracts.errors import UsageError
from rig.why import Explained, Reason


def narrowed(explained: Sequence[Explained], line: str = "", event: str = "") -> list[Explained]:
    """Return what is about one product, or rests on one event.

    Args:
        explained: receipts with all their reasons.
        line: product id; "" for all.
        event: shelf event id; "" for all.

    Raises:
        UsageError: no receipt has such a line, or rests on such an event.
    """
    reasons = [reason for each in explained for reason in each.reasons]
    _known("--line", "no receipt has such a line", line, [reason.product for reason in reasons])
    _known("--event", "no receipt rests on such an event", event, _events(reasons))
    chosen = [replace(each, reasons=tuple(_of(each.reasons, line, event))) for each in explained]
    if not (line or event):
        return chosen
    kept = [each for each in chosen if each.reasons]
    if not kept:
        raise UsageError(
            "no receipt has such a line that rests on such an event", where=f"--line {line} --event {event}"
        )
    return kept


def _of(reasons: Sequence[Reason], line: str, event: str) -> list[Reason]:
    found = [reason for reason in reasons if line in ("", reason.product)]
    if not event:
        return found
    resting = [replace(r, grounds=tuple(g for g in r.grounds if g.change.event == event)) for r in found]
    return [reason for reason in resting if reason.grounds]


def _events(reasons: Sequence[Reason]) -> list[str]:
    named = {ground.change.event for reason in reasons for ground in reason.grounds if ground.change.event}
    return sorted(named, key=lambda name: (len(name), name))


def _known(option: str, problem: str, wanted: str, there: Sequence[str]) -> None:
    if wanted and wanted not in there:
        raise UsageError(
            problem, where=option, expected=", ".join(dict.fromkeys(there)) or "none is there", found=wanted
        )
