"""Weight transmitters for bench files: one kind for each entry of `devices.scale.transmitter.models`."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Literal

from pydantic import Field

from contracts.clock import MILLISECOND, SECOND
from contracts.ports import Port, PortKind
from devices.drivers.kind import DriverKind, Emulated, Options, Wanted
from devices.drivers.lines import PTY, far
from devices.modbus import client
from devices.modbus.address import of_line
from devices.modbus.far import FarEnd
from devices.modbus.framing import Framing
from devices.scale.emulated import EmulatedScale
from devices.scale.profile import Profile
from devices.scale.transmitter.driver import TransmitterScale
from devices.scale.transmitter.emulator import CAPACITY_G, FILTER_NS, TransmitterEmulator
from devices.scale.transmitter.model import Setup
from devices.scale.transmitter.models import TRANSMITTERS

REPLY_NS = 100 * MILLISECOND
"""The longest that one may take; their converters run at 80 a second and more. Our choice."""
UnitNumber = Annotated[int, Field(ge=0, le=255)]


class TransmitterOptions(Options):
    """Settings of weight transmitters.

    Args:
        unit: what they weigh in.
        decimals: digits behind the point of a weight in whole numbers.
        units: their numbers on the line, in the order of the plates; by default one after the other from the line's on.
        sample_rate: samples a second in the records.
        block: samples in a record.
        filter: seconds that the weight of an emulator takes to follow its load; 0: not filtered.
        framing: of an emulator's line: by default RTU on a pseudo-terminal, else Modbus TCP.
        seed: of what an emulator draws.
    """

    unit: Literal["g", "kg", "lb"] = "kg"
    decimals: int = Field(default=3, ge=0, le=6)
    units: list[UnitNumber] = Field(default_factory=list)
    sample_rate: float = Field(default=60.0, alias="sample rate", gt=0, le=1000)
    block: int = Field(default=12, ge=1, le=1000)
    filter: float = Field(default=FILTER_NS / SECOND, ge=0, le=10)
    framing: Framing | None = None
    seed: int = Field(default=0, ge=0)

    @property
    def setup(self) -> Setup:
        """What a codec wants to know."""
        return Setup(self.unit, self.decimals)

    def numbers(self, plates: int, channels: int, first: int) -> list[int]:
        """Return the units that so many plates need."""
        return self.units or list(range(first, first + -(-plates // channels)))


def _make(name: str, wanted: Wanted) -> Port:
    options, of = _options(wanted), TRANSMITTERS[name]
    address = of_line(wanted.line, of.line)
    return TransmitterScale(
        wanted.id,
        wanted.plates,
        of,
        options.setup,
        client.of(address, wanted.clock, where=wanted.line, reply_ns=REPLY_NS, attempts=1, shared=wanted.shared),
        wanted.clock,
        units=options.numbers(len(wanted.plates), of.channels, address.unit),
        period_ns=int(SECOND / options.sample_rate),
        block=options.block,
    )


def _emulate(name: str, wanted: Wanted) -> Emulated:
    options, of, plates = _options(wanted), TRANSMITTERS[name], len(wanted.plates)
    framing = options.framing or (Framing.RTU if wanted.line.startswith(PTY) else Framing.TCP)
    emulator = TransmitterEmulator(
        of,
        options.setup,
        framing,
        wanted.shared.get(
            ("modbus end", wanted.line), lambda: FarEnd(far(wanted.line), framing, wanted.clock, options.seed)
        ),
        wanted.clock,
        units=options.numbers(plates, of.channels, 1),
        seed=options.seed,
        filter_ns=int(options.filter * SECOND),
    )
    bears = Profile(of.model, of.line, rate_hz=60, asked=False, capacity_g=CAPACITY_G)
    return EmulatedScale(emulator, bears, plates, wanted.clock)


def _places(_line: str, options: Options) -> list[str]:
    """Return what it takes of a line: the units that it lists; one that lists none takes the whole line."""
    units = TransmitterOptions.model_validate(options, from_attributes=True).units
    return [f"modbus/unit {unit}" for unit in units] or ["modbus"]


def _options(wanted: Wanted) -> TransmitterOptions:
    return TransmitterOptions.model_validate(wanted.options, from_attributes=True)


KINDS = tuple(
    DriverKind(
        f"scale/{name}",
        PortKind.SCALE,
        f"{of.model}, over Modbus",
        partial(_make, name),
        TransmitterOptions,
        partial(_emulate, name),
        _places,
    )
    for name, of in TRANSMITTERS.items()
)
