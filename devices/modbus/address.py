"""Where a Modbus device is, as one text.

tcp://192.0.2.7:502?unit=1                     Modbus TCP
rtu:///dev/ttyUSB0?baud=19200&format=8E1&unit=1   RTU on a serial port of this machine
rtu+tcp://192.0.2.7:4001?unit=1                RTU over a raw socket of a terminal server
rtu+rfc2217://192.0.2.7:2217?baud=9600&unit=1  RTU over a port that RFC 2217 sets up
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode, urlsplit

from contracts.errors import UsageError
from devices.line import Line, SerialLine
from devices.modbus import sockets
from devices.modbus.framing import Framing

EXAMPLE = "tcp://HOST:502?unit=1, rtu:///dev/ttyUSB0?baud=9600&format=8N1&unit=1, rtu+tcp://HOST:PORT, rtu+rfc2217://HOST:PORT"
PORT = 502
"""Of Modbus TCP. Source: IANA's registry of service names."""
_SCHEMES = ("tcp", "rtu", "rtu+tcp", "rtu+rfc2217")


@dataclass(frozen=True, slots=True)
class Address:
    """One device.

    Args:
        scheme: "tcp", "rtu", "rtu+tcp" or "rtu+rfc2217".
        place: serial port, or host and port.
        unit: 1 to 247; what hangs on TCP alone often wants 255 or 0.
        settings: of a serial port, as `devices.line.SerialLine` takes them.
    """

    scheme: str
    place: str
    unit: int = 1
    settings: str = ""

    @property
    def framing(self) -> Framing:
        """How frames travel there."""
        return Framing.TCP if self.scheme == "tcp" else Framing.RTU

    def open(self) -> Line:
        """Open a line to it.

        Raises:
            DeviceUnavailable: nobody is there.
        """
        if self.scheme in ("tcp", "rtu+tcp"):
            host, _, port = self.place.rpartition(":")
            return sockets.connect(host.strip("[]"), int(port))
        place = self.place if self.scheme == "rtu" else f"rfc2217://{self.place}"
        return SerialLine(f"{place}?{self.settings}" if self.settings else place)


def parse(url: str) -> Address:
    """Read an address.

    Raises:
        UsageError: it says something impossible.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise _bad(url, str(error)) from error
    said = dict(parse_qsl(parts.query, keep_blank_values=True))
    unit = said.pop("unit", "1")
    if parts.scheme not in _SCHEMES or not unit.isdigit() or int(unit) > 255:
        raise _bad(url, f"scheme {parts.scheme!r}, unit {unit!r}")
    if parts.scheme == "rtu":
        if not parts.path.strip("/") or parts.netloc:
            raise _bad(url, "no serial port")
        return Address("rtu", parts.path, int(unit), urlencode(said))
    if not parts.hostname or parts.path.strip("/") or (parts.scheme != "tcp" and not port):
        raise _bad(url, "no host and port")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return Address(parts.scheme, f"{host}:{port or PORT}", int(unit), urlencode(said))


def of_line(url: str, settings: str = "") -> Address:
    """Read the line of a device as bench files write it: an address as above, or a plain line.

    A serial port and RFC 2217 carry RTU, a bare socket carries Modbus TCP.

    Args:
        url: "tcp://HOST:502?unit=1", "/dev/ttyUSB0?unit=1", "rfc2217://HOST:PORT", "socket://HOST:PORT".
        settings: "baud=9600&format=8N1", for a serial port whose URL says nothing of them.

    Raises:
        UsageError: it says something impossible.
    """
    for plain, full in (("/", "rtu:///"), ("rfc2217://", "rtu+rfc2217://"), ("socket://", "tcp://")):
        if url.startswith(plain):
            url = full + url.removeprefix(plain)
            break
    address = parse(url)
    serial = address.scheme in ("rtu", "rtu+rfc2217")
    if serial and settings and not {"baud", "format"} & set(dict(parse_qsl(address.settings, keep_blank_values=True))):
        return replace(address, settings="&".join(part for part in (settings, address.settings) if part))
    return address


def _bad(url: str, found: str) -> UsageError:
    return UsageError("a Modbus device cannot be reached so", where=url, expected=EXAMPLE, found=found)
