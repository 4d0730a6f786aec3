"""Hide card data before anything is logged or recorded. Source: PCI DSS 4.0.1, 3.4.1 (at most the last four here)."""

from __future__ import annotations

HIDDEN_NIBBLE = "E"
"""What stands for a hidden digit in packed digits, as card terminals write it (ZVT field 22)."""


def mask_text(digits: str, shown: int = 4) -> str:
    """Return a number with stars for all but its last digits."""
    return "*" * (len(digits) - shown) + digits[-shown:] if len(digits) > shown else "*" * len(digits)


def mask_pan(value: bytes) -> bytes:
    """Return a packed card number (5A) with only its last four digits; padding stays."""
    return bytes.fromhex(_mask(value.hex().upper()))


def mask_track2(value: bytes) -> bytes:
    """Return packed track 2 data (57) with only the last four digits of the card number.

    Expiry, service code and discretionary data are sensitive authentication data and go altogether.
    """
    nibbles = value.hex().upper()
    pan, mark, rest = nibbles.partition("D")
    body = rest.rstrip("F")
    return bytes.fromhex(_mask(pan) + mark + HIDDEN_NIBBLE * len(body) + "F" * (len(rest) - len(body)))


def mask_all(value: bytes) -> bytes:
    """Return stars."""
    return b"*" * len(value)


def _mask(nibbles: str) -> str:
    digits = nibbles.rstrip("F")
    hidden = max(0, len(digits) - 4)
    return HIDDEN_NIBBLE * hidden + digits[hidden:] + "F" * (len(nibbles) - len(digits))
