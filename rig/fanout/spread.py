"""All jobs to their end on any engine: what is lost on the way is tried again elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from hashlib import sha256
from typing import Protocol

from contracts.errors import RigFault
from rig.fanout.attempt import Attempt, Done, Job, Lost

TRIES = 3
"""A run that takes three processes with it is itself what kills them."""


class Engine(Protocol):
    """Something that makes many attempts at once."""

    def results(self, attempts: Sequence[Attempt]) -> Generator[Done | Lost, None, None]:
        """Yield the results as they come; closed early, it ends all that is going on."""
        ...


def spread(
    jobs: Sequence[Job], engine: Engine, *, tries: int = TRIES, tell: Callable[[str], None] = lambda _: None
) -> Iterator[Done]:
    """Yield how each job came out, in the order in which they end.

    Only lost processes are replaced. A failed product, a device that is not there and an error of the rig are answers.

    Args:
        jobs: to be done.
        engine: what does them.
        tries: the most processes a job may use up.
        tell: is told of every lost process.
    """
    waiting = [Attempt(job) for job in jobs]
    while waiting:
        again: list[Attempt] = []
        with closing(engine.results(waiting)) as results:
            for result in results:
                if isinstance(result, Done):
                    yield result
                    continue
                tell(f"{result.attempt.job.name}: {result.how}; try {result.attempt.number} of {tries}")
                if result.attempt.number < tries:
                    again.append(result.attempt.next)
                else:
                    yield given_up(result)
        waiting = again


def given_up(lost: Lost) -> Done:
    """Return the answer to a job that nobody finished."""
    return Done(
        name=lost.attempt.job.name,
        word="lost",
        exit_code=RigFault.exit_code,
        about=(f"lost {lost.attempt.number} times; the last time {lost.how}",),
        attempts=lost.attempt.number,
    )


def in_order(jobs: Sequence[Job], done: Iterable[Done]) -> list[Done]:
    """Return answers in the order of their jobs, whoever was first."""
    found = {each.name: each for each in done}
    return [found[job.name] for job in jobs if job.name in found]


def digest_of(done: Iterable[Done]) -> str:
    """Return one digest, hex, over the digests of all runs: equal on any engine when all recordings are."""
    lines = sorted(f"{each.name} {each.digest}\n" for each in done)
    return sha256("".join(lines).encode()).hexdigest()
