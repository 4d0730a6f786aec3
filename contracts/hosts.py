"""Host and port: what an address says, which hosts are this machine alone, and what a browser may call a server."""

from __future__ import annotations

import ipaddress

from contracts.codes.digits import is_digits

_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


def parts(address: str) -> tuple[str, int] | None:
    """Return host, without brackets, and port of "127.0.0.1:8000" or "[::1]:8000"; None where it is no such thing.

    Port 0 is one: any that is free.
    """
    host, _, port = address.rpartition(":")
    if not host or not is_digits(port) or len(port) > 5 or int(port) >= 1 << 16:
        return None
    return host.strip("[]"), int(port)


def is_loopback(host: str) -> bool:
    """Whether a host, with brackets or without, is this machine's own and no other machine reaches it."""
    try:
        return host == "localhost" or ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def in_url(host: str) -> str:
    """Return a host as it stands before a port: an IPv6 address in brackets, once."""
    return f"[{host}]" if ":" in host and not host.startswith("[") else host


def own_names(host: str, port: int, others: tuple[str, ...] = ()) -> frozenset[str]:
    """Return the `Host` headers that are ours; any other means that somebody's name was pointed at this machine.

    Args:
        host: where the server listens, without brackets.
        port: where it listens.
        others: "name" or "name:port" of what else it may be called, such as a proxy before it that speaks TLS.
    """
    own = {in_url(host), *(_LOOPBACK if is_loopback(host) else ())}
    return frozenset({f"{one}:{port}" for one in own} | set(others))
