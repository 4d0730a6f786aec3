"""Displays for bench files."""

from __future__ import annotations

from urllib.parse import urlsplit

from contracts.errors import UsageError
from contracts.ports import Port, PortKind
from devices.drivers.kind import DriverKind, Wanted
from devices.screen.driver import PageScreen


def _make(wanted: Wanted) -> Port:
    parts = urlsplit(wanted.line)
    if parts.scheme != "http" or not parts.hostname or parts.port is None:
        raise UsageError(
            "no page can be served there", where=wanted.id, expected="http://127.0.0.1:PORT", found=wanted.line
        )
    return PageScreen(wanted.id, parts.hostname, parts.port)


KINDS = (DriverKind("screen/page", PortKind.SCREEN, "a page that a browser shows before the scanner", _make),)
