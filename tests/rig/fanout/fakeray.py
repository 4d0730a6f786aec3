"""As much of Ray as the engine uses, in this process: tasks are done when they are waited for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any


class RayError(Exception):
    """The root of Ray's errors."""


class WorkerCrashedError(RayError):
    """A lost process."""


class NodeDiedError(RayError):
    """A lost machine."""


class OutOfMemoryError(RayError):
    """A process that was killed for its memory."""


class ObjectLostError(RayError):
    """A lost answer."""


class LocalRayletDiedError(RayError):
    """A lost machine, too."""


@dataclass(eq=False)
class Task:
    """Something submitted."""

    call: Callable[[], Any]
    asked: Mapping[str, Any]


@dataclass
class FakeRay:
    """A cluster.

    Args:
        nodes_have: the resources of each node.
        stuck: no task is ever ready.
    """

    nodes_have: list[dict[str, float]]
    stuck: bool = False
    submitted: list[Task] = field(default_factory=list)
    cancelled: list[Task] = field(default_factory=list)
    lose_nodes_when_waiting: bool = False
    exceptions: Any = field(
        default_factory=lambda: SimpleNamespace(
            **{each.__name__: each for each in (RayError, *RayError.__subclasses__())}
        )
    )

    def remote(self, work: Callable[..., Any]) -> Any:
        def options(**asked: Any) -> Any:
            def submit(*arguments: Any) -> Task:
                self.submitted.append(Task(lambda: work(*arguments), asked))
                return self.submitted[-1]

            return SimpleNamespace(remote=submit)

        return SimpleNamespace(options=options)

    def wait(self, tasks: list[Task], num_returns: int, timeout: float) -> tuple[list[Task], list[Task]]:
        if self.lose_nodes_when_waiting:
            self.nodes_have = self.nodes_have[:1]
        return ([], tasks) if self.stuck else (tasks[:num_returns], tasks[num_returns:])

    def get(self, task: Task) -> Any:
        return task.call()

    def cancel(self, task: Task, force: bool) -> None:
        assert force
        self.cancelled.append(task)

    def nodes(self) -> list[dict[str, Any]]:
        return [{"Alive": True, "Resources": each} for each in self.nodes_have]
