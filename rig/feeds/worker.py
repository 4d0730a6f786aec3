"""A thread that works off what it is given, in order, so that a tick does not wait for codecs and sockets."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from contracts.errors import RigFault, WalkoutError

T = TypeVar("T")


class Worker(Generic[T]):
    """Calls `work` with one item after another.

    Nothing is dropped: who gives more than can be worked off waits, and so the tick comes late and the run says so.

    Args:
        name: for messages.
        work: what to do with an item.
        most: items that may wait.
    """

    def __init__(self, name: str, work: Callable[[T], None], most: int) -> None:
        self._name, self._work = name, work
        self._waiting: queue.Queue[tuple[T] | None] = queue.Queue(most)  # None ends it
        self._failure: Exception | None = None
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def put(self, item: T) -> None:
        """Give an item.

        Raises:
            RigFault: an earlier one could not be worked off.
        """
        self._check()
        self._waiting.put((item,))

    def close(self) -> None:
        """Let it finish what it has, and stop; may be called twice."""
        if self._thread.is_alive():
            self._waiting.put(None)
            self._thread.join()

    def _run(self) -> None:
        while (item := self._waiting.get()) is not None:
            if self._failure is None:  # else only make room, so that nobody waits for a thread that has given up
                try:
                    self._work(*item)
                except Exception as error:
                    self._failure = error

    def _check(self) -> None:
        if isinstance(self._failure, WalkoutError):
            raise self._failure
        if self._failure is not None:
            raise RigFault(
                f"the {self._name} feed failed",
                expected="every frame and sample passed on",
                found=f"{type(self._failure).__name__}: {self._failure}",
            ) from self._failure
