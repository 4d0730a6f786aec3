"""What a scripted shopper does: small frozen steps, data that can be printed and checked without a store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from contracts.biometrics import USUAL, Presented, Subject, Trait
from contracts.clock import SECOND
from contracts.codes.token import Handle
from contracts.held import HeldPhone
from contracts.palms import USUAL_HAND, Enrol, Forget, HeldHand

Means = Literal["qr", "palm", "nothing"] | Trait
Tender = Literal["qr", "app", "palm", "card", "wallet", "screen"] | Trait
Then = Literal["", "qr", "palm", "card", "wallet"]
"""What can be shown at a till after something else was refused there."""
Wear = Literal["cap", "shoulder bag", "basket"]
"""What a shopper may have on besides clothes."""
Pushed = Literal["pram", "wheelchair", "trolley"]
"""What a shopper may push; somebody sits in a wheelchair."""
Engine = Literal["own", "pedestrians"]
"""Who steers a walker among others: the twin's own rules, or the pedestrian library (an extra)."""
Bodies = Literal["rigid", "skinned"]
"""What cameras see of shoppers: the rigid parts that goods feel, or skin and clothes around them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enter:
    """Come in through an entry gate.

    Args:
        by: what is shown to the gate; "nothing" walks up to it and shows nothing.
        follow: slip in right behind this shopper without showing anything (tailgating).
        guest_of: shopper whose code is shown for this person (a group on one account).
        gate: gate id, "" for the store's first entry gate.
        then: what is shown once the gate did not open at the first; "" shows the same again.
    """

    by: Means = "qr"
    follow: str = ""
    guest_of: str = ""
    gate: str = ""
    then: Literal["", "qr"] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WalkTo:
    """Walk to a gondola, shelf or plate and face it, or to a point.

    Args:
        place: gondola, shelf or plate id; "" when a point is given.
        point: x, y in metres, world.
    """

    place: str = ""
    point: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """Take items from a shelf, walking there first if needed.

    Args:
        product: product id.
        count: how many.
        at_once: all in one reach, instead of one reach each.
        place: shelf or plate id to take from; "" for where the planogram has it.
        hand: which hand; "" for the nearer free one.
        slowly: lift over 4 s instead of 0.5 s.
        hold_ns: keep the item just above the plate for so long before taking it away.
    """

    product: str
    count: int = 1
    at_once: bool = False
    place: str = ""
    hand: Literal["", "left", "right"] = ""
    slowly: bool = False
    hold_ns: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PutBack:
    """Put items that the shopper holds on a shelf.

    Args:
        product: product id.
        count: how many.
        place: shelf or plate id, right or wrong; "" for where the item came from.
    """

    product: str
    count: int = 1
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspect:
    """Take an item, look at it for a while in front of the shelf, and put it back where it was."""

    product: str
    place: str = ""
    for_ns: int = 2 * SECOND


@dataclass(frozen=True, slots=True, kw_only=True)
class Touch:
    """Reach for an item, press it and let go without taking it."""

    product: str
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandTo:
    """Hand an item to another shopper; both walk up to each other."""

    product: str
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drop:
    """Let an item fall to the floor and leave it there."""

    product: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """Stand still."""

    for_ns: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Stand and look at a place without reaching."""

    place: str
    for_ns: int = 2 * SECOND


@dataclass(frozen=True, slots=True, kw_only=True)
class Meet:
    """Wait until another shopper has finished a number of steps.

    Args:
        shopper: who.
        steps: how many of that shopper's steps must be done.
    """

    shopper: str
    steps: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    """Go out through an exit gate.

    Args:
        follow: go out right behind this shopper.
        gate: gate id, "" for the nearest exit.
    """

    follow: str = ""
    gate: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pay:
    """Go to a till, have everything that one holds scanned there, and pay for it.

    Args:
        by: what is shown: the code on the phone, the same after scanning the till's own code with the app, a palm, a
            card at the terminal, or the payment code of another wallet; or the app scans what the till's screen shows.
        at: till id, "" for the store's first.
        of: shopper of whose last code a picture is shown; "" for one's own.
        amount_minor: what is keyed in at the till besides goods: a fare.
        then: what is shown at the same till once the first was refused; "" for nothing.
        whose: shopper whose phone, palm, card or wallet that is; "" for one's own.
    """

    by: Tender = "qr"
    at: str = ""
    of: str = ""
    amount_minor: int = 0
    then: Then = ""
    whose: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanCode:
    """Hold the phone's camera before the code that is printed at a till, and agree to what the app then says.

    Args:
        at: till id, "" for the store's first.
        amount_minor: what is keyed in, where the code leaves the amount open.
    """

    at: str = ""
    amount_minor: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TopUp:
    """Put money on one's account: cash at a till, where its code is shown, or from the card on file with the app.

    Args:
        amount_minor: how much.
        at: till id, "" for the store's first.
        by: with what.
    """

    amount_minor: int
    at: str = ""
    by: Literal["cash", "app"] = "cash"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckPrice:
    """Hold the phone's camera before the barcode of an article."""

    product: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Buy:
    """Choose an article at a vending machine, pay with one gesture, and take it once the door is open.

    Args:
        product: product id.
        count: how many.
        at: till id, "" for the store's first.
        by: what is shown.
    """

    product: str
    count: int = 1
    at: str = ""
    by: Tender = "palm"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Scan the code on a table with the app, choose, and pay before anything is brought.

    Args:
        items: product ids and how many of each.
        at: till id of the table, "" for the store's first.
    """

    items: tuple[tuple[str, int], ...]
    at: str = ""


Step = (
    Enter
    | WalkTo
    | Take
    | PutBack
    | Inspect
    | Touch
    | HandTo
    | Drop
    | Wait
    | Look
    | Meet
    | Leave
    | Pay
    | ScanCode
    | TopUp
    | CheckPrice
    | Buy
    | Order
    | Enrol
    | Forget
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    """A phone with the store's app, signed in.

    Args:
        id: device id, "phone-ana".
        handle: from which it makes its codes, without network if need be.
        top_up: the bar code of its account for paying in cash.
        ahead_ns: how far its clock is ahead of the store's.
        online: whether it has a network.
        held: how it is held before scanners, which then look at it; None: it is read.
    """

    id: str
    handle: Handle
    top_up: bytes = b""
    ahead_ns: int = 0
    online: bool = True
    held: HeldPhone | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A payment card, as far as a terminal lets anybody know of it.

    Args:
        token: what the terminal calls it.
        chip: put into the terminal, instead of held against it.
        answer: what the bank says.
    """

    token: str
    chip: bool = False
    answer: Literal["approved", "declined", "silent"] = "approved"


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherWallet:
    """A wallet of somebody else's on a phone, which shows payment codes that only its own server knows.

    Args:
        of: whose.
        bank: how its server treats a payment (`twin.provider.behaviour`).
        behind_ns: how old a code is by the time that it is shown.
        known: whether its server knows its codes; without, they are made up.
    """

    of: Literal["wechat", "alipay"]
    bank: str = "approves"
    behind_ns: int = 0
    known: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopperPlan:
    """One shopper of a scenario.

    Args:
        name: unique in the scenario.
        steps: in order.
        arrives_ns: when the shopper appears outside.
        height_m: standing height; a child is below 1.4 m.
        speed_m_s: walking speed.
        account: account id, "" for somebody without one.
        code: the code on the shopper's phone, b"" without one.
        palm: enrolled palm handle, "" without one.
        hand: how the palm is shown to readers that look at it.
        subjects: by what other biometric readers know them from the start.
        presents: what those are shown.
        wears: what the shopper has on besides clothes, as cameras see it; a basket hangs from the left hand.
        pushes: what the shopper pushes; "" for nothing.
        seated: rides a wheelchair and moves it by hand.
        engine: who steers this walker inside the store.
        phone: with the store's app, None without one.
        card: None without one.
        wallet: of somebody else's, None without one.
    """

    name: str
    steps: tuple[Step, ...]
    arrives_ns: int = 0
    height_m: float = 1.72
    speed_m_s: float = 1.1
    account: str = ""
    code: bytes = b""
    palm: str = ""
    hand: HeldHand = USUAL_HAND
    subjects: tuple[Subject, ...] = ()
    presents: Presented = USUAL
    wears: tuple[Wear, ...] = ()
    pushes: Pushed | Literal[""] = ""
    seated: bool = False
    engine: Engine = "own"
    phone: Phone | None = None
    card: Card | None = None
    wallet: OtherWallet | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultPlan:
    """A fault that the scenario asks for.

    Args:
        device: plate, camera, gate, scanner or reader id.
        kind: value of `contracts.ports.FaultKind`.
        at_ns: when it begins.
        for_ns: how long; 0 until the end.
    """

    device: str
    kind: str
    at_ns: int
    for_ns: int = 0
