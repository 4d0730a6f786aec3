"""What a store of files can do, whatever is behind it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Stored:
    """A file in a store.

    Args:
        name: relative to the store, with slashes.
        bytes: its size.
        modified_s: when it was written last, seconds since 1970.
    """

    name: str
    bytes: int
    modified_s: float


class Place(Protocol):
    """A folder, or what looks like one. Every method raises RigFault where the system or the network refuses."""

    @property
    def about(self) -> str:
        """Its path or URL, for people."""

    def files(self) -> Iterable[Stored]:
        """Return every file in it, at any depth, by name."""

    def has(self, name: str) -> bool:
        """Whether there is such a file."""

    def version(self, name: str) -> str:
        """Return what changes when the file changes."""

    def put(self, local: Path, name: str) -> None:
        """Copy a file into it; others see the old one or the whole new one."""

    def get(self, name: str, local: Path) -> None:
        """Copy a file out of it."""

    def remove(self, name: str) -> None:
        """Delete a file."""
