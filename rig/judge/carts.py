"""Who paid for what: shoppers and receipts brought together by the account that answers for them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from contracts.biometrics import BioScan
from contracts.checkout import Receipt, ReceiptStatus
from contracts.records import Direction, GateEvent, GateEventKind, PalmScan, Scan
from rig.judge.story import Story
from rig.judge.tills import pay_times, pays_at_till, till_receipts
from rig.judge.verdict import PersonResult


@dataclass(frozen=True, slots=True)
class Party:
    """Shoppers who share one receipt.

    Args:
        names: sorted.
        account: "" for somebody who came in on nobody's account; a till for somebody without one who pays there.
        till: where they pay, "" for those who walk out.
    """

    names: tuple[str, ...]
    account: str
    till: str = ""


def parties(story: Story) -> list[Party]:
    """Return everybody who came in, grouped by the account that admitted them.

    Somebody who slipped in without being admitted stands alone, whatever account they own.
    """
    groups: dict[str, list[str]] = {}
    alone: list[Party] = []
    for name in story.shoppers:
        passage = story.passed(name, Direction.IN)
        if passage is None:
            continue
        account = story.account_of.get(passage.paying, "") if passage.paying else ""
        till = pays_at_till(story, name)
        if account:
            groups.setdefault(account, []).append(name)
        elif till:
            alone.append(Party((name,), story.account_of[name] or till, till))
        else:
            alone.append(Party((name,), ""))
    return [Party(tuple(names), account) for account, names in sorted(groups.items())] + alone


def settle(story: Story) -> tuple[list[tuple[Party, list[Receipt]]], list[Receipt]]:
    """Return every party with its receipts, and the receipts that are nobody's."""
    spare = [receipt for receipt in story.all(Receipt) if receipt.status is not ReceiptStatus.VOID]
    found: list[tuple[Party, list[Receipt]]] = []
    for party in parties(story):
        mine = _receipts_of(story, party, spare)
        spare = [receipt for receipt in spare if receipt not in mine]
        found.append((party, mine))
    return found, spare


def results(story: Story) -> tuple[list[PersonResult], list[Receipt]]:
    """Return how every party came out, and the receipts that are nobody's."""
    settled, spare = settle(story)
    return [_result(story, party, receipts) for party, receipts in settled], spare


def _receipts_of(story: Story, party: Party, spare: list[Receipt]) -> list[Receipt]:
    """Return a party's receipts: by account, or for somebody without one, the closest in time of leaving."""
    if party.till:
        return till_receipts(story, party.names[0], spare)
    mine = [receipt for receipt in spare if receipt.account == party.account]
    if party.account or not mine:
        return mine
    left = story.passed(party.names[0], Direction.OUT)
    if left is None:
        return []
    return [min(mine, key=lambda receipt: abs(receipt.left_ns - left.t_ns))]


def _result(story: Story, party: Party, receipts: list[Receipt]) -> PersonResult:
    took: Counter[str] = sum((story.left_with(name) for name in party.names), Counter())
    charged: Counter[str] = Counter()
    for receipt in receipts:
        for line in receipt.lines:
            charged[line.product] += line.count
    held = any(receipt.status is ReceiptStatus.REVIEW for receipt in receipts)
    means, known_ms, paid_ms = pay_times(story, party.names[0], receipts) if party.till else ("", None, None)
    return PersonResult(
        names=party.names,
        account=party.account,
        took=dict(sorted(took.items())),
        charged=dict(sorted((+charged).items())),
        total_minor=sum(receipt.total_minor for receipt in receipts),
        status="none" if not receipts else "review" if held else "final",
        gate_ms=_gate_ms(story, party),
        receipt_ms=None if party.till else _receipt_ms(story, party, receipts),
        means=means,
        known_ms=known_ms,
        paid_ms=paid_ms,
    )


def _gate_ms(story: Story, party: Party) -> float | None:
    """Return the longest time from a code or palm being read to the gate standing open for a party's members."""
    gates = {gate.id: (gate.scanner, gate.palm_reader, gate.bio_reader) for gate in story.layout.gates}
    opened = [event for event in story.all(GateEvent) if event.kind is GateEventKind.OPENED]
    reads = [*story.all(Scan), *story.all(PalmScan), *story.all(BioScan)]
    waits: list[float] = []
    for name in party.names:
        passage = story.passed(name, Direction.IN)
        before = [event for event in opened if passage and event.source == passage.gate and event.t_ns <= passage.t_ns]
        if not before:
            continue
        readers = gates[before[-1].source]
        shown = [read.t_ns for read in reads if read.source in readers and read.t_ns <= before[-1].t_ns]
        if shown:
            waits.append((before[-1].t_ns - max(shown)) / 1e6)
    return max(waits, default=None)


def _receipt_ms(story: Story, party: Party, receipts: list[Receipt]) -> float | None:
    ways = [story.passed(name, Direction.OUT) for name in party.names]
    left = [way.t_ns for way in ways if way is not None]
    if not receipts or not left:
        return None
    return (max(receipt.t_ns for receipt in receipts) - max(left)) / 1e6
