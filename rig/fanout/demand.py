"""What a run needs of a cluster, in the words of Ray: processors, graphics processors, and its bench."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from rig.fanout.attempt import Job

BENCH = "bench:"


@dataclass(frozen=True, slots=True)
class Share:
    """What every run is given.

    Args:
        cpus: processors.
        gpus: graphics processors; 0.25 lets four runs use one.
    """

    cpus: float = 1.0
    gpus: float = 0.0


WHOLE = Share()
"""A processor a run."""


def needs(job: Job, share: Share) -> dict[str, float]:
    """Return all that a job needs, by the name of the resource."""
    wanted = {"CPU": share.cpus, "GPU": share.gpus, **bench_needs(job)}
    return {name: amount for name, amount in wanted.items() if amount > 0}


def bench_needs(job: Job) -> dict[str, float]:
    """Return the custom resource of a job's bench, whole: one bench serves one run at a time."""
    return {bench_resource(job.bench): 1.0} if job.bench else {}


def bench_resource(bench: str) -> str:
    """Return what a node that has a bench calls it: "bench:wired-door", of a name or a file."""
    return f"{BENCH}{Path(bench).stem}"


def lacking(jobs: Iterable[Job], share: Share, nodes: Iterable[Mapping[str, float]]) -> Iterator[str]:
    """Yield every need that no single node can ever meet, in words.

    Args:
        jobs: to be run.
        share: what each is given.
        nodes: what each living node has in all.
    """
    nodes = list(nodes)
    for wanted in {tuple(sorted(needs(job, share).items())): None for job in jobs}:
        if not any(all(node.get(name, 0.0) >= amount for name, amount in wanted) for node in nodes):
            yield " with ".join(f"{name} {amount:g}" for name, amount in wanted)
