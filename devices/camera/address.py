"""Where a camera's stream is, and who may see it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

from contracts.errors import BadFile, UsageError

EXAMPLE = {"rtsp": "rtsp://HOST:554/PATH", "http": "http://HOST/onvif/device_service"}


@dataclass(frozen=True, slots=True)
class Login:
    """Who asks.

    Args:
        user: "" for nobody.
        password: in no print.
    """

    user: str = ""
    password: str = field(default="", repr=False)


NOBODY = Login()


@dataclass(frozen=True, slots=True)
class Found:
    """A camera's stream.

    Args:
        url: rtsp://, without a user.
        identity: maker, model and serial number, where they are known.
        firmware: version, as above.
    """

    url: str
    identity: str = ""
    firmware: str = ""


def login(user: str, password_file: Path | None) -> Login:
    """Return who asks, by a user's name and the file of the password.

    Raises:
        BadFile: the file cannot be read, or is empty.
        UsageError: one is given without the other.
    """
    if not user and password_file is None:
        return NOBODY
    if not user or password_file is None:
        raise UsageError("a user and a password file belong together", expected="both options, or none")
    try:
        password = password_file.read_text(encoding="utf-8").strip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise BadFile("the password cannot be read", file=password_file, found=type(error).__name__) from None
    if not password:
        raise BadFile("there is no password", file=password_file, expected="the password, alone, in the first line")
    return Login(user, password)


def check(url: str, scheme: str) -> str:
    """Return the address of a device as it was given.

    Args:
        url: as the bench file says it.
        scheme: "rtsp" or "http".

    Raises:
        UsageError: it is none, or it carries a password, which lines must not, for they are printed.
    """
    where = url.rpartition("@")[2] if "@" in url else url
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise _bad(where, scheme, "a host or a port that cannot be") from error
    schemes = (scheme, f"{scheme}s") if scheme == "http" else (scheme,)
    if parts.scheme not in schemes or not parts.hostname or port == 0:
        raise _bad(where, scheme, where or "no line")
    if "@" in parts.netloc:
        raise UsageError(
            "a line carries no user and no password, for it is printed",
            where=where,
            expected=EXAMPLE[scheme],
            hint="use the options `user` and `password file`",
        )
    return url


def with_login(url: str, who: Login) -> str:
    """Return an address as FFmpeg takes it: with the password in it. Print it nowhere."""
    if not who.user:
        return url
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=f"{quote(who.user, '')}:{quote(who.password, '')}@{parts.netloc}"))


def _bad(where: str, scheme: str, found: str) -> UsageError:
    return UsageError("a camera cannot be reached so", where=where, expected=EXAMPLE[scheme], found=found)
