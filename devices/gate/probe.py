"""Whether an I/O module is there, has what its profile says, and how long it takes to answer."""

from __future__ import annotations

from contracts.errors import DeviceUnavailable
from devices.gate.module import Module
from devices.gate.modules import MODULES
from devices.modbus.client import Client
from devices.modbus.host import Answer
from devices.probing import Probed


def probe(device: str, module: Module, client: Client) -> tuple[Probed, list[Answer]]:
    """Ask for inputs and relays, and wait for the answers; nothing is switched.

    Args:
        device: device id.
        module: what should be there.
        client: its line.

    Returns:
        What it said, and the answers to whatever else was asked before.

    Raises:
        DeviceUnavailable: it does not answer, or does not have them.
    """
    wanted = (module.read_inputs(), module.read_relays())
    answers = client.exchange(*wanted)
    others = [answer for answer in answers if answer.request not in wanted]
    for answer in answers:
        if answer.request in wanted and answer.values is None:
            raise _unfit(device, module, answer, client)
    asked = [answer for answer in answers if answer.request in wanted]
    if not asked:
        raise client.unavailable() or _unfit(device, module, None, client)
    # A map that fits is all that such a module tells of itself.
    return Probed(identity=module.model, round_trip_ns=min(one.at_ns - one.asked_ns for one in asked)), others


def _unfit(device: str, module: Module, answer: Answer | None, client: Client) -> DeviceUnavailable:
    if answer is not None and answer.refusal:
        others = ", ".join(name for name, other in MODULES.items() if other is not module)
        return DeviceUnavailable(
            "the module does not have what its profile says",
            where=f"{device} at {client.where}",
            expected=f"{module.inputs} inputs and {module.relays} relays of {module.model}",
            found=answer.why,
            hint=f"try another module: {others}; or another unit",
        )
    found = answer.why if answer is not None else "no answer within a second"
    return DeviceUnavailable(
        "the module does not answer",
        where=f"{device} at {client.where}",
        expected=f"answers of {module.model}",
        found=found + "".join(f", {count} x {trouble}" for trouble, count in sorted(client.troubles.items())),
        hint="check power, the unit (on TCP often only 1, 0 or 255), the port (502 as a rule), speed and parity",
    )
