"""Gates for bench files: one kind for each entry of `devices.gate.turnstiles`, on any of `devices.gate.modules`."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from pydantic import AfterValidator, Field

from contracts.ports import Port, PortKind
from devices.drivers.kind import DriverKind, Emulated, Options, Wanted
from devices.drivers.lines import PTY, far
from devices.gate import modules, turnstiles
from devices.gate.driver import IoGate
from devices.gate.emulated import EmulatedGate
from devices.gate.emulator import GateEmulator
from devices.modbus import client
from devices.modbus.address import of_line
from devices.modbus.framing import Framing


def _known(module: str) -> str:
    if module not in modules.MODULES:
        raise ValueError(f"expected one of {', '.join(modules.MODULES)}")
    return module


class GateOptions(Options):
    """Settings of a gate.

    Args:
        module: the I/O module that it hangs on.
        counters: whether passages too short for a look are taken from the module's counters.
        framing: of an emulator's line: by default RTU on a pseudo-terminal, else Modbus TCP.
        unit: address of an emulator; a driver's is in its line, `?unit=1`.
        detector: whether an emulator notices who passes without leave.
        seed: of what its emulator draws.
    """

    module: Annotated[str, AfterValidator(_known)] = "adam-6060"
    counters: bool = False
    framing: Framing | None = None
    unit: int = Field(default=1, ge=0, le=255)
    detector: bool = False
    seed: int = Field(default=0, ge=0)


def _make(name: str, wanted: Wanted) -> Port:
    options = _options(wanted)
    module = modules.find(options.module)
    line = client.of(of_line(wanted.line, module.line), wanted.clock, where=wanted.line)
    return IoGate(wanted.id, module, turnstiles.find(name), line, wanted.clock, counters=options.counters)


def _emulate(name: str, wanted: Wanted) -> Emulated:
    options = _options(wanted)
    framing = options.framing or (Framing.RTU if wanted.line.startswith(PTY) else Framing.TCP)
    emulator = GateEmulator(
        modules.find(options.module),
        turnstiles.find(name),
        wanted.clock,
        unit=options.unit,
        detector=options.detector,
        seed=options.seed,
    )
    return EmulatedGate(wanted.id, emulator, far(wanted.line), framing, wanted.clock)


def _options(wanted: Wanted) -> GateOptions:
    return GateOptions.model_validate(wanted.options, from_attributes=True)


KINDS = tuple(
    DriverKind(
        f"gate/{name}",
        PortKind.GATE,
        f"{turnstile.model}, on a Modbus I/O module: {turnstile.mode}",
        partial(_make, name),
        GateOptions,
        partial(_emulate, name),
    )
    for name, turnstile in turnstiles.TURNSTILES.items()
)
