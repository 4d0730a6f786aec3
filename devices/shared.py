"""What devices of one bench share: the lines that several of them hang on."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import TypeVar, cast

T = TypeVar("T")


class Shared:
    """Things by what they are of; each is made when the first device wants it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._things: dict[Hashable, object] = {}

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return a thing.

        Args:
            key: of what it is: a kind of thing, and a line.
            make: makes it, where there is none yet.
        """
        with self._lock:
            if key not in self._things:
                self._things[key] = make()
            return cast("T", self._things[key])
