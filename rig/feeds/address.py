"""The addresses that `--feed` takes."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from contracts.errors import UsageError

DEFAULT_PORTS = {"rtsp": 8554, "mqtt": 1883}  # 554 needs root; 8554 is what RTSP servers take instead
_EXPECTED = "rtsp://host[:port] or mqtt://[user:password@]host[:port]"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a feed is served, or sent to.

    Args:
        scheme: "rtsp" or "mqtt".
        host: name or number, IPv6 without brackets.
        port: 0 for any free one.
        user: of a broker; "" for nobody.
        password: of that user.
    """

    scheme: str
    host: str
    port: int
    user: str = ""
    password: str = ""

    @property
    def place(self) -> str:
        """Host and port as they stand in a URL."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    def __str__(self) -> str:
        """Return the URL without its password."""
        return f"{self.scheme}://{self.place}"


def parse_address(text: str) -> Address:
    """Return what `--feed` names.

    Raises:
        UsageError: it is no address of a feed.
    """
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise _wrong(text, "a host or a port that cannot be") from error
    if parts.scheme not in DEFAULT_PORTS:
        raise _wrong(text, f"the scheme '{parts.scheme}'" if parts.scheme else "no scheme")
    if not parts.hostname:
        raise _wrong(text, "no host")
    if parts.path not in ("", "/") or parts.query or parts.fragment:
        raise _wrong(text, "something after the port: the rig names the streams itself")
    if parts.scheme == "rtsp" and parts.username is not None:
        raise _wrong(text, "a user: the rig's RTSP server asks nobody who they are")
    if parts.scheme == "mqtt" and port == 0:
        raise _wrong(text, "port 0: a broker listens somewhere")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return Address(parts.scheme, parts.hostname, DEFAULT_PORTS[parts.scheme] if port is None else port, user, password)


def _wrong(text: str, found: str) -> UsageError:
    shown = text.rpartition("@")[2] if "@" in text else text  # no password in a message
    return UsageError(
        f"no feed goes to '{shown}'",
        where="--feed",
        expected=_EXPECTED,
        found=found,
        hint="--feed rtsp://127.0.0.1:8554, or --feed mqtt://127.0.0.1:1883",
    )
