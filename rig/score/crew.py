"""Worker processes that do tasks one after another; one that dies takes only its own task with it."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import connection, get_context, resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")


@dataclass(slots=True)
class _Worker(Generic[T]):
    process: SpawnProcess
    pipe: Connection
    task: T | None = None


class Crew(Generic[T, R]):
    """So many workers, spawned.

    Args:
        jobs: how many work at once.
        work: does a task; a function of a module, so that another process can import it.
        lost: makes the result of a task whose worker died, from the task and how it died.
    """

    def __init__(self, jobs: int, work: Callable[[T], R], lost: Callable[[T, str], R]) -> None:
        self._jobs, self._work, self._lost = jobs, work, lost
        self._context = get_context("spawn")

    def results(self, tasks: Sequence[T]) -> Iterator[R]:
        """Yield the results as they come; when the caller stops early, all workers are ended."""
        waiting = deque(tasks)
        workers: list[_Worker[T]] = []
        try:
            while waiting or any(worker.task is not None for worker in workers):
                self._hand_out(waiting, workers)
                for worker in self._ready(workers):
                    yield self._collect(worker, workers)
        finally:
            for worker in workers:
                _end(worker)

    def _hand_out(self, waiting: deque[T], workers: list[_Worker[T]]) -> None:
        """Give every idle worker a task, and call in more workers while there are tasks and places."""
        idle = [worker for worker in workers if worker.task is None]
        while waiting and (idle or len(workers) < self._jobs):
            if idle:
                worker = idle.pop()
            else:
                worker = self._hire()
                workers.append(worker)
            worker.task = waiting.popleft()
            worker.pipe.send(worker.task)

    def _hire(self) -> _Worker[T]:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(theirs, self._work), daemon=True)
        with _deaf_to_ctrl_c():
            process.start()
        theirs.close()
        return _Worker(process, ours)

    @staticmethod
    def _ready(workers: list[_Worker[T]]) -> list[_Worker[T]]:
        """Wait until somebody has a result or has died."""
        ready = connection.wait([worker.pipe for worker in workers if worker.task is not None])
        return [worker for worker in workers if worker.pipe in ready]

    def _collect(self, worker: _Worker[T], workers: list[_Worker[T]]) -> R:
        task, worker.task = worker.task, None
        assert task is not None
        try:
            result: R = worker.pipe.recv()
        except (EOFError, OSError):
            worker.process.join()
            workers.remove(worker)
            return self._lost(task, f"the worker process ended with exit code {worker.process.exitcode}")
        return result


def _serve(pipe: Connection, work: Callable[[T], R]) -> None:
    """Do tasks until there are no more; runs in the worker."""
    while True:
        try:
            task = pipe.recv()
        except EOFError:  # the crew is gone
            return
        pipe.send(work(task))


def _end(worker: _Worker[T]) -> None:
    worker.pipe.close()
    if worker.task is not None:
        worker.process.terminate()
    worker.process.join()


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """Let what is started meanwhile never hear Ctrl-C, which a terminal sends to everybody: the parent ends it."""
    # It would else start together with the first process, and lets all signals in again as it does.
    resource_tracker.ensure_running()
    old = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, old)
