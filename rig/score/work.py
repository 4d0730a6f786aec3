"""One case from beginning to score, as a worker process does it."""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from contracts.errors import ProductError, WalkoutError
from contracts.steps import Drop, HandTo, PutBack, ShopperPlan, Take
from rig.scenario.model import Scenario
from rig.score.case import CaseScore, Counts, State
from rig.score.measure import score_recording


@dataclass(frozen=True, slots=True, kw_only=True)
class Play:
    """A scenario to be run and scored.

    Args:
        scenario: checked against its store.
        store_path: the store's file.
        folder: where its recording goes.
        keep: whether the recording stays there.
        stack: "reference" or "grpc://host:port".
        stack_timeout_s: wall seconds that a remote stack may take for one tick.
        renderer: how cameras see.
    """

    scenario: Scenario
    store_path: Path
    folder: Path
    keep: bool = True
    stack: str = "reference"
    stack_timeout_s: float = 20.0
    renderer: str = "numba"

    @property
    def name(self) -> str:
        """What to call it."""
        return self.scenario.name


@dataclass(frozen=True, slots=True)
class Look:
    """A recording to be scored."""

    recording: Path

    @property
    def name(self) -> str:
        """What to call it."""
        return self.recording.stem


Task = Play | Look


def do(task: Task) -> CaseScore:
    """Do one task; whatever goes wrong with it is in its score, so that the others go on."""
    try:
        return _play(task) if isinstance(task, Play) else score_recording(task.recording)
    except ProductError as error:
        return died(task, str(error))
    except WalkoutError as error:
        return failed(task, str(error))
    except Exception:  # a fault of the rig in one case must not take the others with it
        return failed(task, traceback.format_exc().strip())


def failed(task: Task, why: str) -> CaseScore:
    """Return the score of a case that the rig could not carry through."""
    return replace(_blank(task), state=State.ERROR, troubles=(why,))


def died(task: Task, why: str) -> CaseScore:
    """Return the score of a case in which the stack died: nothing was billed of what the script takes."""
    people = task.scenario.shoppers if isinstance(task, Play) else ()
    counts = Counts(receipts=len(people), due_final=len(people), units_taken=script_units(people))
    return replace(_blank(task), state=State.DIED, counts=counts, troubles=(why,))


def script_units(plans: Sequence[ShopperPlan]) -> int:
    """Return how many items the shoppers of a script leave with in all."""
    units = 0
    for step in (step for plan in plans for step in plan.steps):
        match step:
            case Take(count=count):
                units += count
            case PutBack(count=count):
                units -= count
            case Drop():
                units -= 1
            case HandTo() | _:  # whoever it is handed to leaves with it
                pass
    return max(0, units)


def _play(task: Play) -> CaseScore:
    from rig.run import run_scenario  # heavy, and scoring recordings does without
    from rig.score.watched import Meter

    meter = Meter(remote=task.stack != "reference")
    result = run_scenario(
        task.scenario,
        store_path=task.store_path,
        record_dir=task.folder,
        stack=task.stack,
        stack_timeout_s=task.stack_timeout_s,
        renderer=task.renderer,
        on_progress=meter.on_progress,
        on_start=meter.on_start,
        around=meter.around,
    )
    assert result.recording is not None
    score = replace(score_recording(result.recording), cost=meter.cost(result.wall_s))
    if task.keep:
        return score
    with suppress(OSError):
        result.recording.unlink()
    return replace(score, recording="")


def _blank(task: Task) -> CaseScore:
    if isinstance(task, Look):
        return CaseScore(name=task.name, seed=0, store="", shoppers=0, recording=str(task.recording))
    scenario = task.scenario
    return CaseScore(name=scenario.name, seed=scenario.seed, store=scenario.store, shoppers=len(scenario.shoppers))
