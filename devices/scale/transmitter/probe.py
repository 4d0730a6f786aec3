"""Whether transmitters are there, have the registers that their profile says, and how long they take to answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from contracts.clock import Clock
from contracts.errors import DeviceUnavailable
from devices.modbus.client import Client
from devices.modbus.host import Answer
from devices.modbus.types import Request
from devices.probing import Probed
from devices.scale.transmitter import codec
from devices.scale.transmitter.heart import STILL_NS
from devices.scale.transmitter.model import Setup, Transmitter
from devices.scale.transmitter.models import TRANSMITTERS

Exchange = Callable[[int, Sequence[Request]], list[Answer]]


def probe(
    device: str, of: Transmitter, setup: Setup, units: Sequence[int], client: Client, clock: Clock, exchange: Exchange
) -> Probed:
    """Ask each unit for its weight, and wait; nothing is written.

    Args:
        device: device id.
        of: what should be there.
        setup: how it is set up.
        units: their numbers.
        client: their line.
        clock: bench time; it passes here.
        exchange: asks one unit and waits.

    Raises:
        DeviceUnavailable: one of them does not answer, is another model, or has stopped.
    """
    told, took_ns = [], []
    for unit in units:
        first = _asked(device, of, unit, client, exchange)
        _check_heart(device, of, unit, first, client, clock, exchange)
        assert first.values is not None
        weights = codec.readings(of, setup, first.values)
        told.append(f"unit {unit}: {', '.join(f'{one.grams[0]:g} g {one.status}' for one in weights)}")
        took_ns.append(first.at_ns - first.asked_ns)
    return Probed(f"{of.model}; {'; '.join(told)}", "", max(took_ns))


def _asked(device: str, of: Transmitter, unit: int, client: Client, exchange: Exchange) -> Answer:
    answers = exchange(unit, (codec.ask(of),))
    if answers and answers[-1].values is not None:
        return answers[-1]
    refused = bool(answers) and bool(answers[-1].refusal)
    others = ", ".join(name for name, other in TRANSMITTERS.items() if other is not of)
    raise DeviceUnavailable(
        "the transmitter does not have what its profile says" if refused else "the transmitter does not answer",
        where=f"{device} at {client.where}, unit {unit}",
        expected=f"{of.count} registers from {of.at} on, as {of.model} has them",
        found=answers[-1].why if answers else "no answer within a second",
        hint=f"try another profile: {others}" if refused else
        "check power, the unit, A and B of RS-485, speed and parity; over TCP the port, 502 as a rule",
    )  # fmt: skip


def _check_heart(
    device: str, of: Transmitter, unit: int, first: Answer, client: Client, clock: Clock, exchange: Exchange
) -> None:
    if of.heartbeat is None:
        return
    clock.wait_until(clock.now_ns + STILL_NS)
    again = _asked(device, of, unit, client, exchange)
    place = of.heartbeat - of.at
    assert first.values is not None
    assert again.values is not None
    if first.values[place] == again.values[place]:
        raise DeviceUnavailable(
            "the transmitter answers, but its program stands still",
            where=f"{device} at {client.where}, unit {unit}",
            expected=f"register {of.heartbeat} to count tenths of a second",
            found=f"{again.values[place]} twice, half a second apart",
            hint="switch it off and on again; or it is another model: try another profile",
        )
