"""Gates for bench files: one kind for each entry of `devices.gate.turnstiles`, on any of `devices.gate.modules`."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from contracts.ports import Port, PortKind
from contracts.seeds import stream
from devices.drivers.kind import DriverKind, Emulated, Options, Wanted
from devices.drivers.lines import PTY, far, is_far
from devices.gate import modules, turnstiles
from devices.gate.driver import IoGate
from devices.gate.emulate.io_module import IoModule
from devices.gate.emulated import EmulatedGate
from devices.gate.emulator import GateEmulator
from devices.gate.turnstile import Turnstile
from devices.gate.wiring import InputName, RelayName, channels_of, wired, wiring_trouble
from devices.modbus import client
from devices.modbus.address import of_line
from devices.modbus.far import FarEnd
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
        relays: channels of its orders (in, out, stop, fire), where it is wired otherwise than `devices.gate.turnstiles`
            has it: a second turnstile on one module.
        inputs: channels of what it tells (in, out, ready, alarm, fire, timed out); what is left out is not wired.
        unit: address of an emulator; a driver's is in its line, `?unit=1`.
        detector: whether an emulator notices who passes without leave.
        seed: of what its emulator draws.
    """

    module: Annotated[str, AfterValidator(_known)] = "adam-6060"
    counters: bool = False
    relays: dict[RelayName, int] = Field(default_factory=dict)
    inputs: dict[InputName, int] = Field(default_factory=dict)
    framing: Framing | None = None
    unit: int = Field(default=1, ge=0, le=255)
    detector: bool = False
    seed: int = Field(default=0, ge=0)

    @model_validator(mode="after")
    def _possible(self) -> Self:
        if trouble := wiring_trouble(modules.find(self.module), self.relays, self.inputs):
            raise ValueError(trouble)
        return self

    def turnstile(self, name: str) -> Turnstile:
        """Return a turnstile as it is wired here."""
        return wired(turnstiles.find(name), self.relays, self.inputs)


def _make(name: str, wanted: Wanted) -> Port:
    options = _options(wanted)
    module = modules.find(options.module)
    address = of_line(wanted.line, module.line)
    line = client.of(address, wanted.clock, where=wanted.line, shared=wanted.shared)
    return IoGate(wanted.id, module, options.turnstile(name), line, wanted.clock, counters=options.counters)


def _emulate(name: str, wanted: Wanted) -> Emulated:
    options = _options(wanted)
    framing = options.framing or (Framing.RTU if wanted.line.startswith(PTY) else Framing.TCP)
    module = modules.find(options.module)
    draws = partial(stream, options.seed, "gate", "contacts")
    emulator = GateEmulator(
        module,
        options.turnstile(name),
        wanted.clock,
        unit=options.unit,
        detector=options.detector,
        on=wanted.shared.get(("module", wanted.line, options.unit), lambda: IoModule(module, draws())),
    )
    end = wanted.shared.get(
        ("modbus end", wanted.line), lambda: FarEnd(far(wanted.line), framing, wanted.clock, options.seed)
    )
    return EmulatedGate(wanted.id, emulator, end, framing, wanted.clock)


def _places(name: str, line: str, options: Options) -> list[str]:
    """Return what it takes of a line: channels of a module."""
    gate = GateOptions.model_validate(options, from_attributes=True)
    unit = gate.unit if is_far(line) else of_line(line).unit
    return [f"modbus/unit {unit}={gate.module}/{channel}" for channel in channels_of(gate.turnstile(name))]


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
        partial(_places, name),
    )
    for name, turnstile in turnstiles.TURNSTILES.items()
)
