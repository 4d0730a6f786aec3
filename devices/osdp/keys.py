"""The secure channel base key (SCBK): 16 bytes that the ACU and one device share. Never printed."""

from __future__ import annotations

from dataclasses import dataclass, field

from contracts.errors import UsageError

SIZE = 16


@dataclass(frozen=True, slots=True)
class Key:
    """A base key.

    Args:
        secret: 16 bytes. Hidden in prints.

    Raises:
        UsageError: another length; the key is not quoted.
    """

    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.secret) != SIZE:
            raise UsageError(
                "a key of the secure channel has another length",
                expected=f"{SIZE} bytes, {2 * SIZE} hexadecimal digits",
                found=f"{len(self.secret)} bytes",
            )


DEFAULT_KEY = Key(bytes(range(0x30, 0x40)))
"""SCBK-D, which everybody knows: only good to set a device's own key with, on a bench. Source: annex D."""


def key_from_hex(text: str) -> Key:
    """Return a key that is written as hexadecimal digits.

    Raises:
        UsageError: it is not one; what was given is not quoted.
    """
    try:
        return Key(bytes.fromhex(text))
    except ValueError:
        raise UsageError(
            "a key of the secure channel is not hexadecimal", expected=f"{2 * SIZE} digits from 0 to F"
        ) from None
