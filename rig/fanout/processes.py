"""The engine of one machine: processes of its own."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass

from rig.fanout.attempt import Attempt, Done, Lost
from rig.fanout.work import do
from rig.score.crew import Crew


@dataclass(frozen=True, slots=True)
class Processes:
    """Spawned worker processes.

    Args:
        jobs: how many work at once.
        work: makes an attempt; a function of a module, so that another process can import it.
    """

    jobs: int
    work: Callable[[Attempt], Done] = do

    def results(self, attempts: Sequence[Attempt]) -> Generator[Done | Lost, None, None]:
        """Yield the results as they come; what needs the same bench goes one after another."""
        # A suite names one bench at most, and a bench serves one run at a time.
        most = 1 if any(attempt.job.bench for attempt in attempts) else self.jobs
        crew: Crew[Attempt, Done | Lost] = Crew(min(most, len(attempts)), self.work, Lost)
        with closing(crew.results(attempts)) as results:  # type: ignore[type-var]  # it is a generator
            yield from results
