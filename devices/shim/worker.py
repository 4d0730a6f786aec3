"""One thread a device: calls of one follow one another, and a driver that hangs holds up nobody else's."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from typing import Any, TypeVar

from contracts.clock import SECOND, Clock
from contracts.errors import DeviceUnavailable

T = TypeVar("T")


class Worker:
    """Runs the jobs of one device.

    The thread is a daemon: a driver that never returns must not keep the process from ending.

    Args:
        name: device id.
        clock: tells how long a job has run.
    """

    def __init__(self, name: str, clock: Clock) -> None:
        self._name, self._clock = name, clock
        self._jobs: queue.SimpleQueue[tuple[str, Callable[[], Any], Future[Any]] | None] = queue.SimpleQueue()
        self._doing: tuple[str, int] | None = None
        threading.Thread(target=self._work, name=f"device {name}", daemon=True).start()

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
        late = doing is not None and self._clock.now_ns - doing[1] > within_s * SECOND
        return self.hung(what) if late else None

    def hung(self, what: str) -> DeviceUnavailable:
        """Return the error of a job that was given up."""
        doing = self._doing
        found = "it has not answered in time"
        if doing is not None:
            found = f"{doing[0]} has not returned for {(self._clock.now_ns - doing[1]) / SECOND:.1f} s"
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

    def _work(self) -> None:
        while (item := self._jobs.get()) is not None:
            what, job, future = item
            if not future.set_running_or_notify_cancel():
                continue
            self._doing = (what, self._clock.now_ns)
            try:
                result = job()
            except BaseException as error:  # whoever waits for it is told
                self._doing = None
                future.set_exception(error)
            else:
                self._doing = None
                future.set_result(result)
