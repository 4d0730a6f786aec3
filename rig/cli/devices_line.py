"""`rig devices probe /dev/ttyUSB0`: what speaks on a line that no bench file knows yet."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from contracts.clock import MILLISECOND, WallClock
from contracts.errors import DeviceUnavailable, WalkoutError
from contracts.ports import Port
from devices.drivers.kind import DriverKind
from devices.drivers.lines import near
from devices.drivers.opening import open_device
from devices.drivers.registry import load
from devices.probing import Probed, Probing
from devices.scale.profile import PROFILES
from rig.cli.devices_probed import Row, failed

_SERIAL = (
    "scale/hx711-80", "scale/mt-sics", "scale/sma", "scale/toledo-8217-kg", "scale/nci",
    "scanner/zebra-ssi", "scanner/honeywell", "terminal/zvt-serial",
)  # fmt: skip
"""One driver of each protocol in which a device can be asked, scales first: a trigger of a scanner tares an 8217."""
_TCP = ("terminal/zvt",)
_SCHEMES = ("socket://", "rfc2217://", "tcp://")


_LISTEN_NS = 300 * MILLISECOND
_ENOUGH = 4096
"""Bytes: several lines of any rack."""


def is_line(target: str) -> bool:
    """Whether it is a line and not a bench."""
    return target.startswith(("/dev/", *_SCHEMES)) or Path(target).is_char_device()


def probe_line(url: str, *, quiet: bool) -> list[Row]:
    """Try one protocol after the other, until something answers.

    Args:
        url: of the line.
        quiet: whether the standard output is for programs.
    """
    tried = []
    for kind in _candidates(url):
        if not quiet:
            sys.stdout.write(f"trying {kind.name}\n")
            sys.stdout.flush()
        try:
            probed = _try(kind, url)
        except DeviceUnavailable as error:
            if error.what.startswith("the line"):
                return [failed(url, "here", error)]
            tried.append(f"{kind.name}: {_short(error)}")
            continue
        except WalkoutError as error:
            return [failed(url, "here", error)]
        return [_row(url, kind, probed)]
    nothing = DeviceUnavailable(
        "nothing known speaks on this line",
        where=url,
        expected="an answer in one of the protocols that can be asked",
        found="; ".join(tried) or "nothing that could be tried",
        hint="check power, cable and speed (?baud=9600&format=8N1); most code scanners say nothing until they read a "
        "code: name one in a bench file and use rig devices watch",
    )
    return [failed(url, "here", nothing)]


def _candidates(url: str) -> Iterator[DriverKind]:
    kinds = load().kinds
    names = (*_SERIAL, *_TCP) if url.startswith(("socket://", "tcp://")) else _SERIAL
    yield from (kinds[name] for name in names)


def _try(kind: DriverKind, url: str) -> Probed:
    """Return what a device tells in one protocol.

    Raises:
        DeviceUnavailable: nothing, or not in this one.
    """
    plates = [f"plate-{cell + 1}" for cell in range(_cells(url))] if kind.name.startswith("scale/hx711") else ["plate"]
    port: Port = open_device(kind, url, url, WallClock(), plates=plates)
    try:
        if not isinstance(port, Probing):
            raise DeviceUnavailable("nothing can be asked")
        return port.probe()
    finally:
        close = getattr(port, "close", None)
        if close is not None:
            close()


def _cells(url: str) -> int:
    """Return how many cells a line of raw converters has, 1 for whatever is none: it speaks without being asked."""
    line, clock, heard = near(url, PROFILES["hx711-80"].line), WallClock(), b""
    while clock.now_ns < _LISTEN_NS and len(heard) < _ENOUGH:
        heard += line.read()
        clock.wait_until(clock.now_ns + MILLISECOND)
    line.close()
    rows = (row.partition(b"*")[0].split() for row in heard.split(b"\n")[1:] if row.endswith(b"\r"))
    return max((len(row) - 1 for row in rows), default=1) or 1


def _short(error: DeviceUnavailable) -> str:
    return f"{error.what}{f' ({error.found})' if error.found else ''}"


def _row(url: str, kind: DriverKind, probed: Probed) -> Row:
    return Row(
        id=url,
        kind=kind.kind,
        driver=kind.name,
        line=url,
        at="here",
        identity=probed.identity,
        firmware=probed.firmware,
        round_trip_ms=round(probed.round_trip_ns / MILLISECOND, 3) or None,
    )
