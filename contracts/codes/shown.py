"""A code as it was shown, and what may be kept of it.

What admits or pays is a secret as long as it is valid. Recordings and books keep its SHA-256 instead, and whoever looks
a code up takes either for the same thing.
"""

from __future__ import annotations

import hashlib

PREFIX = b"sha256:"


def digest(code: bytes) -> str:
    """Return the SHA-256, hex, of a code; of one that is itself a digest, that digest."""
    if code.startswith(PREFIX):
        return code.removeprefix(PREFIX).decode("ascii", "replace")
    return hashlib.sha256(code).hexdigest()


def hidden(code: bytes) -> bytes:
    """Return what may be kept of a secret code."""
    return PREFIX + digest(code).encode() if code else b""
