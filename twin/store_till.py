"""Tills and payment as a store file says them."""

from __future__ import annotations

import math
from typing import Annotated

from pydantic import Field, model_validator

from contracts.geometry import Pose
from contracts.trade import TillInfo, TillKind
from contracts.units import Money
from contracts.yamlfile import StrictModel


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
    """

    at: tuple[float, float]
    yaw_deg: float = 0.0
    kind: TillKind = TillKind.STAFFED
    scanner: str = ""
    palm_reader: str = ""
    terminal: str = ""
    screen: str = ""
    printed: str = ""

    @model_validator(mode="after")
    def _can_be_used(self) -> TillFile:
        if self.kind is TillKind.PRINTED and not self.printed:
            raise ValueError("a printed till needs the code that is `printed` there")
        if self.kind is not TillKind.PRINTED and not self.scanner:
            raise ValueError("a till that sells goods needs a `scanner`")
        return self


class PaymentFile(StrictModel):
    """Who takes the money.

    Args:
        provider: id of the payment provider.
        hold: what is held on the card on file of whoever comes in; 0 for nothing.
    """

    provider: Annotated[str, Field(min_length=1)]
    hold: Money = 0


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
    )
