"""Records in words. Nothing here quotes a code, a key or an account: a live run's records still hold them."""

from __future__ import annotations

from contracts import biometrics, checkout, records, truth
from contracts.record import Record
from rig.page.model.words import money, shelves, truths, visits
from rig.page.model.words.said import Said

__all__ = ["Said", "say"]


def say(record: Record, currency: str) -> Said | None:  # noqa: PLR0911 - one line a kind
    """Return what is to be said of a record; None for nothing.

    Args:
        record: any.
        currency: of the store, for what does not name its own.
    """
    match record:
        case truth.TruePalm() | truth.TrueBio():
            return truths.say(record)
        case truth.TrueMove() | truth.TruePassage() | truth.TrueStep() | truth.TrueFault() | truth.TruePayment():
            return truths.say(record)
        case records.ShelfEvent() | records.CartChange():
            return shelves.say(record)
        case biometrics.BioScan():
            return visits.say(record)
        case (
            records.GateEvent() | records.Scan() | records.PalmScan() | records.VisitChange() | records.ScreenCommand()
        ):
            return visits.say(record)
        case checkout.Receipt() | checkout.Charge() | checkout.PaymentOrder() | checkout.PaymentResult():
            return money.say(record, currency)
        case checkout.TillEvent() | checkout.TerminalOrder() | checkout.TerminalEvent() | checkout.BalanceChange():
            return money.say(record, currency)
        case checkout.PhoneRequest():
            return money.say(record, currency)
    return None
