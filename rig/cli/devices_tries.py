"""The protocols that are tried on a line that no bench file knows: each asks something that changes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from contracts.clock import MILLISECOND, WallClock
from contracts.errors import DeviceUnavailable, UsageError
from contracts.ports import PortKind
from devices.drivers.lines import near
from devices.drivers.opening import open_device
from devices.drivers.registry import load
from devices.modbus import address as modbus
from devices.modbus import client
from devices.modbus.host import Trouble
from devices.modbus.types import read_holding
from devices.probing import Probed, Probing
from devices.scale.profile import PROFILES

RAW, MODBUS = "scale/hx711-80", "modbus"
# Scales first: the trigger of a scanner tares an 8217. What speaks unasked comes before all that must be asked.
SERIAL: Mapping[str, Mapping[str, object]] = {
    RAW: {}, "scale/mt-sics": {}, "scale/sma": {}, "scale/toledo-8217-kg": {}, "scale/nci": {}, MODBUS: {},
    "scanner/osdp-code": {"address": 127}, "scanner/zebra-ssi": {}, "scanner/honeywell": {}, "terminal/zvt-serial": {},
}  # fmt: skip
"""Drivers with their options, one a protocol."""
TCP: Mapping[str, Mapping[str, object]] = {**SERIAL, "terminal/zvt": {}}
_MODBUS_LINE = "baud=9600&format=8N1"
_LISTEN_NS = 300 * MILLISECOND
_ENOUGH = 4096
"""Bytes: several lines of any rack."""


def tries(url: str) -> Iterator[str]:
    """Yield the names of what is tried on a line, in order."""
    if url.startswith(("rtu", "tcp://")):
        yield MODBUS
    if not url.startswith("rtu"):
        yield from (
            name for name in (TCP if "://" in url else SERIAL) if name != MODBUS or not url.startswith("tcp://")
        )


def ask(name: str, url: str) -> Probed:
    """Return what a device tells in one protocol.

    Raises:
        DeviceUnavailable: nothing, or not in this one.
    """
    if name == MODBUS:
        return _ask_modbus(url)
    kind = load().find(name)
    options = kind.options.model_validate(dict(TCP[name]))
    cells = _cells(url) if name == RAW else int(kind.kind is PortKind.SCALE)
    plates = [f"plate-{cell + 1}" for cell in range(cells)]
    port = open_device(kind, url, url, WallClock(), options=options, plates=plates)
    try:
        if not isinstance(port, Probing):
            raise DeviceUnavailable("nothing can be asked")
        return port.probe()
    finally:
        if (close := getattr(port, "close", None)) is not None:
            close()


def _ask_modbus(url: str) -> Probed:
    """Ask for the first holding register; that it is refused is an answer, too."""
    try:
        found = modbus.of_line(url, _MODBUS_LINE)
    except UsageError as error:
        raise DeviceUnavailable("no line of a Modbus device", found=error.found) from error
    host = client.of(found, WallClock(), where=url)
    try:
        for answer in host.exchange(read_holding(0)):
            if answer.values is not None or answer.trouble is Trouble.REFUSED:
                return Probed(f"a Modbus device, unit {found.unit}", "", answer.at_ns - answer.asked_ns)
        raise DeviceUnavailable("no Modbus device answers", found=f"unit {found.unit}: nothing, or no frame")
    finally:
        host.close()


def _cells(url: str) -> int:
    """Return how many cells a line of raw converters has, 1 for whatever is none: it speaks without being asked."""
    line, clock, heard = near(url, PROFILES["hx711-80"].line), WallClock(), b""
    while clock.now_ns < _LISTEN_NS and len(heard) < _ENOUGH:
        heard += line.read()
        clock.wait_until(clock.now_ns + MILLISECOND)
    line.close()
    rows = (row.partition(b"*")[0].split() for row in heard.split(b"\n")[1:] if row.endswith(b"\r"))
    return max((len(row) - 1 for row in rows), default=1) or 1
