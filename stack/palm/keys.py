"""The secrets of a deployment: kept apart from the templates that they protect."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from contracts.errors import BadFile

KEY_BYTES = 32

Entropy = Callable[[int], bytes]
"""Gives that many bytes that nobody can foretell: `secrets.token_bytes` outside tests."""


@dataclass(frozen=True, slots=True)
class Keys:
    """Two keys; neither shows in a log.

    Args:
        mask: hides codes from whoever reads memory or backups.
        seal: encrypts what lies on disk.
    """

    mask: bytes = field(repr=False)
    seal: bytes = field(repr=False)


def new_keys(entropy: Entropy) -> Keys:
    """Return fresh keys."""
    return Keys(entropy(KEY_BYTES), entropy(KEY_BYTES))


def write_keys(keys: Keys, path: Path) -> None:
    """Write keys to a new file that only its owner can read."""
    path.touch(mode=0o600, exist_ok=False)
    path.write_text(f"{keys.mask.hex()}\n{keys.seal.hex()}\n", encoding="ascii")


def read_keys(path: Path) -> Keys:
    """Return the keys of a file.

    Raises:
        BadFile: it holds something else.
    """
    try:
        mask, seal = (bytes.fromhex(line) for line in path.read_text(encoding="ascii").split())
    except ValueError:
        mask = seal = b""
    if len(mask) != KEY_BYTES or len(seal) != KEY_BYTES:
        raise BadFile("this is no key file", file=path, expected=f"two lines of {2 * KEY_BYTES} hexadecimal digits")
    return Keys(mask, seal)
