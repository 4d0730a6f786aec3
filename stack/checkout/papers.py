"""Receipts of walk-outs in a store without a provider, as they are kept until they have surely been heard."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, replace

from contracts.checkout import Charge, Receipt, ReceiptLine, ReceiptStatus
from stack.attribution.receipt import charge_for
from stack.money.kept import Paper


def paper_of(receipt: Receipt) -> Paper:
    """Return a receipt as it is kept."""
    return Paper(receipt.visit, json.dumps(asdict(receipt)))


def receipt_in(paper: Paper) -> Receipt:
    """Return the receipt that was kept."""
    fields = json.loads(paper.body)
    lines = tuple(ReceiptLine(**{**line, "events": tuple(line["events"])}) for line in fields["lines"])
    return Receipt(**{**fields, "lines": lines, "status": ReceiptStatus(fields["status"])})


def said_again(paper: Paper, now_ns: int) -> Iterator[Receipt | Charge]:
    """Yield what may not have been heard: the receipt, and the charge under the same key where it is final."""
    receipt = replace(receipt_in(paper), t_ns=now_ns)
    yield receipt
    charge = charge_for(receipt)
    if charge:
        yield charge
