"""What an engine is given and what it gives back; plain data, so that it travels between machines."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from contracts.run import Version
from rig.scenario.model import Scenario


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One run to be made.

    Args:
        scenario: checked against its store.
        store_path: the store's file.
        folder: where its recording goes; None keeps none.
        bench: name or file of the bench it runs on; "" for the twin.
        stack: "reference" or "grpc://host:port".
        stack_timeout_s: wall seconds that a remote stack may take for one tick.
        renderer: how cameras see.
        versions: of whoever asks for the run; another version would give other bytes.
    """

    scenario: Scenario
    store_path: Path
    folder: Path | None = None
    bench: str = ""
    stack: str = "reference"
    stack_timeout_s: float = 20.0
    renderer: str = "numba"
    versions: tuple[Version, ...] = ()

    @property
    def name(self) -> str:
        """The scenario's: the id that shares and retries go by."""
        return self.scenario.name


@dataclass(frozen=True, slots=True)
class Attempt:
    """A job, and which try at it this is, from 1."""

    job: Job
    number: int = 1

    @property
    def next(self) -> Attempt:
        """The try after this one."""
        return replace(self, number=self.number + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """How a job came out.

    Args:
        name: of its scenario.
        word: "pass", "fail", "expected to fail", "error" or "lost".
        exit_code: what `rig run` would have returned.
        about: what was wrong, a line each.
        digest: of all messages; "" where there is no whole recording.
        simulated_s: bench time that passed, seconds.
        wall_s: seconds that it took.
        recording: the file; "" when none is kept.
        attempts: how many tries it took; more than one only where processes were lost.
        where: machine and process.
    """

    name: str
    word: str
    exit_code: int
    about: tuple[str, ...] = ()
    digest: str = ""
    simulated_s: float = 0.0
    wall_s: float = 0.0
    recording: str = ""
    attempts: int = 1
    where: str = ""


@dataclass(frozen=True, slots=True)
class Lost:
    """An attempt whose process or machine went away before it had an answer.

    Args:
        attempt: what was tried.
        how: it went, for people.
    """

    attempt: Attempt
    how: str
