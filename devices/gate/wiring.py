"""Which channels of a module a turnstile is wired to, where that is not how this project wires one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

from devices.gate.module import Module
from devices.gate.turnstile import Order, Sense, Turnstile

RelayName = Literal["in", "out", "stop", "fire"]
InputName = Literal["in", "out", "ready", "alarm", "fire", "timed out"]
ORDERS: dict[RelayName, Order] = {
    "in": Order.OPEN_IN,
    "out": Order.OPEN_OUT,
    "stop": Order.STOP,
    "fire": Order.HOLD_FIRE,
}
SENSES: dict[InputName, Sense] = {
    "in": Sense.PASSED_IN,
    "out": Sense.PASSED_OUT,
    "ready": Sense.READY,
    "alarm": Sense.ALARM,
    "fire": Sense.FIRE,
    "timed out": Sense.TIMED_OUT,
}
_NEEDED: tuple[InputName, ...] = ("in", "out")


def wired(turnstile: Turnstile, relays: Mapping[RelayName, int], inputs: Mapping[InputName, int]) -> Turnstile:
    """Return a turnstile on other channels.

    Args:
        turnstile: as this project wires it; what closed means stays as it is there.
        relays: channels from 0 by what they tell; none for those of the turnstile.
        inputs: channels from 0 by what they tell; what is not named is not wired; none for those of the turnstile.
    """
    return replace(
        turnstile,
        relays={
            order: replace(contact, channel=relays[name])
            for name, order in ORDERS.items()
            if (contact := turnstile.relays.get(order)) is not None
        }
        if relays
        else turnstile.relays,
        inputs={
            sense: replace(contact, channel=inputs[name])
            for name, sense in SENSES.items()
            if name in inputs and (contact := turnstile.inputs.get(sense)) is not None
        }
        if inputs
        else turnstile.inputs,
    )


def wiring_trouble(module: Module, relays: Mapping[RelayName, int], inputs: Mapping[InputName, int]) -> str:
    """Return what is impossible about a wiring, "" when nothing is."""
    missing: list[str] = [name for name in ORDERS if relays and name not in relays]
    missing += [name for name in _NEEDED if inputs and name not in inputs]
    if missing:
        return f"expected a channel for {', '.join(missing)} too"
    for what, channels, count in (("relays", relays, module.relays), ("inputs", inputs, module.inputs)):
        found = list(channels.values())
        if any(not 0 <= channel < count for channel in found):
            return f"expected channels 0 to {count - 1} of the {what} of {module.model}"
        if len(set(found)) < len(found):
            return f"expected each of the {what} once"
    return ""


def channels_of(turnstile: Turnstile) -> list[str]:
    """Return the channels that a turnstile takes, as a bench file tells them apart."""
    relays = [f"relay {contact.channel}" for contact in turnstile.relays.values()]
    return relays + [f"input {contact.channel}" for contact in turnstile.inputs.values()]
