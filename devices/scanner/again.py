"""The same code again: a scanner that looks at a still code reads it over and over."""

from __future__ import annotations

from hashlib import sha256


class Again:
    """Tells a code that was just seen; it counts as gone only after it was out of sight for a while.

    Args:
        within_ns: how long; 0 takes every reading.
    """

    def __init__(self, within_ns: int) -> None:
        self._within_ns = within_ns
        self._last = b""
        self._seen_ns = 0

    def __call__(self, code: bytes, now_ns: int) -> bool:
        """Return whether this is the last code, seen less than `within_ns` ago, and remember it."""
        # A digest: a code that can pay stays in memory no longer than it must.
        digest = sha256(code).digest()
        again = digest == self._last and now_ns - self._seen_ns < self._within_ns
        self._last, self._seen_ns = digest, now_ns
        return again
