"""OSDP readers for bench files: one kind for each entry of `devices.osdp.profiles`."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from pydantic import Field

from contracts.ports import Port, PortKind
from devices.drivers.kind import DriverKind, Emulated, Options, Wanted
from devices.drivers.lines import FarLine, far, near
from devices.osdp import profiles
from devices.osdp.emulated import EmulatedReader
from devices.osdp.files import read_key_file, read_templates
from devices.osdp.link import Link
from devices.osdp.packet import EVERYBODY
from devices.osdp.wire import AGAIN_NS, OsdpBus, Wire
from devices.party_line import PartyLine
from devices.scanner.display import Display

_WORDS = {PortKind.SCANNER: "scanner", PortKind.PALM_READER: "palm"}


class ReaderOptions(Options):
    """Settings of a reader.

    Args:
        address: 0 to 126; 127 asks whoever is there.
        crc: whether packets end with a CRC, else with a checksum.
        key_file: holds the key of the secure channel, 32 hexadecimal digits; without one everything goes in clear.
        install: a reader without a key is given this one. Whoever listens then, has it.
        seed: of what its emulator draws.
    """

    address: int = Field(default=0, ge=0, le=127)
    crc: bool = True
    key_file: Path | None = Field(default=None, alias="key file")
    install: bool = False
    seed: int = Field(default=0, ge=0)


class CodeOptions(ReaderOptions):
    """Settings of a reader of codes or cards.

    Args:
        shown_by: id of the screen that shows codes to it; "" when people do.
    """

    shown_by: str = Field(default="", alias="shown by")


class PalmOptions(ReaderOptions):
    """Settings of a palm reader.

    Args:
        templates: file with the templates of those enrolled, for a reader that verifies.
    """

    templates: Path | None = None


def link_of(options: ReaderOptions) -> Link:
    """Return address, key and times of a reader."""
    key = read_key_file(options.key_file) if options.key_file else None
    return Link(options.address, crc=options.crc, key=key, install=options.install)


def wire_of(wanted: Wanted, options: ReaderOptions) -> Wire:
    """Return the reader's wire; a line that is not there is told of now."""
    url = wanted.line.partition("?")[0]
    bus = wanted.shared.get(("osdp", url), lambda: OsdpBus(partial(near, wanted.line, profiles.LINE), AGAIN_NS))
    bus.open()
    return Wire(bus, wanted.clock, link_of(options))


def far_of(wanted: Wanted) -> FarLine:
    """Return a place at the far end of a line, on which other readers may be too."""
    return wanted.shared.get(("osdp far", wanted.line), lambda: PartyLine(far(wanted.line))).place()


def places_of(_line: str, options: Options) -> list[str]:
    """Return what it takes of a line: an address; one that asks whoever is there takes the whole line."""
    address = ReaderOptions.model_validate(options, from_attributes=True).address
    return ["osdp" if address == EVERYBODY else f"osdp/address {address}"]


def _make_codes(name: str, wanted: Wanted) -> Port:
    options = CodeOptions.model_validate(wanted.options, from_attributes=True)
    shown = Display(wanted.other(options.shown_by), wanted.clock) if options.shown_by else None
    return profiles.code_reader(name, wanted.id, wire_of(wanted, options), shown)


def _make_palms(name: str, wanted: Wanted) -> Port:
    options = PalmOptions.model_validate(wanted.options, from_attributes=True)
    templates = read_templates(options.templates) if options.templates else {}
    return profiles.palm_reader(name, wanted.id, wire_of(wanted, options), templates=templates)


def _emulate_codes(name: str, wanted: Wanted) -> Emulated:
    options = CodeOptions.model_validate(wanted.options, from_attributes=True)
    args = name, wanted.id, far_of(wanted), wanted.clock, link_of(options), options.seed
    return EmulatedReader(profiles.card_emulator(*args))


def _emulate_palms(name: str, wanted: Wanted) -> Emulated:
    options = PalmOptions.model_validate(wanted.options, from_attributes=True)
    args = name, wanted.id, far_of(wanted), wanted.clock, link_of(options), options.seed
    return EmulatedReader(profiles.palm_emulator(*args))


def _kind(name: str, profile: profiles.OsdpProfile) -> DriverKind:
    codes = profile.kind is PortKind.SCANNER
    return DriverKind(
        f"{_WORDS[profile.kind]}/{name}",
        profile.kind,
        profile.about,
        partial(_make_codes if codes else _make_palms, name),
        CodeOptions if codes else PalmOptions,
        partial(_emulate_codes if codes else _emulate_palms, name),
        places_of,
    )


KINDS = tuple(_kind(name, profile) for name, profile in profiles.PROFILES.items())
