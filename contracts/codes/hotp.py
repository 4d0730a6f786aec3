"""One-time codes from a shared secret. Source: RFC 4226 (by a counter) and RFC 6238 (by the time)."""

from __future__ import annotations

import hmac
from typing import Literal

Hash = Literal["sha1", "sha256", "sha512"]
_COUNTER_BITS = 64


def hotp(secret: bytes, counter: int, digits: int = 6, algorithm: Hash = "sha1") -> str:
    """Return the code of a counter.

    Args:
        secret: shared, at least 16 bytes; shorter ones are accepted for the RFC's own examples.
        counter: 0 and up; what is below 0 counts back from 2**64.
        digits: at most 9.
        algorithm: of the HMAC.
    """
    message = (counter % (1 << _COUNTER_BITS)).to_bytes(8, "big")
    tag = hmac.digest(secret, message, algorithm)
    at = tag[-1] & 0x0F
    number = int.from_bytes(tag[at : at + 4], "big") & 0x7FFF_FFFF
    return f"{number % 10**digits:0{digits}d}"


def totp(secret: bytes, t_s: int, digits: int = 6, algorithm: Hash = "sha1", step_s: int = 30) -> str:
    """Return the code of a moment, in seconds."""
    return hotp(secret, t_s // step_s, digits, algorithm)
