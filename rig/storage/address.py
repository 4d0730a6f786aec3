"""URLs of stores of files, and what of them may be shown."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from contracts.errors import UsageError

_URL = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_SECRET = re.compile(r"secret|token|password|passwd|credential|key", re.IGNORECASE)
LEAST_SECRET = 8
"""Shorter values ("true", a region) are no secrets."""


def is_url(text: str) -> bool:
    """Whether somebody means a URL, not a folder."""
    return bool(_URL.match(text))


def checked(url: str) -> str:
    """Return a URL that carries no secret, without a slash at its end.

    Raises:
        UsageError: it has a password, or a signature in a query; the message does not repeat it.
    """
    parts = urlsplit(url)
    # In web addresses a name is often a token; elsewhere (sftp://me@host) it is only a name.
    named = parts.username and parts.scheme.lower() in ("http", "https")
    if parts.password or named or parts.query or parts.fragment:
        raise UsageError(
            "keys and passwords do not belong into a URL: it is shown and kept",
            where=f"{parts.scheme}://{parts.hostname or ''}{parts.path}",
            expected="scheme://bucket/prefix",
            found="a password" if parts.password else "a name" if named else "a query",
            hint="give them as the store's own tools have it: AWS_ACCESS_KEY_ID, a profile, a role",
        )
    return url.rstrip("/")


def parent(url: str) -> tuple[str, str]:
    """Return the URL of what holds a file, and the file's name.

    Raises:
        UsageError: it names no file.
    """
    whole = checked(url)
    holder, _, name = whole.rpartition("/")
    if not name or holder.endswith(":/") or not is_url(holder):
        raise UsageError("the URL names no file", where=whole, expected="scheme://bucket/prefix/NAME.mcap")
    return holder, name


def without_secrets(text: str, environment: Mapping[str, str] = os.environ) -> str:
    """Return what a library said, without the values of variables that hold secrets."""
    values = {v for name, v in environment.items() if _SECRET.search(name) and len(v) >= LEAST_SECRET}
    for value in sorted(values, key=len, reverse=True):
        text = text.replace(value, "***")
    return text
