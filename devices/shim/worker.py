"""Calls of one device follow one another, and a driver that hangs holds up no other device's."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from contracts.clock import SECOND, Clock
from contracts.errors import DeviceUnavailable

T = TypeVar("T")


def _nobody() -> None:
    """Tell nobody: whoever waits for the job looks at its own watch."""


@dataclass(slots=True, eq=False)
class _Doing:
    """A job that is being done."""

    what: str
    began_ns: int
    cut: Callable[[], object] = _nobody


class Worker:
    """Has the jobs of one device done, one at a time: in its own thread, or in that of whoever wants one done.

    The thread is a daemon: a driver that never returns must not keep the process from ending.

    Args:
        name: device id.
        clock: tells how long a job has run.
    """

    def __init__(self, name: str, clock: Clock) -> None:
        self._name, self._clock = name, clock
        self._jobs: queue.SimpleQueue[tuple[str, Callable[[], Any], Future[Any]] | None] = queue.SimpleQueue()
        self._turn = threading.Lock()
        self._doing: _Doing | None = None
        self._told: _Doing | None = None
        threading.Thread(target=self._work, name=f"device {name}", daemon=True).start()

    @property
    def busy(self) -> bool:
        """Whether a job is being done."""
        return self._doing is not None

    def submit(self, what: str, job: Callable[[], T]) -> Future[T]:
        """Let a job be done after those before it.

        Args:
            what: its name, for people: "read".
            job: what to do.
        """
        future: Future[T] = Future()
        self._jobs.put((what, job, future))
        return future

    def run(self, what: str, job: Callable[[], T], within_s: float) -> T:
        """Do a job and return what it returns.

        Raises:
            DeviceUnavailable: it takes too long, or the job before it has hung; then it will never be begun.
        """
        if hanging := self.hanging(within_s, what):
            raise hanging
        return self.result(self.submit(what, job), what, within_s)

    def do(self, what: str, job: Callable[[], T], within_s: float, cut: Callable[[], object]) -> T:
        """Do a job in the caller's own thread, which takes a third of the time that a change of threads costs.

        Args:
            what: its name, for people.
            job: what to do.
            within_s: seconds to wait for the device's turn.
            cut: tells the caller's own caller that the job hangs, from another thread.

        Raises:
            DeviceUnavailable: the job before it has hung; then it will never be begun.
        """
        if hanging := self.hanging(within_s, what):
            raise hanging
        if not self._turn.acquire(timeout=within_s):
            raise self.hung(what)
        try:
            self._doing = _Doing(what, self._clock.now_ns, cut)
            return job()
        finally:
            self._doing = None
            self._turn.release()

    def cut(self, within_s: float) -> None:
        """If a job of `do` hangs, tell so."""
        doing = self._doing
        if doing is not None and doing is not self._told and self._late(doing, within_s):
            self._told = doing
            doing.cut()

    def result(self, future: Future[T], what: str, within_s: float) -> T:
        """Return the result of a submitted job, or give it up.

        Raises:
            DeviceUnavailable: it takes too long; if it had not begun, it never will.
        """
        try:
            return future.result(within_s)
        except TimeoutError:
            if future.done() and not future.cancelled():
                raise  # the driver's own
            future.cancel()
            raise self.hung(what) from None
        except CancelledError:
            raise self.hung(what) from None

    def hanging(self, within_s: float, what: str = "its call") -> DeviceUnavailable | None:
        """Return the error of a driver that has been at one job for longer than it may; None when it has not."""
        doing = self._doing
        return self.hung(what) if doing is not None and self._late(doing, within_s) else None

    def hung(self, what: str) -> DeviceUnavailable:
        """Return the error of a job that was given up."""
        doing = self._doing
        found = "it has not answered in time"
        if doing is not None:
            found = f"{doing.what} has not returned for {(self._clock.now_ns - doing.began_ns) / SECOND:.1f} s"
        return DeviceUnavailable(
            "the driver hangs",
            where=self._name,
            expected=f"an end of {what}",
            found=found,
            hint="check the device and its line; if they are well, restart the shim",
        )

    def close(self) -> None:
        """End the thread once its jobs are done."""
        self._jobs.put(None)

    def _late(self, doing: _Doing, within_s: float) -> bool:
        return self._clock.now_ns - doing.began_ns > within_s * SECOND

    def _work(self) -> None:
        while (item := self._jobs.get()) is not None:
            what, job, future = item
            if not future.set_running_or_notify_cancel():
                continue
            with self._turn:
                self._doing = _Doing(what, self._clock.now_ns)
                try:
                    outcome = partial(future.set_result, job())
                except BaseException as error:  # whoever waits for it is told
                    outcome = partial(future.set_exception, error)
                self._doing = None
            outcome()
