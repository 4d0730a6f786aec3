"""Tills, payment, promotions and tax as a store file says them."""

from __future__ import annotations

import math
from typing import Annotated

from pydantic import Field, model_validator

from contracts.biometrics import Modality
from contracts.currency import in_minor
from contracts.geometry import Pose
from contracts.trade import Promotion, PromotionKind, TaxRate, TillInfo, TillKind
from contracts.units import Money
from contracts.yamlfile import StrictModel


def says_both(reader: str, reads: Modality | None) -> None:
    """Raise ValueError where a biometric reader does not say what it reads, or the other way round."""
    if bool(reader) != bool(reads):
        raise ValueError("`bio_reader` names a reader, and `bio_reads` says what it reads: give both or none")


class TillFile(StrictModel):
    """One place where people pay.

    Args:
        at: x, y of where the customer stands.
        yaw_deg: direction from there to the till.
        kind: staffed, self, vending or printed.
        scanner: id of its code scanner.
        palm_reader: id of its palm reader.
        terminal: id of its card terminal.
        screen: id of the screen that the customer sees.
        printed: the code that is printed there.
        bio_reader: id of its biometric reader that is not of palms.
        bio_reads: face, fingerprint, or fingerprint_card.
    """

    at: tuple[float, float]
    yaw_deg: float = 0.0
    kind: TillKind = TillKind.STAFFED
    scanner: str = ""
    palm_reader: str = ""
    terminal: str = ""
    screen: str = ""
    printed: str = ""
    bio_reader: str = ""
    bio_reads: Modality | None = None

    @model_validator(mode="after")
    def _can_be_used(self) -> TillFile:
        if self.kind is TillKind.PRINTED and not self.printed:
            raise ValueError("a printed till needs the code that is `printed` there")
        if self.kind is not TillKind.PRINTED and not self.scanner:
            raise ValueError("a till that sells goods needs a `scanner`")
        if self.kind is TillKind.VENDING and not self.screen:
            raise ValueError("a vending machine needs a `screen`, which is told to open the door")
        says_both(self.bio_reader, self.bio_reads)
        return self


class PaymentFile(StrictModel):
    """Who takes the money.

    Args:
        provider: id of the payment provider.
        hold: what is held on the card on file of whoever comes in; 0 for nothing.
    """

    provider: Annotated[str, Field(min_length=1)]
    hold: Money = 0


class PromotionFile(StrictModel):
    """One promotion; which keys count hangs on its kind (`contracts.trade.Promotion`)."""

    kind: PromotionKind
    products: tuple[str, ...] = ()
    percent: Annotated[float, Field(ge=0, le=100)] = 0.0
    take: Annotated[int, Field(ge=0)] = 0
    pay: Annotated[int, Field(ge=0)] = 0
    price: Money = 0
    from_: Money = Field(default=0, alias="from")
    off: Money = 0
    members: bool = False

    @model_validator(mode="after")
    def _says_enough(self) -> PromotionFile:
        if self.kind is PromotionKind.N_FOR_M and not 0 < self.pay < self.take:
            raise ValueError("expected `take` and a smaller `pay`, 3 and 2 for three for two")
        if self.kind in (PromotionKind.N_FOR_M, PromotionKind.BUNDLE, PromotionKind.PRICE) and not self.products:
            raise ValueError("a promotion of this kind names its `products`")
        return self


class TaxFile(StrictModel):
    """Sales tax or value-added tax.

    Args:
        included: whether prices have it in them.
        rates: percent by class of goods.
    """

    included: bool = True
    rates: dict[str, Annotated[float, Field(ge=0, le=100)]]


def promotion_of(id_: str, file: PromotionFile, currency: str) -> Promotion:
    """Return a promotion as the layout has it, its amounts in minor units."""
    return Promotion(
        id=id_,
        kind=file.kind,
        products=file.products,
        basis_points=round(file.percent * 100),
        take=file.take,
        pay=file.pay,
        price_minor=in_minor(file.price, currency),
        from_minor=in_minor(file.from_, currency),
        off_minor=in_minor(file.off, currency),
        members=file.members,
    )


def tax_rates_of(file: TaxFile | None) -> tuple[TaxRate, ...]:
    """Return tax rates as the layout has them."""
    return tuple(TaxRate(name, round(percent * 10_000)) for name, percent in file.rates.items()) if file else ()


def till_of(id_: str, file: TillFile) -> TillInfo:
    """Return a till as the layout has it."""
    pose = Pose.at(*file.at, yaw=math.radians(file.yaw_deg))
    return TillInfo(
        id=id_,
        pose=pose,
        kind=file.kind,
        scanner=file.scanner,
        palm_reader=file.palm_reader,
        terminal=file.terminal,
        screen=file.screen,
        printed=file.printed,
        bio_reader=file.bio_reader,
        bio_reads=file.bio_reads or "",
    )
