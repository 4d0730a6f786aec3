"""Readers by name: what each is for, and both its ends. A new one is one entry here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from contracts.clock import Clock
from contracts.errors import UsageError
from contracts.ports import PortKind
from devices.line import Line
from devices.osdp import palm, scanner
from devices.osdp.card_emulator import CardEmulator, Sends
from devices.osdp.link import Link
from devices.osdp.palm import OsdpPalmReader, PalmWay
from devices.osdp.palm_emulator import PalmEmulator
from devices.osdp.palm_enrolling import EnrollingPalmReader
from devices.osdp.scanner import OsdpScanner
from devices.osdp.wire import Wire

LINE = "baud=9600&format=8N1"
"""As devices leave the factory."""


@dataclass(frozen=True, slots=True)
class OsdpProfile:
    """One kind of reader.

    Args:
        about: what it is.
        kind: its port.
        sends: how an emulated scanner tells what it read.
        verifies: a palm reader that compares with a template that it is given.
        line: settings of its serial line, as `devices.line.SerialLine` takes them after "?".
    """

    about: str
    kind: PortKind
    sends: Sends = Sends.CODE
    verifies: bool = False
    line: str = LINE


PROFILES: dict[str, OsdpProfile] = {
    "osdp-code": OsdpProfile("codes and cards as they are, in RAW", PortKind.SCANNER),
    "osdp-text": OsdpProfile("codes and cards as text, in FMT", PortKind.SCANNER, Sends.TEXT),
    "osdp-card": OsdpProfile("cards of 26 bits, in RAW", PortKind.SCANNER, Sends.CARD),
    "osdp-palm": OsdpProfile("palms that the reader knows by itself", PortKind.PALM_READER),
    "osdp-palm-verify": OsdpProfile("a card, then the palm that belongs to it", PortKind.PALM_READER, verifies=True),
}


def find(name: str, kind: PortKind | None = None) -> OsdpProfile:
    """Return a profile.

    Raises:
        UsageError: there is none of that name, or it is of another kind.
    """
    names = [each for each, profile in PROFILES.items() if kind in (None, profile.kind)]
    if name not in names:
        where = "devices/osdp/profiles.py"
        raise UsageError("no such kind of reader", where=where, expected=", ".join(names), found=name)
    return PROFILES[name]


def code_reader(name: str, device: str, wire: Wire, presenter: scanner.Presenter | None = None) -> OsdpScanner:
    """Return the port of a reader of cards or codes."""
    find(name, PortKind.SCANNER)
    return OsdpScanner(device, wire, presenter=presenter, model=name)


def palm_reader(
    name: str,
    device: str,
    wire: Wire,
    presenter: palm.Presenter | None = None,
    templates: Mapping[str, bytes] | None = None,
) -> OsdpPalmReader:
    """Return the port of a palm reader; one that verifies is given the templates of those enrolled, by handle."""
    way = PalmWay(verifies=find(name, PortKind.PALM_READER).verifies, templates=templates or {})
    make = EnrollingPalmReader if way.verifies else OsdpPalmReader
    return make(device, wire, way, presenter=presenter, model=name)


def card_emulator(name: str, device: str, line: Line, clock: Clock, link: Link, seed: int = 0) -> CardEmulator:
    """Return an emulated reader of cards or codes at the other end of a line."""
    return CardEmulator(device, line, clock, link, find(name, PortKind.SCANNER).sends, seed=seed)


def palm_emulator(name: str, device: str, line: Line, clock: Clock, link: Link, seed: int = 0) -> PalmEmulator:
    """Return an emulated palm reader at the other end of a line."""
    verifies = find(name, PortKind.PALM_READER).verifies
    return PalmEmulator(device, line, clock, link, verifies=verifies, seed=seed)
