"""Style sheet, scripts and icon: files under static/, told by name so that no path leads elsewhere."""

from __future__ import annotations

from functools import cache
from http import HTTPStatus
from importlib import resources

from stack.web.exchange import Kind, Response

PREFIX = "/static/"
KINDS = {"app.css": Kind.CSS, "live.js": Kind.SCRIPT, "price.js": Kind.SCRIPT, "icon.svg": Kind.SVG}


@cache
def static(name: str) -> Response | None:
    """Return a file, None when there is none of that name."""
    if name not in KINDS:
        return None
    body = (resources.files("stack.web") / "static" / name).read_bytes()
    return Response(HTTPStatus.OK, body, KINDS[name])
