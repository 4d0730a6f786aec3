"""The server's keys of rotating codes, by number, so that they can be renewed while phones still hold older ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from contracts.codes.token import Handle, derive
from contracts.errors import UsageError


@dataclass(frozen=True, slots=True)
class KeyRing:
    """Keys by number; one of them makes new handles, the others still verify.

    Args:
        keys: 16 random bytes or more each, by number 0..99; never logged.
        current: number of the one for new handles.
    """

    keys: Mapping[int, bytes] = field(repr=False)
    current: int

    def __post_init__(self) -> None:
        if self.current not in self.keys:
            numbers = ", ".join(map(str, sorted(self.keys))) or "none"
            raise UsageError(
                "the current key is not on the ring", expected=f"one of {numbers}", found=f"{self.current}"
            )
        for number, key in self.keys.items():
            derive(key, number, "00000000")  # refuses a key that is too short and a number that cannot be written

    def handle(self, number: int, handle: str) -> Handle | None:
        """Return a handle with its secret, None when its key is not on the ring."""
        key = self.keys.get(number)
        return derive(key, number, handle) if key is not None else None

    def turned(self, number: int, key: bytes) -> KeyRing:
        """Return the ring with a further key, which makes new handles from now on."""
        if number in self.keys:
            raise UsageError("a key number is used once", found=f"{number}", hint="take the next number")
        return KeyRing({**self.keys, number: key}, number)

    def without(self, number: int) -> KeyRing:
        """Return the ring without an old key: what was derived from it is worth nothing from now on."""
        if number == self.current:
            raise UsageError("the current key cannot go", found=f"{number}", hint="turn to another key first")
        return KeyRing({one: key for one, key in self.keys.items() if one != number}, self.current)
