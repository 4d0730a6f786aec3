"""Work that takes longer than a tick may: done in a thread of its own, one piece at a time."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Generic, Protocol, TypeVar

T = TypeVar("T")


class Doing(Protocol[T]):
    """Does one thing at a time."""

    def begin(self, job: Callable[[], T]) -> bool:
        """Begin a job; return False while another is being done."""

    def done(self) -> T | None:
        """Return the result of the job that has ended since the last call, None when none has."""

    def close(self) -> None:
        """Do nothing more; may be called twice."""


class Later(Generic[T]):
    """In a thread.

    Args:
        name: of the thread.
    """

    def __init__(self, name: str) -> None:
        self._threads = ThreadPoolExecutor(1, thread_name_prefix=name)
        self._job: Future[T] | None = None

    def begin(self, job: Callable[[], T]) -> bool:
        """Begin a job; return False while another is being done."""
        if self._job is not None:
            return False
        self._job = self._threads.submit(job)
        return True

    def done(self) -> T | None:
        """Return the result of the job that has ended since the last call, None when none has."""
        if self._job is None or not self._job.done():
            return None
        job, self._job = self._job, None
        return job.result()

    def close(self) -> None:
        """Do nothing more; may be called twice."""
        self._threads.shutdown(wait=False, cancel_futures=True)


class AtOnce(Generic[T]):
    """In the caller's own thread, for runs whose time is told."""

    def __init__(self) -> None:
        self._result: T | None = None

    def begin(self, job: Callable[[], T]) -> bool:
        """Do a job."""
        self._result = job()
        return True

    def done(self) -> T | None:
        """Return its result, once."""
        result, self._result = self._result, None
        return result

    def close(self) -> None:
        """Nothing is left to do."""
