"""Threads that make pictures. Each takes the next one by itself, so that they need not be handed out one by one."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")
Work = Callable[[], None]


class Studio:
    """Makes what is asked for, once it is told to begin.

    Args:
        threads: how many work at once; None for one a processor.
    """

    def __init__(self, threads: int | None = None) -> None:
        self._threads = threads or os.cpu_count() or 1
        self._pool = ThreadPoolExecutor(self._threads, "camera")
        self._asked: list[Work] = []

    def ask(self, make: Callable[[], T]) -> Future[T]:
        """Ask for something; it is made after the next `begin`."""
        made: Future[T] = Future()
        self._asked.append(lambda: _make(make, made))
        return made

    def begin(self) -> None:
        """Make all that has been asked for, in other threads."""
        work, self._asked = deque(self._asked), []
        for _ in range(min(self._threads, len(work))):
            self._pool.submit(_drain, work)


def _drain(work: deque[Work]) -> None:
    """Work until nothing is left; others may take from the same heap."""
    while work:
        try:
            make = work.popleft()
        except IndexError:
            return
        make()


def _make(make: Callable[[], T], made: Future[T]) -> None:
    try:
        made.set_result(make())
    except BaseException as problem:  # whoever asks for the result hears of it
        made.set_exception(problem)
