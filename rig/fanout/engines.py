"""The engines by name, opened and closed."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from contracts.errors import UsageError
from rig.fanout.attempt import Job
from rig.fanout.demand import WHOLE, Share
from rig.fanout.processes import Processes
from rig.fanout.spread import Engine

NAMES = ("processes", "ray")
MOST_JOBS = 256


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the user says of an engine.

    Args:
        name: "processes" or "ray".
        jobs: runs at once on this machine; 0 for as many as it has processors.
        address: of a Ray cluster: "auto", "host:port" or "ray://host:port"; "" starts one here.
        share: of a cluster, for every run.
    """

    name: str = "processes"
    jobs: int = 0
    address: str = ""
    share: Share = WHOLE


def check(wanted: Wanted) -> None:
    """Refuse what makes no sense before anything is read.

    Raises:
        UsageError: it makes none.
    """
    if wanted.name not in NAMES:
        raise UsageError("no such engine", where="--engine", expected=" or ".join(NAMES), found=wanted.name)
    if not 0 <= wanted.jobs <= MOST_JOBS:
        raise UsageError("not a number of jobs", where="--jobs", expected=f"1 to {MOST_JOBS}", found=str(wanted.jobs))
    if wanted.address and wanted.name != "ray":
        raise UsageError("only Ray has an address", where="--address", expected="--engine ray", found=wanted.name)
    if wanted.address and wanted.jobs:
        raise UsageError(
            "a cluster knows how much it can do at once", where="--jobs", found="--address beside it", hint="--cpus 2"
        )
    if wanted.share != WHOLE and wanted.name != "ray":
        raise UsageError("only Ray shares out processors", where="--cpus, --gpus", expected="--engine ray")
    if wanted.share.cpus < 0 or wanted.share.gpus < 0:
        raise UsageError("less than nothing", where="--cpus, --gpus", expected="0 or more")


@contextmanager
def opened(wanted: Wanted, jobs: Sequence[Job]) -> Iterator[Engine]:
    """Open an engine for some jobs."""
    at_once = min(wanted.jobs or len(os.sched_getaffinity(0)), len(jobs))
    if wanted.name == "processes":
        yield Processes(at_once)
        return
    from rig.fanout.cluster import connected

    benches = sorted({job.bench for job in jobs if job.bench})
    with connected(wanted.address, jobs=at_once, benches=benches, share=wanted.share) as cluster:
        yield cluster
