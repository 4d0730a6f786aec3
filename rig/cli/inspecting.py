"""`rig inspect`: what is in a recording."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from contracts.checkout import Receipt
from contracts.clock import SECOND
from contracts.currency import money_text
from contracts.layout import Layout
from rig.cli.tables import cart_text, people_table, score_lines
from rig.judge import Verdict, judge
from rig.judge.whole import with_ending
from rig.recording.reader import ChannelStats, Recording
from rig.scenario import expectation


def inspect_recording(path: Path, *, digest: bool, as_json: bool) -> None:
    """Print a recording's digest, or its channels, receipts and verdict."""
    recording = Recording(path)
    if digest and not as_json:
        sys.stdout.write(recording.digest() + "\n")
        return
    channels = recording.channels()
    verdict = with_ending(judge(recording, expectation(recording.start.script)), recording)
    if as_json:
        sys.stdout.write(json.dumps(_as_data(recording, channels, verdict), indent=2) + "\n")
    else:
        _print(recording, channels, verdict, Console())


def _print(recording: Recording, channels: tuple[ChannelStats, ...], verdict: Verdict, console: Console) -> None:
    start, end = recording.start, recording.end
    console.print(f"{start.scenario} in {start.store}, seed {start.seed}, stack {start.stack}")
    console.print("  ".join(f"{v.name} {v.version}" for v in start.versions), style="dim")
    console.print(f"ended: {end.status} {end.reason}" if end else f"cut short: {recording.cut_at}", soft_wrap=True)
    console.print(_channel_table(channels))
    for receipt in _receipts(recording):
        console.print(receipt_text(receipt, recording.layout))
    if verdict.people:
        console.print(people_table("judged", recording.layout, verdict))
        for line in score_lines(verdict.scores):
            console.print(line, soft_wrap=True)
    for line in (*verdict.troubles, *verdict.differences):
        console.print(line, soft_wrap=True)
    console.print(f"verdict: {verdict.outcome.upper()}")


def _channel_table(channels: tuple[ChannelStats, ...]) -> Table:
    table = Table()
    for name in ("channel", "schema", "messages", "rate", "longest gap", "bytes"):
        words = name in ("channel", "schema")
        table.add_column(name, justify="left" if words else "right", no_wrap=name != "schema")
    for channel in channels:
        gap = f"{channel.longest_gap_ns / 1e6:.0f} ms" if channel.count > 1 else "-"
        rate = f"{channel.rate_hz:.2f} Hz" if channel.count > 1 else "-"
        table.add_row(channel.topic, channel.schema, str(channel.count), rate, gap, f"{channel.bytes:,}")
    return table


def _receipts(recording: Recording) -> list[Receipt]:
    return [record for record in recording.records(["/stack/receipt"]) if isinstance(record, Receipt)]


def receipt_text(receipt: Receipt, layout: Layout) -> str:
    """Return a receipt in one line."""
    cart = cart_text({line.product: line.count for line in receipt.lines}).replace("\n", ", ")
    total = money_text(receipt.total_minor, layout.currency)
    reason = f" ({receipt.reason})" if receipt.reason else ""
    return f"{receipt.t_ns / SECOND:.2f} s  receipt {receipt.visit}: {cart}; {total}, {receipt.status}{reason}"


def _as_data(recording: Recording, channels: tuple[ChannelStats, ...], verdict: Verdict) -> dict[str, Any]:
    start, end = recording.start, recording.end
    return {
        "scenario": start.scenario,
        "store": start.store,
        "seed": start.seed,
        "renderer": start.renderer,
        "stack": start.stack,
        "versions": {v.name: v.version for v in start.versions},
        "ended": {"status": end.status, "reason": end.reason} if end else None,
        "cut": recording.cut_at or None,
        "digest": recording.digest(),
        "channels": [{**asdict(c), "rate_hz": c.rate_hz} for c in channels],
        "receipts": [
            {
                "visit": r.visit,
                "account": r.account,
                "lines": [asdict(line) for line in r.lines],
                "total_minor": r.total_minor,
                "currency": r.currency,
                "status": r.status,
                "reason": r.reason,
                "t_s": r.t_ns / SECOND,
            }
            for r in _receipts(recording)
        ],
        "verdict": asdict(verdict),
    }
