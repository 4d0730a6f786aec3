"""Every codec of devices/ under one hood: takes pieces of bytes, may raise its own errors only, and keeps little."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from contracts.clock import MILLISECOND
from devices.drivers.lined import TextLines
from devices.modbus import framing as framings
from devices.modbus import types
from devices.modbus.bank import Bank, Table
from devices.modbus.device import Device
from devices.modbus.framing import Framing
from devices.modbus.host import Host
from devices.osdp import bio, cards, identity, showing
from devices.osdp.acu import Acu
from devices.osdp.keys import Key
from devices.osdp.link import Link
from devices.osdp.pd import Pd
from devices.palm.jpeg import grey
from devices.palm.parts import Parts
from devices.rtsp.message import BadMessage as BadRtsp
from devices.rtsp.message import Inbox
from devices.scale.profile import PROFILES as SCALES
from devices.scale.profile import codec
from devices.terminal import messages
from devices.terminal.apdu import BadMessage
from devices.terminal.framing import TcpFraming
from devices.terminal.serial import SerialFraming
from tests.devices.scanner.test_garbage import CODECS as SCANNERS

STEP_NS = 20 * MILLISECOND
LINK = Link(1, key=Key(bytes(range(16))))
Target = Callable[[Sequence[bytes]], None]
"""Feeds pieces to a fresh codec."""


def fed(make: Callable[[], Any], pieces: Sequence[bytes]) -> None:
    """Feed a codec without a clock."""
    reader = make()
    for piece in pieces:
        reader.feed(piece)


def timed(make: Callable[[], Any], pieces: Sequence[bytes]) -> None:
    """Feed a codec that is told the time."""
    reader = make()
    for number, piece in enumerate(pieces):
        reader.feed(piece, number * STEP_NS)


def asking(framing: Framing, pieces: Sequence[bytes]) -> None:
    """Feed the host of a Modbus line, which waits for an answer."""
    host = Host(framing)
    for number, piece in enumerate(pieces):
        if host.idle:
            host.ask(types.read_holding(0, 4))
        host.to_send(number * STEP_NS)
        host.feed(piece, number * STEP_NS)


def answering(framing: Framing, pieces: Sequence[bytes]) -> None:
    """Feed an emulated Modbus device."""
    bank = Bank()
    for table in Table:
        bank.define(table, 0, [0] * 16)
    timed(lambda: Device({1: bank}, framing), pieces)


def panel(pieces: Sequence[bytes]) -> None:
    """Feed the ACU of an OSDP reader."""
    acu = Acu(LINK, lambda: bytes(8))
    for number, piece in enumerate(pieces):
        acu.to_send(number * STEP_NS)
        acu.feed(piece, number * STEP_NS)


def reader(pieces: Sequence[bytes]) -> None:
    """Feed an emulated OSDP reader, and let it answer."""
    device = Pd(LINK, {}, lambda _command, _data: None, lambda: bytes(8), strict=False)
    for number, piece in enumerate(pieces):
        for packet in device.feed(piece, number * STEP_NS):
            device.answer(packet)


def contents(pieces: Sequence[bytes]) -> None:
    """Read what OSDP packets can hold."""
    for piece in pieces:
        for read in (
            bio.read_bio_read, bio.read_bio_reading, bio.read_bio_match, bio.read_bio_matched, cards.read_formatted,
            cards.read_raw, identity.read_identity, identity.read_capabilities, showing.read_leds, showing.read_buzz,
        ):  # fmt: skip
            read(piece)


def payment(make: Callable[[], Any], pieces: Sequence[bytes]) -> None:
    """Feed a card terminal's line, and read its messages."""
    framing = make()
    for number, piece in enumerate(pieces):
        try:
            for apdu in framing.feed(piece, number * STEP_NS):
                messages.read(apdu)
        except BadMessage:
            continue


def conversation(pieces: Sequence[bytes]) -> None:
    """Feed a server of RTSP."""
    inbox = Inbox()
    for piece in pieces:
        try:
            inbox.receive(piece)
        except BadRtsp:
            return


def pictures(pieces: Sequence[bytes]) -> None:
    """Feed a palm reader's stream, and unpack what comes out of it."""
    parts = Parts()
    parts.feed(b"HTTP/1.0 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=m\r\n\r\n")
    for piece in pieces:
        for jpeg in parts.feed(piece):
            grey(jpeg)


CODECS: dict[str, Target] = {
    **{f"scale {name}": partial(fed, partial(codec, name, 2 if name.startswith("hx711") else 1)) for name in SCALES},
    **{f"scanner {name}": partial(timed, make) for name, make in SCANNERS.items()},
    **{f"modbus host {framing}": partial(asking, framing) for framing in Framing},
    **{f"modbus device {framing}": partial(answering, framing) for framing in Framing},
    **{f"modbus frames {framing}": partial(fed, partial(framings.of_host, framing)) for framing in Framing},
    "osdp panel": panel,
    "osdp reader": reader,
    "osdp contents": contents,
    "zvt tcp": partial(payment, TcpFraming),
    "zvt serial": partial(payment, SerialFraming),
    "rtsp": conversation,
    "palm pictures": pictures,
    "text lines": partial(fed, TextLines),
}
