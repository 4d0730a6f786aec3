"""Card terminals for bench files."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field

from contracts.ports import Port, PortKind
from devices.drivers.kind import DriverKind, Emulated, Options, Wanted
from devices.drivers.lines import far, near
from devices.terminal.driver import ZvtTerminal
from devices.terminal.emulated import EmulatedTerminal
from devices.terminal.emulator import ZvtEmulator
from devices.terminal.memory import FileMemory
from devices.terminal.profile import NUMBERS, Profile

_SERIAL = "baud=9600&format=8N2"


def _known(currency: str) -> str:
    if currency not in NUMBERS:
        raise ValueError(f"expected one of {', '.join(NUMBERS)}")
    return currency


class TerminalOptions(Options):
    """Settings of a terminal.

    Args:
        currency: the one it takes, ISO 4217.
        password: six digits.
        seed: of what its emulator draws.
        memory: file in which payments are noted, so that a shim that is started anew knows them. Only for books that
            are kept too: in others the same keys come again for other payments.
    """

    currency: Annotated[str, AfterValidator(_known)] = "EUR"
    password: int = Field(default=0, ge=0, le=999_999, repr=False)
    seed: int = Field(default=0, ge=0)
    memory: Path | None = None


def _make(serial: bool, wanted: Wanted) -> Port:
    settings, options = _SERIAL if serial else "", _options(wanted)
    memory = FileMemory(options.memory) if options.memory else None
    return ZvtTerminal(
        wanted.id, lambda: near(wanted.line, settings), wanted.clock, _profile(serial, options), memory=memory
    )


def _emulate(serial: bool, wanted: Wanted) -> Emulated:
    options = _options(wanted)
    emulator = ZvtEmulator(_profile(serial, options), seed=options.seed)
    return EmulatedTerminal(wanted.id, emulator, far(wanted.line), options.currency, wanted.clock)


def _profile(serial: bool, options: TerminalOptions) -> Profile:
    return Profile(currency=options.currency, password=options.password, serial=serial)


def _options(wanted: Wanted) -> TerminalOptions:
    return TerminalOptions.model_validate(wanted.options, from_attributes=True)


KINDS = tuple(
    DriverKind(name, PortKind.CARD_TERMINAL, about, partial(_make, serial), TerminalOptions, partial(_emulate, serial))
    for name, about, serial in (
        ("terminal/zvt", "ZVT over TCP; terminals listen on port 20007", False),
        ("terminal/zvt-serial", "ZVT over a serial line", True),
    )
)
