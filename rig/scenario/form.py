"""A scenario file as people write it; pydantic checks it, `rig.scenario.read` makes a `Scenario` of it."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from contracts.biometrics import Modality
from contracts.clock import SECOND
from contracts.currency import EXPONENT
from contracts.palms import PalmsSeen
from contracts.ports import FaultKind
from contracts.steps import Bodies, Engine, OtherWallet, Pushed, Wear
from contracts.units import DurationNs, Money
from contracts.yamlfile import StrictModel
from rig.scenario.altered import AlteredForm
from rig.scenario.bio_form import PresentsForm
from rig.scenario.crowd_form import CrowdForm
from rig.scenario.hand_form import HandForm
from rig.scenario.model import DEFAULT_LIMIT_NS
from rig.scenario.spread import VaryForm
from rig.scenario.step_form import StepForm
from twin.provider.behaviour import BEHAVIOURS

_METRES_IN = {"m": 1.0, "cm": 0.01}
_LENGTH = re.compile(r"\s*([0-9]*\.?[0-9]+)\s*(m|cm)\s*")


def metres(value: object) -> object:
    """Return metres of "95 cm" or "0.95 m"; leave a bare number, of metres, as it is."""
    if not isinstance(value, str):
        return value
    match = _LENGTH.fullmatch(value)
    if match is None:
        raise PydanticCustomError("length", 'a length: "0.95 m", "95 cm", or a number of metres')
    return round(float(match[1]) * _METRES_IN[match[2]], 6)


_LENGTH_SCHEMA = {"anyOf": [{"type": "number"}, {"type": "string", "pattern": _LENGTH.pattern}]}
Metres = Annotated[float, BeforeValidator(metres), WithJsonSchema(_LENGTH_SCHEMA, mode="validation")]
Name = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_-]*$")]


def _known(behaviour: str) -> str:
    if behaviour not in BEHAVIOURS:
        raise ValueError(f"expected one of {', '.join(BEHAVIOURS)}")
    return behaviour


def _currency(code: str) -> str:
    if code and code not in EXPONENT:
        raise ValueError("expected an ISO 4217 code in capitals, such as JPY")
    return code


def _named(value: object) -> object:
    """Read the short form of a wallet."""
    return {"of": value} if isinstance(value, str) else value


Behaviour = Annotated[str, AfterValidator(_known)]


class AccountForm(StrictModel):
    """A shopper's customer account.

    Args:
        loyalty: membership tier.
        palm: whether it is enrolled.
        known_by: what else is: `[face, fingerprint, fingerprint_card]`.
        card_on_file: how its bank behaves: "approves", "declines", "answers-late", ... (`twin.provider.behaviour`).
    """

    loyalty: str = ""
    palm: Literal["enrolled", "none"] = "enrolled"
    known_by: list[Modality] = Field(default_factory=list, alias="known by")
    card_on_file: Behaviour = Field(default="approves", alias="card on file")


class HeldForm(StrictModel):
    """How a phone is held before scanners: with it, they look at a picture of the phone, and read it or not.

    Args:
        tilt: degrees by which its glass is turned away.
        glare: strength of a lamp's reflection in it, 0 to 1.
        distance_m: from the scanner, metres.
    """

    tilt: float = Field(default=0.0, ge=0, le=90)
    glare: float = Field(default=0.0, ge=0, le=1)
    distance_m: float = Field(default=0.15, ge=0.05, le=2)


class PhoneForm(StrictModel):
    """A shopper's phone, where it is not quite right.

    Args:
        ahead: how far its clock is ahead.
        behind: how far its clock is behind.
        online: whether it has a network.
        held: how it is held before scanners, which then look at it; without, it is read.
    """

    ahead: DurationNs = 0
    behind: DurationNs = 0
    online: bool = True
    held: HeldForm | None = None


class CardForm(StrictModel):
    """A shopper's payment card.

    Args:
        chip: put into terminals, instead of held against them.
        answer: what the bank says.
    """

    chip: bool = False
    answer: Literal["approved", "declined", "silent"] = "approved"


class WalletForm(StrictModel):
    """A wallet of somebody else's on a shopper's phone: `wechat`, or a mapping.

    Args:
        of: whose.
        bank: how its server treats a payment (`twin.provider.behaviour`).
        behind: how old a code is by the time that it is shown.
        known: whether its server knows its codes.
    """

    of: Literal["wechat", "alipay"]
    bank: Behaviour = "approves"
    behind: DurationNs = 0
    known: bool = True

    def wallet(self) -> OtherWallet:
        """Return the wallet."""
        return OtherWallet(of=self.of, bank=self.bank, behind_ns=self.behind, known=self.known)


class ShopperForm(StrictModel):
    """One shopper.

    `account` is `none` for somebody without one. Left out, those who show a code or a palm have one.
    """

    account: AccountForm | Literal["none"] | None = None
    arrives: DurationNs = 0
    height: Metres = Field(default=1.72, ge=0.5, le=2.3)
    speed: float = Field(default=1.1, ge=0.1, le=3.0)
    wears: list[Wear] = Field(default_factory=list)
    pushes: Pushed | None = None
    seated: bool = False
    engine: Engine = "own"
    phone: PhoneForm = PhoneForm()
    card: CardForm = CardForm()
    wallet: Annotated[WalletForm | None, BeforeValidator(_named)] = None
    hand: HandForm = HandForm()
    presents: PresentsForm = PresentsForm()
    does: list[StepForm] = Field(min_length=1)

    @model_validator(mode="after")
    def _one_thing_on_wheels(self) -> ShopperForm:
        if self.seated and self.pushes:
            raise ValueError(f"nobody pushes a {self.pushes} while seated in a wheelchair: leave out one of the two")
        return self


class FaultForm(StrictModel):
    """A device that breaks: when, which, how, for how long."""

    at: DurationNs
    device: str
    kind: FaultKind = Field(alias="is")
    for_ns: DurationNs = Field(default=0, alias="for")


class ExpectForm(StrictModel):
    """What must come of it; with nothing here, the receipts must equal the truth."""

    receipts: dict[Name, dict[str, Annotated[int, Field(ge=1)]]] = Field(default_factory=dict)
    review: list[Name] = Field(default_factory=list)
    charges: dict[Name, Annotated[Decimal, Field(ge=0, decimal_places=2)]] = Field(default_factory=dict)
    entered: list[Name] | None = None
    balances: dict[Name, Money] = Field(default_factory=dict)
    refused: list[Name] = Field(default_factory=list)
    recognised: list[Name] | None = None


class ScenarioForm(StrictModel):
    """A scenario file."""

    model_config = ConfigDict(json_schema_extra={"anyOf": [{"required": ["shoppers"]}, {"required": ["crowd"]}]})

    about: str = Field(min_length=1)
    store: str = Field(min_length=1)
    seed: int = Field(default=1, ge=0, lt=2**63)
    currency: Annotated[str, AfterValidator(_currency)] = ""
    shoppers: dict[Name, ShopperForm] = Field(default_factory=dict)
    crowd: CrowdForm | None = None
    faults: list[FaultForm] = Field(default_factory=list)
    expect: ExpectForm = Field(default_factory=ExpectForm)
    xfail: str = ""
    limit: DurationNs = Field(default=DEFAULT_LIMIT_NS, ge=SECOND)
    bodies: Bodies = "rigid"
    palms: PalmsSeen = "handles"
    altered: AlteredForm = AlteredForm()
    vary: VaryForm = VaryForm()

    @model_validator(mode="after")
    def _somebody_comes(self) -> ScenarioForm:
        if not self.shoppers and self.crowd is None:
            raise ValueError("nobody comes: expected 'shoppers', with a script each, or 'crowd'")
        drawn = set(self._crowd_names)
        twice = sorted(drawn & set(self.shoppers))
        if self.crowd and not self.crowd.drawn and twice:
            raise ValueError(f"{', '.join(twice)} is a name of the crowd: the shopper with a script needs another")
        if self.crowd and self.crowd.drawn and len(twice) < len(drawn):
            missing = ", ".join(sorted(drawn - set(twice))[:3])
            raise ValueError(f"the crowd is said to be drawn, but 'shoppers' lacks {missing}: leave out 'drawn'")
        return self

    @property
    def _crowd_names(self) -> tuple[str, ...]:
        return self.crowd.crowd().names if self.crowd else ()

    @model_validator(mode="after")
    def _expect_known_shoppers(self) -> ScenarioForm:
        expect = self.expect
        named = [
            *expect.receipts,
            *expect.review,
            *expect.charges,
            *(expect.entered or ()),
            *expect.balances,
            *expect.refused,
            *(expect.recognised or ()),
        ]
        strangers = sorted(set(named) - set(self.shoppers) - set(self._crowd_names))
        if strangers:
            raise ValueError(f"'expect' names {', '.join(strangers)}, who is not among the shoppers")
        return self
