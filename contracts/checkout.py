"""What passes between a stack and those who pay: phones, tills, terminals and the payment provider.

The provider is a device like any other: orders to it are answers of the stack, and what came of them are sensor
records. So every payment of a run is recorded, repeated with it, and judged. No record holds a card number: an
instrument is a token, or the SHA-256 of a code that was shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from contracts.record import Record

# --- what is owed --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """One line of a receipt.

    Args:
        product: product id.
        count: > 0.
        unit_minor: unit price, minor units.
        probability: that product and count are right.
        events: shelf events it rests on.
    """

    product: str
    count: int
    unit_minor: int
    probability: float
    events: tuple[str, ...] = ()


class ReceiptStatus(StrEnum):
    """Whether a receipt may be charged."""

    FINAL = "final"
    REVIEW = "review"
    VOID = "void"
    """A sale at a till that was broken off: nothing is owed, and what was taken is given back."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Receipt(Record):
    """What one visit owes.

    Args:
        visit: whose.
        account: whose purchase it is: who was known when it was priced; "" for somebody who came in without one.
        lines: by product id.
        total_minor: sum, minor units.
        currency: ISO 4217.
        left_ns: when the visit left the store.
        status: final, or held for review.
        reason: why it is held.
        till: where it was paid, "" when the person walked out.
        discount_minor: what promotions and member prices took off the lines.
        tax_minor: the tax in the total.
        agreed_minor: an amount that was agreed on without goods being listed, at a stall or in a taxi.
        balance_minor: what stored value paid of the total.
        instrument: what pays the rest, which may be another's than the account's: a token of a card on file,
            "terminal:ID" for a card that was held to a terminal, "sha256:..." for a code of another wallet; "" when
            nothing is to be paid, or by nobody.
    """

    visit: str
    account: str
    lines: tuple[ReceiptLine, ...]
    total_minor: int
    currency: str
    left_ns: int
    status: ReceiptStatus = ReceiptStatus.FINAL
    reason: str = ""
    till: str = ""
    discount_minor: int = 0
    tax_minor: int = 0
    agreed_minor: int = 0
    balance_minor: int = 0
    instrument: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Charge(Record):
    """An order to take money for a final receipt; the key makes it happen once."""

    visit: str
    account: str
    amount_minor: int
    currency: str
    key: str


CARD_TOP_UP = "card top-up"
"""The reason of stored value that was bought with the card on file."""
PRICE_DIFFERENCE = "price difference"
"""The reason of stored value that was given because another shop has published a lower price."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BalanceChange(Record):
    """The stored value of an account changed, by a stack.

    Args:
        account: whose.
        amount_minor: by how much; negative = out of it.
        balance_minor: what it is now.
        currency: ISO 4217.
        key: of what it was for: the till's transaction, a receipt.
        reason: for the customer.
        till: where, "" for nowhere.
    """

    account: str
    amount_minor: int
    balance_minor: int
    currency: str
    key: str
    reason: str
    till: str = ""


# --- the payment provider ------------------------------------------------------------------------


class PaymentAction(StrEnum):
    """What a provider is asked to do."""

    AUTHORISE = "authorise"
    """Hold an amount."""
    CAPTURE = "capture"
    """Take an amount out of a hold."""
    VOID = "void"
    """Let a hold go."""
    REFUND = "refund"
    """Give back what was captured, or a part of it."""
    STATUS = "status"
    """Say what became of an order."""


class PaymentOutcome(StrEnum):
    """What came of an order."""

    APPROVED = "approved"
    DECLINED = "declined"
    UNKNOWN = "unknown"
    """The provider cannot tell: ask again."""
    NOT_FOUND = "not_found"
    """It never heard of the order that was asked about."""
    MISMATCH = "mismatch"
    """The key came before, with another amount or action; nothing was done."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PaymentOrder(Record):
    """An order to the payment provider, by a stack; whatever is ordered twice under one key happens once.

    Args:
        provider: device id.
        key: idempotency key.
        payment: the payment that it is a step of.
        action: what to do.
        amount_minor: how much, minor units.
        currency: ISO 4217.
        instrument: what is charged: an opaque token of a card on file, or "sha256:..." of a payment code.
        of: key of the order that this one is about; "" for an authorisation.
    """

    provider: str
    key: str
    payment: str
    action: PaymentAction
    amount_minor: int = 0
    currency: str = ""
    instrument: str = ""
    of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PaymentResult(Record):
    """What came of an order; `source` is the provider.

    Args:
        key: of the order.
        payment: of the order.
        action: of the order; of the order asked about, when it was STATUS.
        outcome: what came of it.
        reference: the provider's own number, "" when nothing was done.
        amount_minor: what was held, taken or given back.
        reason: for people, why not.
    """

    key: str
    payment: str
    action: PaymentAction
    outcome: PaymentOutcome
    reference: str = ""
    amount_minor: int = 0
    reason: str = ""


# --- the app on a customer's phone ---------------------------------------------------------------


class PhoneAction(StrEnum):
    """What a customer does with the app."""

    SHOW_CODE = "show_code"
    """Opens the page with the account's code."""
    SCANNED = "scanned"
    """Holds the phone's camera before a code: a merchant's, or a product's."""
    CONFIRMED = "confirmed"
    """Agrees to what is on the screen."""
    TOP_UP = "top_up"
    """Puts an amount on the account from the card on file."""
    FORGET_PALM = "forget_palm"
    """Takes back the consent to being known by the palm, or by what `wording` begins with."""
    ENROL_PALM = "enrol_palm"
    """Agrees to being known by the palm, or by what `wording` begins with, before a reader that takes it now."""
    CHOSE = "chose"
    """Puts an article, by its number, into the order that is open."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PhoneRequest(Record):
    """What the app asks of the stack; `source` is the phone.

    Args:
        account: who is signed in.
        action: what the customer does.
        code: what the phone's camera read.
        amount_minor: what the customer keyed in, minor units.
        device: the palm reader, or other biometric reader, before which the customer stands.
        wording: which consent was agreed to, "palm-en-1", "face-en-1"; or of what one is taken back.
    """

    account: str
    action: PhoneAction
    code: bytes = b""
    amount_minor: int = 0
    device: str = ""
    wording: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PhoneView(Record):
    """What the stack puts on the screen of a phone.

    Args:
        phone: device id.
        text: for the customer.
        code: to be shown as QR and as a bar code, b"" for none.
        until_ns: when the code ends, 0 for never.
        asks: whether the customer is to agree.
    """

    phone: str
    text: str
    code: bytes = b""
    until_ns: int = 0
    asks: bool = False


# --- palms that are enrolled in the store --------------------------------------------------------


class PalmAction(StrEnum):
    """What palm readers are told."""

    ENROL = "enrol"
    """The next hand that is held there is to be known from now on."""
    FORGET = "forget"
    """Nothing is to be kept of a handle."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PalmOrder(Record):
    """An order to palm readers and to other biometric readers, which enrol and match by themselves.

    Args:
        key: of this order; the answer to an enrolment has it.
        action: what to do.
        reader: device id, "" for all.
        account: who agreed to it.
        wording: to which consent.
        handle: which is to be forgotten, a palm's handle or the reference of a face or a fingerprint.
    """

    key: str
    action: PalmAction
    reader: str = ""
    account: str = ""
    wording: str = ""
    handle: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PalmEnrolled(Record):
    """What became of an enrolment; `source` is the reader.

    Args:
        key: of the order.
        handle: by which the reader knows the palm from now on, "" when it enrolled nobody.
        why: what to do better, where it did not.
    """

    key: str
    handle: str = ""
    why: str = ""


# --- tills ---------------------------------------------------------------------------------------


class TillKey(StrEnum):
    """What a cashier, or a customer at a till of their own, presses."""

    TOTAL = "total"
    """All goods are in: ask for the money."""
    CARD = "card"
    """Pay by card at the terminal."""
    TOP_UP = "top_up"
    """Cash was taken: put the amount on the account that is scanned next."""
    CANCEL = "cancel"
    """Forget the sale."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TillEvent(Record):
    """A key pressed at a till; `source` is the till.

    Args:
        key: which.
        amount_minor: what was keyed in before it, minor units.
        sale: the till's own number of the transaction, "" when it has none.
    """

    key: TillKey
    amount_minor: int = 0
    sale: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TerminalOrder(Record):
    """An order to a card terminal, by a stack; the `TerminalEvent` with its key answers it."""

    terminal: str
    key: str
    amount_minor: int
    currency: str


class TerminalEventKind(StrEnum):
    """How a card transaction ended."""

    APPROVED = "approved"
    DECLINED = "declined"
    TIMED_OUT = "timed_out"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TerminalEvent(Record):
    """The end of a card transaction; `source` is the terminal.

    Args:
        kind: outcome.
        key: idempotency key of the request.
        token: opaque card token; never a card number.
    """

    kind: TerminalEventKind
    key: str
    token: str = ""
