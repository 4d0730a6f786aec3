"""Scales for bench files: one kind for each entry of `devices.scale.profile`, and the weight transmitters."""

from __future__ import annotations

from functools import partial

from pydantic import Field

from contracts.clock import SECOND
from contracts.errors import UsageError
from contracts.ports import Port, PortKind
from devices.drivers.kind import DriverKind, Emulated, Options, Wanted
from devices.drivers.lines import far, near
from devices.scale.driver import SerialScale
from devices.scale.emulated import EmulatedScale
from devices.scale.emulator import ScaleEmulator
from devices.scale.profile import PROFILES
from devices.scale.transmitter.kinds import KINDS as TRANSMITTERS

RACK_HZ, RACK_BLOCK = 60.0, 12
"""Samples a second, and samples in a record, of a rack's controller: a store's own by default (`contracts.layout`)."""


class ScaleOptions(Options):
    """Settings of a scale.

    Args:
        sample_rate: samples a second in its records; by default a rack's for raw converters, else the scale's own.
        block: samples in a record; by default a rack's for raw converters, else 1.
        seed: of what its emulator draws.
    """

    sample_rate: float | None = Field(default=None, alias="sample rate", gt=0, le=1000)
    block: int | None = Field(default=None, ge=1, le=1000)
    seed: int = Field(default=0, ge=0)


def _make(name: str, wanted: Wanted) -> Port:
    options, profile = _options(wanted), PROFILES[name]
    rate_hz = options.sample_rate or (0 if profile.asked else RACK_HZ)
    return SerialScale(
        wanted.id,
        _plates(wanted),
        name,
        near(wanted.line, profile.line),
        wanted.clock,
        period_ns=int(SECOND / rate_hz) if rate_hz else 0,
        block=options.block or (1 if profile.asked else RACK_BLOCK),
    )


def _emulate(name: str, wanted: Wanted) -> Emulated:
    count = len(_plates(wanted))
    emulator = ScaleEmulator(name, far(wanted.line), wanted.clock, plates=count, seed=_options(wanted).seed)
    return EmulatedScale(emulator, PROFILES[name], count, wanted.clock)


def _options(wanted: Wanted) -> ScaleOptions:
    return ScaleOptions.model_validate(wanted.options, from_attributes=True)


def _plates(wanted: Wanted) -> tuple[str, ...]:
    if not wanted.plates:
        raise UsageError(
            "nothing says which plates it has",
            where=wanted.id,
            expected="a rack of the store with plates",
            hint="name the store in the bench file, `store: NAME`, or give --store",
        )
    return wanted.plates


KINDS = (
    *(
        DriverKind(
            f"scale/{name}",
            PortKind.SCALE,
            f"{profile.model}, {profile.rate_hz} weighings a second",
            partial(_make, name),
            ScaleOptions,
            partial(_emulate, name),
        )
        for name, profile in PROFILES.items()
    ),
    *TRANSMITTERS,
)
