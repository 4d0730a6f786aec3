"""`rig devices probe /dev/ttyUSB0`: what speaks on a line that no bench file knows yet."""

from __future__ import annotations

import sys
from pathlib import Path

from contracts.clock import MILLISECOND
from contracts.errors import DeviceUnavailable, WalkoutError
from devices.probing import Probed
from rig.cli.devices_probed import Row, failed
from rig.cli.devices_tries import ask, tries

_SCHEMES = ("socket://", "rfc2217://", "tcp://", "rtu://", "rtu+tcp://", "rtu+rfc2217://")


def is_line(target: str) -> bool:
    """Whether it is a line and not a bench."""
    return target.startswith(("/dev/", *_SCHEMES)) or Path(target.partition("?")[0]).is_char_device()


def probe_line(url: str, *, quiet: bool) -> list[Row]:
    """Try one protocol after the other, until something answers.

    Args:
        url: of the line.
        quiet: whether the standard output is for programs.
    """
    tried = []
    for name in tries(url):
        if not quiet:
            sys.stdout.write(f"trying {name}\n")
            sys.stdout.flush()
        try:
            probed = ask(name, url)
        except DeviceUnavailable as error:
            if error.what.startswith("the line"):
                return [failed(url, "here", error)]
            tried.append(f"{name}: {_short(error)}")
            continue
        except WalkoutError as error:
            return [failed(url, "here", error)]
        return [_row(url, name, probed)]
    nothing = DeviceUnavailable(
        "nothing known speaks on this line",
        where=url,
        expected="an answer in one of the protocols that can be asked",
        found="; ".join(tried) or "nothing that could be tried",
        hint="check power, cable and speed (?baud=9600&format=8N1); most code scanners say nothing until they read a "
        "code: name one in a bench file and use rig devices watch",
    )
    return [failed(url, "here", nothing)]


def _short(error: DeviceUnavailable) -> str:
    return f"{error.what}{f' ({error.found})' if error.found else ''}"


def _row(url: str, name: str, probed: Probed) -> Row:
    return Row(
        id=url,
        driver=name,
        line=url,
        at="here",
        identity=probed.identity,
        firmware=probed.firmware,
        round_trip_ms=round(probed.round_trip_ns / MILLISECOND, 3) or None,
    )
