"""What a night does, as people write it: `nightly.yaml`."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from contracts.clock import SECOND
from contracts.document import read_document
from contracts.units import DurationNs
from contracts.yamlfile import StrictModel, check_model

Kind = Literal["run", "replay", "kept", "score", "hunt", "bench", "test"]
KINDS: tuple[Kind, ...] = ("run", "replay", "kept", "score", "hunt", "bench", "test")


class Job(StrictModel):
    """One job: exactly one of run, replay, kept, score, hunt, bench and test, and what belongs to it.

    Args:
        run: folders or files of scenarios.
        finds: whether the finds of earlier nights' hunts are run, too.
        replay: a folder of recordings, each with what it is held against.
        kept: jobs that run: the recordings that an earlier night kept of them are replayed.
        score: name or folder of a suite.
        seeds: of the suite, as `rig score --seeds` takes them; "" for its own.
        only: cases of the suite whose name holds this.
        hunt: a store to look for wrong receipts in.
        budget: of the hunt.
        known: folders of finds that it is not to tell again.
        bench: measures of `python -m benchmarks`.
        test: files and folders for pytest.
        marks: which of their tests, as `pytest -m` takes them.
        share: the longest that it may take of a night; what does not fit is first in line the next night. 0: everything
            is done each night.
    """

    run: list[str] = Field(default_factory=list)
    finds: bool = False
    replay: str = ""
    kept: list[str] = Field(default_factory=list)
    score: str = ""
    seeds: str = ""
    only: str = ""
    hunt: str = ""
    budget: DurationNs = 300 * SECOND
    known: list[str] = Field(default_factory=list)
    bench: list[str] = Field(default_factory=list)
    test: list[str] = Field(default_factory=list)
    marks: str = ""
    share: DurationNs = 0

    @model_validator(mode="after")
    def _one(self) -> Job:
        said = [kind for kind in KINDS if getattr(self, kind)]
        if len(said) != 1:
            raise ValueError(f"expected one of {', '.join(KINDS)}; it has {' and '.join(said) or 'none'}")
        return self

    @property
    def kind(self) -> Kind:
        """Which it is."""
        return next(kind for kind in KINDS if getattr(self, kind))


class Plan(StrictModel):
    """A night.

    Args:
        about: one sentence.
        budget: the longest that it may take; what has not begun by then is left out, and said to be.
        corpus_gb: how much room the kept recordings may take, in 10^9 bytes.
        slower: a benchmark below this part of the last good night's is a change for the worse.
        longest: of one step.
        jobs: in order, by name.
    """

    about: str
    budget: DurationNs = 3300 * SECOND
    corpus_gb: float = Field(default=4.0, ge=0)
    slower: float = Field(default=0.6, gt=0, lt=1)
    longest: DurationNs = 1800 * SECOND
    jobs: dict[str, Job]

    @model_validator(mode="after")
    def _of_jobs(self) -> Plan:
        for name, job in self.jobs.items():
            strange = [of for of in job.kept if of not in self.jobs or self.jobs[of].kind != "run"]
            if strange:
                raise ValueError(f"{name} replays what jobs that run have kept; '{strange[0]}' is none of them")
        return self


def read_plan(path: Path) -> Plan:
    """Return the plan that a file holds.

    Raises:
        BadFile: it is not there, or says something impossible.
    """
    return check_model(read_document(path), Plan)
