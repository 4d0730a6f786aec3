"""The engine of many machines: a Ray cluster. Ray is the extra `ray`, and is imported only here and only when asked."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, redirect_stdout
from dataclasses import dataclass
from typing import Any

from contracts.errors import DeviceUnavailable, RigFault, UsageError
from rig.fanout.attempt import Attempt, Done, Lost
from rig.fanout.demand import BENCH, Share, bench_needs, bench_resource, lacking
from rig.fanout.work import do

STORE_BYTES = 100_000_000
"""Answers are small and recordings are files: near the least that Ray takes (75 MiB)."""
LOOK_S = 5.0
"""How often to see whether the nodes that a waiting run needs are still there, wall seconds."""

LOCAL = {
    # What lets Ray keep to loopback: without clusters it takes no other address, whatever it is told.
    "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0",
    # A node that Ray starts reports its use to Ray's makers.
    "RAY_USAGE_STATS_ENABLED": "0",
}
"""Settings of a cluster that is started here."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A connected Ray cluster.

    Args:
        ray: the module.
        share: what every run is given.
        work: makes an attempt; a function of a module that every node has.
    """

    ray: Any
    share: Share
    work: Callable[[Attempt], Done] = do

    def results(self, attempts: Sequence[Attempt]) -> Generator[Done | Lost, None, None]:
        """Yield the results as they come; closed early, it ends all that is going on."""
        if all(attempt.number == 1 for attempt in attempts):
            self._check(attempts)
        going = {self._submit(attempt): attempt for attempt in attempts}
        try:
            while going:
                ready, _ = self.ray.wait(list(going), num_returns=1, timeout=LOOK_S)
                for reference in ready:
                    yield self._collect(reference, going.pop(reference))
                if not ready and self._lacking(list(going.values())):
                    # The only node that could do them is gone: to wait for it may be to wait for ever.
                    for reference, attempt in list(going.items()):
                        if self._lacking([attempt]):
                            self._cancel(reference)
                            yield Lost(going.pop(reference), "the node that it needs is gone")
        finally:
            for reference in going:
                self._cancel(reference)

    def _submit(self, attempt: Attempt) -> Any:
        # Ray's own retries would hide how often a run took its process with it.
        remote = self.ray.remote(self.work).options(
            num_cpus=self.share.cpus,
            num_gpus=self.share.gpus,
            resources=bench_needs(attempt.job),
            max_retries=0,
            name=attempt.job.name,
        )
        return remote.remote(attempt)

    def _collect(self, reference: Any, attempt: Attempt) -> Done | Lost:
        errors = self.ray.exceptions
        try:
            done: Done = self.ray.get(reference)
        except (
            errors.WorkerCrashedError, errors.NodeDiedError, errors.OutOfMemoryError, errors.ObjectLostError,
            errors.LocalRayletDiedError,
        ) as error:  # fmt: skip
            return Lost(attempt, _first_line(error))
        except errors.RayError as error:  # no process was lost: to try again would change nothing
            return Done(name=attempt.job.name, word="error", exit_code=RigFault.exit_code, about=(_first_line(error),))
        return done

    def _cancel(self, reference: Any) -> None:
        # Force: a run that is going on looks at nothing but its own clock.
        self.ray.cancel(reference, force=True)

    def _check(self, attempts: Sequence[Attempt]) -> None:
        for what in self._lacking(attempts):
            raise DeviceUnavailable(
                "no node of the cluster can do a run",
                expected=f"a living node with {what}",
                found="; ".join(sorted(map(_said, self._nodes()))) or "no node",
                hint="give it when the node is started: ray start --resources='{\"bench:NAME\": 1}'",
            )

    def _lacking(self, attempts: Sequence[Attempt]) -> list[str]:
        return list(lacking((attempt.job for attempt in attempts), self.share, self._nodes()))

    def _nodes(self) -> list[dict[str, float]]:
        return [node["Resources"] for node in self.ray.nodes() if node["Alive"]]


@contextmanager
def connected(address: str, *, jobs: int, benches: Sequence[str], share: Share) -> Iterator[Cluster]:
    """Connect to a cluster, or start one on this machine's loopback that ends with the run.

    Args:
        address: "auto", "host:port" or "ray://host:port"; "" starts one here.
        jobs: processors that a local one has.
        benches: that a local one has, one of each.
        share: what every run is given.

    Raises:
        UsageError: Ray is not installed.
        RigFault: there is no such cluster.
    """
    with ExitStack() as stay:
        # Ray prints what it thinks of lost workers on standard output, which is for answers.
        stay.enter_context(redirect_stdout(sys.stderr))
        if not address:
            stay.enter_context(_environment(LOCAL))
        ray = _imported()
        old = signal.getsignal(signal.SIGTERM)
        try:
            ray.init(**(_there(address) if address else _here(jobs, benches)))
        except (ConnectionError, RuntimeError, ValueError, TimeoutError) as error:
            raise RigFault(
                "no Ray cluster answers", where=address or "loopback", found=_first_line(error), hint="ray status"
            ) from error
        stay.callback(ray.shutdown)
        signal.signal(signal.SIGTERM, old)  # Ray puts its own in its place, which would lose what is done
        yield Cluster(ray, share)


def _here(jobs: int, benches: Sequence[str]) -> dict[str, Any]:
    return {
        "address": "local",  # else Ray takes one that somebody else has started on this machine
        "num_cpus": jobs,
        "resources": {bench_resource(bench): 1 for bench in benches},
        "include_dashboard": False,
        "object_store_memory": STORE_BYTES,
        "_node_ip_address": "127.0.0.1",
        **_quiet(),
    }


def _there(address: str) -> dict[str, Any]:
    return {"address": address, **_quiet()}


def _quiet() -> dict[str, Any]:
    return {"log_to_driver": False, "logging_level": "ERROR"}


@contextmanager
def _environment(said: Mapping[str, str]) -> Iterator[None]:
    """Let Ray and the processes that it starts find settings, which it reads as it is imported."""
    old = {name: os.environ.get(name) for name in said}
    os.environ.update(said)
    try:
        yield
    finally:
        for name, value in old.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _imported() -> Any:
    try:
        import ray
        import ray.exceptions
    except ImportError as error:
        raise UsageError(
            "Ray is not installed", where="--engine ray", found=str(error), hint="pip install 'walkout-rig[ray]'"
        ) from error
    return ray


def _first_line(error: BaseException) -> str:
    return f"{type(error).__name__}: {next(iter(str(error).strip().splitlines()), '')}"


def _said(node: dict[str, float]) -> str:
    return ", ".join(
        f"{name} {node[name]:g}" for name in sorted(node) if name in ("CPU", "GPU") or name.startswith(BENCH)
    )
