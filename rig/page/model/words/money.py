"""What is owed and paid, in words."""

from __future__ import annotations

from contracts import checkout as c
from contracts.currency import money_text
from rig.page.model.words.said import Said, Tone

Money = (
    c.Receipt
    | c.Charge
    | c.PaymentOrder
    | c.PaymentResult
    | c.TillEvent
    | c.TerminalOrder
    | c.TerminalEvent
    | c.BalanceChange
    | c.PhoneRequest
)
_BAD = (c.PaymentOutcome.DECLINED, c.PaymentOutcome.MISMATCH)


def say(record: Money, currency: str) -> Said:  # noqa: PLR0911 - one line a kind
    """Return what is owed or paid; neither account nor instrument nor code."""
    match record:
        case c.Receipt():
            return _receipt(record)
        case c.Charge(visit=visit):
            return Said(lane="money", who=visit, text=f"{_sum(record, record.currency)} is charged for visit {visit}")
        case c.PaymentOrder(provider=provider, action=action):
            amount = f" {_sum(record, record.currency)}" if record.amount_minor else ""
            return Said(lane="money", text=f"{provider} is asked to {action}{amount}")
        case c.PaymentResult(source=provider, outcome=outcome, reason=reason):
            text = f"{provider}: {record.action} {outcome}" + (f" ({reason})" if reason else "")
            return Said(lane="money", text=text, tone=_outcome_tone(outcome))
        case c.TillEvent(source=till, key=key):
            amount = f" after {_sum(record, currency)}" if record.amount_minor else ""
            return Said(lane="money", text=f"{till}: key {key}{amount}", places=(till,))
        case c.TerminalOrder(terminal=terminal):
            return Said(lane="money", text=f"{terminal} is to take {_sum(record, record.currency)}")
        case c.TerminalEvent(source=terminal, kind=kind):
            tone: Tone = "" if kind is c.TerminalEventKind.APPROVED else "bad"
            return Said(lane="money", text=f"{terminal}: {kind}", tone=tone)
        case c.BalanceChange(reason=reason):
            return Said(lane="money", text=f"stored value {_sum(record, record.currency)}: {reason}")
        case c.PhoneRequest(source=phone, action=action):
            return Said(lane="doors", text=f"{phone}: {action.replace('_', ' ')}")


def _receipt(receipt: c.Receipt) -> Said:
    goods = ", ".join(f"{line.count} x {line.product}" for line in receipt.lines) or "nothing"
    held = receipt.status is c.ReceiptStatus.REVIEW
    text = f"receipt of {receipt.visit}: {goods}; {money_text(receipt.total_minor, receipt.currency)}"
    text += f", held: {receipt.reason}" if held else ""
    return Said(lane="money", who=receipt.visit, text=text, tone="unsure" if held else "")


def _sum(record: c.Charge | c.PaymentOrder | c.TillEvent | c.TerminalOrder | c.BalanceChange, currency: str) -> str:
    return money_text(record.amount_minor, currency) if currency else str(record.amount_minor)


def _outcome_tone(outcome: c.PaymentOutcome) -> Tone:
    if outcome is c.PaymentOutcome.APPROVED:
        return ""
    return "bad" if outcome in _BAD else "unsure"
