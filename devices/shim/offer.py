"""A device as it is offered to a shim: open already, or to be opened when somebody wants it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from contracts.clock import Clock
from contracts.ports import Port, PortInfo


@dataclass(frozen=True, slots=True)
class Offer:
    """A device that a shim is to open.

    Args:
        info: what it will be.
        open: opens it; gets the device's clock, which runs on bench time; raises DeviceUnavailable with the cause.
            Called again after a failure, and when a run sets another time: no driver sees its time jump.
        line: what it hangs on, for people.
        protocol: its driver's name, for people.
    """

    info: PortInfo
    open: Callable[[Clock], Port]
    line: str = ""
    protocol: str = ""


def offer_of(device: Port | Offer) -> tuple[Offer, Port | None]:
    """Return what a shim has to know of a device, and its port if it is open already; such a one is never reopened."""
    if isinstance(device, Offer):
        return device, None
    return Offer(device.info, lambda _: device), device
