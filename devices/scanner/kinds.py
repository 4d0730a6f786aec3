"""Code scanners for bench files: one kind for each entry of `devices.scanner.profiles`."""

from __future__ import annotations

from functools import partial

from pydantic import Field

from contracts.ports import Port, PortKind
from devices.drivers.kind import DriverKind, Emulated, Options, Wanted
from devices.drivers.lines import far, near
from devices.scanner import profiles
from devices.scanner.display import Display
from devices.scanner.emulated import EmulatedScanner


class ScannerOptions(Options):
    """Settings of a scanner.

    Args:
        shown_by: id of the screen that shows codes to it; "" when people do.
        seed: of what its emulator draws.
    """

    shown_by: str = Field(default="", alias="shown by")
    seed: int = Field(default=0, ge=0)


def _make(name: str, wanted: Wanted) -> Port:
    options = ScannerOptions.model_validate(wanted.options, from_attributes=True)
    presenter = Display(wanted.other(options.shown_by), wanted.clock) if options.shown_by else None
    line = near(wanted.line, profiles.find(name).line)
    return profiles.driver(name, wanted.id, line, wanted.clock, presenter)


def _emulate(name: str, wanted: Wanted) -> Emulated:
    options = ScannerOptions.model_validate(wanted.options, from_attributes=True)
    line = far(wanted.line)
    return EmulatedScanner(profiles.emulator(name, wanted.id, line, wanted.clock, options.seed), line)


KINDS = tuple(
    DriverKind(
        f"scanner/{name}",
        PortKind.SCANNER,
        profile.about,
        partial(_make, name),
        ScannerOptions,
        partial(_emulate, name),
    )
    for name, profile in profiles.PROFILES.items()
)
