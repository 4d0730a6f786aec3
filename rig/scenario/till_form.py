"""The steps about money as people write them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from contracts import steps
from contracts.units import Money
from rig.scenario.step_body import Body


class PayBody(Body):
    """`pay: palm`, or `{by: card, at: till-2}`; `{by: qr, of: ana}`: a picture of ana's last code.

    `{by: palm, then: card}`: a card, once the palm was refused; `{by: palm, then: qr, whose: ben}`: ben's code then.
    """

    STEP = steps.Pay
    SHORT = "by"
    by: steps.Tender = "qr"
    at: str = ""
    of: str = ""
    amount_minor: Money = Field(default=0, alias="amount")
    then: steps.Then = ""
    whose: str = ""

    @model_validator(mode="after")
    def _somebody_elses_means(self) -> PayBody:
        if self.whose and not self.then:
            raise ValueError(f"when does {self.whose} pay? Expected then: what is shown once the first was refused")
        return self

    @model_validator(mode="after")
    def _a_picture_of_a_code(self) -> PayBody:
        if self.of and self.by not in ("qr", "wallet"):
            raise ValueError(f"nobody can show a picture of somebody else's {self.by}: expected by: qr or wallet")
        return self


class ScanBody(Body):
    """`scan: till-1`: what is printed there, with the phone; `{at: stall-1, amount: 7.50}` where it names no amount."""

    STEP = steps.ScanCode
    SHORT = "at"
    at: str = ""
    amount_minor: Money = Field(default=0, alias="amount")


class TopUpBody(Body):
    """`top up: 20.00`, or `{amount: 20.00, at: till-2}`: cash; `{amount: 20.00, by: app}`: from the card on file."""

    STEP = steps.TopUp
    SHORT = "amount_minor"
    amount_minor: Money = Field(alias="amount")
    at: str = ""
    by: Literal["cash", "app"] = "cash"


class BuyBody(Body):
    """`buy: oat-bar` at a vending machine, by palm; `{product: oat-bar, count: 2, by: qr, at: machine-1}`."""

    STEP = steps.Buy
    SHORT = "product"
    product: str
    count: int = Field(default=1, ge=1, le=20)
    at: str = ""
    by: Literal["palm", "qr", "card", "wallet"] = "palm"


class OrderBody(Body):
    """`order: {items: {cold-brew-250: 2}, at: table-4}`: with the app, paid before it is brought."""

    STEP = steps.Order
    items: dict[str, Annotated[int, Field(ge=1, le=20)]] = Field(min_length=1)
    at: str = ""

    def step(self) -> steps.Order:
        """Return the step."""
        return steps.Order(items=tuple(self.items.items()), at=self.at)

    @classmethod
    def written(cls, step: steps.Step) -> object:
        """Return the step as it would be written."""
        said = super().written(step)
        return {**said, "items": dict(said["items"])} if isinstance(said, dict) else said


class CheckPriceBody(Body):
    """`check price: fiji-500`, with the phone."""

    STEP = steps.CheckPrice
    SHORT = "product"
    product: str
