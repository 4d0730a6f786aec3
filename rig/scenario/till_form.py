"""The steps about money as people write them."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from contracts import steps
from contracts.units import Money
from rig.scenario.step_body import Body


class PayBody(Body):
    """`pay: palm`, or `{by: card, at: till-2}`; `{by: qr, of: ana}`: a picture of ana's last code."""

    STEP = steps.Pay
    SHORT = "by"
    by: steps.Tender = "qr"
    at: str = ""
    of: str = ""
    amount_minor: Money = Field(default=0, alias="amount")

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


class CheckPriceBody(Body):
    """`check price: fiji-500`, with the phone."""

    STEP = steps.CheckPrice
    SHORT = "product"
    product: str
