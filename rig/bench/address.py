"""Host and port, and whether other machines can reach them."""

from __future__ import annotations

from urllib.parse import urlsplit

from contracts.errors import UsageError
from contracts.hosts import is_loopback

_WITH_PORT = ("tcp", "socket", "rfc2217", "listen", "rtu+tcp", "rtu+rfc2217")
"""Schemes of lines that go to a host and a port; Modbus TCP may leave the port out."""


def host_and_port(text: str) -> tuple[str, int]:
    """Return what "127.0.0.1:50071" or "[::1]:50071" says.

    Raises:
        ValueError: it says something else; tells what was expected.
    """
    try:
        parts = urlsplit(f"//{text}")
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if not host or not port or parts.path or "@" in text:
        raise ValueError("expected host:port with a port from 1 to 65535, such as 127.0.0.1:50071")
    return host, port


def on_loopback(address: str) -> bool:
    """Whether an address can be reached from this machine only."""
    return is_loopback(host_and_port(address)[0])


def line_trouble(url: str) -> str:
    """Return what is wrong with the host and port of a line's URL, "" when nothing is."""
    scheme, sign, rest = url.partition("://")
    if sign and "@" in rest.partition("/")[0]:
        return "it carries a user or a password, and lines are printed: use the driver's options"
    if not sign or scheme not in _WITH_PORT:
        return ""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        return str(error)
    if not host:
        return "it names no host"
    if port == 0 or (port is None and scheme != "tcp"):
        return "it names no port from 1 to 65535"
    return ""


def line_key(url: str) -> str:
    """Return which line a URL means: what two devices have in common that cannot each have it to themselves.

    Speed and the like say how a line is used, and a unit who is meant on it; neither says which line it is.
    """
    base = url.partition("?")[0]
    scheme, sign, rest = base.partition("://")
    if sign and scheme in ("tcp", "socket", "rtu+tcp"):
        return f"tcp://{rest}"
    return base.removeprefix("rtu://")


def line_settings(url: str) -> frozenset[str]:
    """Return how a line is used: its scheme, speed and the like; whoever shares it has to say the same."""
    query = url.partition("?")[2]
    said = {part for part in query.split("&") if part and part.partition("=")[0] not in ("unit", "address")}
    return frozenset({url.partition("://")[0] if "://" in url else "", *said})


def address_of(text: str) -> tuple[str, int]:
    """Return host and port of a command's argument.

    Raises:
        UsageError: it is no address.
    """
    try:
        return host_and_port(text)
    except ValueError as error:
        raise UsageError("no address of a shim", found=text, expected=str(error).removeprefix("expected ")) from None
