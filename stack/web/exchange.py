"""A request and a response, without sockets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from http import HTTPStatus


class Kind(StrEnum):
    """What a body is."""

    HTML = "text/html; charset=utf-8"
    CSS = "text/css; charset=utf-8"
    SCRIPT = "text/javascript; charset=utf-8"
    SVG = "image/svg+xml"
    TEXT = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Request:
    """What a browser asks.

    Args:
        method: GET or POST.
        path: without the query.
        query: the last value of each name.
        form: the same, of a POST.
        headers: by lower-case name.
    """

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    def header(self, name: str) -> str:
        """Return a header, "" when it is not there."""
        return self.headers.get(name, "")

    def cookie(self, name: str) -> str:
        """Return a cookie, "" when it is not there."""
        for pair in self.header("cookie").split(";"):
            found, _, value = pair.strip().partition("=")
            if found == name:
                return value
        return ""


@dataclass(frozen=True, slots=True)
class Response:
    """What it gets.

    Args:
        status: HTTP's.
        body: UTF-8, or a picture.
        kind: what the body is.
        headers: further ones.
    """

    status: int
    body: bytes = b""
    kind: Kind = Kind.HTML
    headers: tuple[tuple[str, str], ...] = ()

    def having(self, *headers: tuple[str, str]) -> Response:
        """Return it with further headers."""
        return Response(self.status, self.body, self.kind, (*self.headers, *headers))


def see(path: str) -> Response:
    """Send a browser elsewhere: after a POST, so that loading the page again repeats nothing."""
    return Response(HTTPStatus.SEE_OTHER, headers=(("Location", path),))


def cookie(name: str, value: str, *, age_s: int) -> tuple[str, str]:
    """Return the header that keeps a cookie which no script reads and no other site sends; an age of 0 removes it."""
    return ("Set-Cookie", f"{name}={value}; Path=/; HttpOnly; SameSite=Strict; Max-Age={age_s}")
