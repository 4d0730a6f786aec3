"""Shares of a suite for the jobs of a CI: which test or scenario runs where follows from its id alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import blake2b
from typing import TypeVar

from contracts.errors import UsageError

T = TypeVar("T")
MOST = 10_000


@dataclass(frozen=True, slots=True)
class Shard:
    """One share of several.

    Args:
        index: which share this is, from 1.
        count: how many shares there are.
    """

    index: int
    count: int

    def holds(self, name: str) -> bool:
        """Return whether a test or scenario belongs to this share."""
        return shard_of(name, self.count) == self.index

    def pick(self, things: Iterable[T], name: Callable[[T], str]) -> list[T]:
        """Return the things of this share, in their order.

        Args:
            things: all that there are.
            name: returns a thing's id.
        """
        return [thing for thing in things if self.holds(name(thing))]

    def __str__(self) -> str:
        return f"{self.index}/{self.count}"


def shard_of(name: str, count: int) -> int:
    """Return the share, 1 to `count`, of an id.

    It is the same on any machine, in any version of Python, and whatever else there is: a new scenario moves no other.

    Args:
        name: a scenario's name, or a test's node id.
        count: how many shares there are.
    """
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "big") % count + 1


def read_shard(text: str, where: str = "--shard") -> Shard:
    """Return the share that "2/5" says: the second of five.

    Args:
        text: what the user wrote.
        where: the option, for the message.

    Raises:
        UsageError: that is no share.
    """
    match = re.fullmatch(r"\s*(\d{1,6})\s*/\s*(\d{1,6})\s*", text, re.ASCII)
    index, count = (int(match[1]), int(match[2])) if match else (0, 0)
    if not 1 <= index <= count <= MOST:
        raise UsageError(
            "not a share", where=where, expected="2/5: the second of five", found=text, hint="shares count from 1"
        )
    return Shard(index, count)
