"""What keeps other sites out: where a request may come from, and what a page may load."""

from __future__ import annotations

from urllib.parse import urlsplit

from stack.web.exchange import Request

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
"""Content-Security-Policy: nothing from elsewhere, nothing inline."""

HEADERS = (
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    # Not "no-referrer": browsers then send "Origin: null" with our own forms.
    ("Referrer-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(self), microphone=(), geolocation=()"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cache-Control", "no-store"),
)


def is_ours(request: Request, known: frozenset[str]) -> bool:
    """Whether a request was meant for this server, and, if it changes something, came from a page of its own.

    Args:
        request: what was asked.
        known: the `Host` headers that are ours (`contracts.hosts.own_names`).
    """
    host = request.header("host")
    if host not in known:
        return False
    if request.method != "POST":
        return True
    site, origin = request.header("sec-fetch-site"), request.header("origin")
    return site in ("", "same-origin") and (not origin or urlsplit(origin).netloc == host)
