"""Readers that speak OSDP in the secure channel, for the ports' suite."""

from __future__ import annotations

from contracts import ports
from contracts.clock import VirtualClock
from devices.line_pair import line_pair
from devices.osdp import profiles
from devices.osdp.keys import Key
from devices.osdp.link import Link
from devices.osdp.palm_emulator import made_up_template
from devices.osdp.wire import wire
from tests.contract.wired import Wired

LINK = Link(1, key=Key(bytes(range(16))))
TEMPLATES = {"palm-1": made_up_template("palm-1")}


def reader(profile: str, device: str, clock: VirtualClock) -> Wired:
    """Return a reader of a kind."""
    ours, theirs = line_pair()
    port: ports.Port
    if profiles.find(profile).kind is ports.PortKind.PALM_READER:
        palm = profiles.palm_emulator(profile, device, theirs, clock, LINK)
        port = profiles.palm_reader(profile, device, wire(lambda: ours, clock, LINK), palm, TEMPLATES)
        return Wired(port, palm.work)
    card = profiles.card_emulator(profile, device, theirs, clock, LINK)
    return Wired(profiles.code_reader(profile, device, wire(lambda: ours, clock, LINK), card), card.work)
