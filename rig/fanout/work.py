"""One attempt from beginning to answer, as a worker does it."""

from __future__ import annotations

import os
import platform
import traceback
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from contracts.errors import ProductError, RigFault, WalkoutError
from rig.fanout import folder
from rig.fanout.attempt import Attempt, Done, Job

if TYPE_CHECKING:
    from rig.run import RunResult

FAULT_OF_THE_RIG = 6


def do(attempt: Attempt) -> Done:
    """Make one attempt; whatever goes wrong is in its answer, so that the others go on."""
    job = attempt.job
    here = f"{platform.node()}:{os.getpid()}"
    going = folder.going(attempt)
    try:
        _check_versions(job)
        answer = _answer(job, _run(job, going))
    except ProductError as error:
        answer = Done(name=job.name, word="fail", exit_code=error.exit_code, about=(str(error),))
    except WalkoutError as error:
        answer = Done(name=job.name, word="error", exit_code=error.exit_code, about=(str(error),))
    except Exception:  # a fault of the rig in one run must not take the others with it
        said = traceback.format_exc().strip()
        answer = Done(name=job.name, word="error", exit_code=FAULT_OF_THE_RIG, about=(said,))
    kept = folder.keep(attempt)
    return replace(answer, recording=kept, attempts=attempt.number, where=here)


def _check_versions(job: Job) -> None:
    """Refuse to make other bytes than were asked for."""
    from rig.run import versions  # heavy

    here = {each.name: each.version for each in versions()}
    for asked in job.versions:
        if here.get(asked.name) != asked.version:
            raise RigFault(
                "another version here than where the suite was started",
                where=f"{platform.node()}, {asked.name}",
                expected=asked.version,
                found=here.get(asked.name, "none"),
                hint="install the same versions on every node: other versions give other recordings",
            )


def _run(job: Job, going: Path | None) -> RunResult:
    from rig.bench.paths import find_bench
    from rig.run import run_scenario  # heavy

    return run_scenario(
        job.scenario,
        store_path=job.store_path,
        record_dir=going,
        stack=job.stack,
        stack_timeout_s=job.stack_timeout_s,
        bench=find_bench(job.bench) if job.bench else None,
        renderer=job.renderer,
    )


def _answer(job: Job, result: RunResult) -> Done:
    from rig.judge import Outcome

    outcome, xfail = result.verdict.outcome, job.scenario.xfail
    word, code = {
        Outcome.PASS: ("pass", 0),
        Outcome.UNJUDGED: ("pass", 0),
        Outcome.FAIL: ("fail", ProductError.exit_code),
        Outcome.ERROR: ("error", FAULT_OF_THE_RIG),
    }[outcome]
    about: tuple[str, ...] = (*result.verdict.troubles, *result.verdict.differences)
    if xfail and outcome is Outcome.FAIL:
        word, code = "expected to fail", 0
    elif xfail and outcome is Outcome.PASS:
        word, code, about = "fail", ProductError.exit_code, (f"passed, though a failure is expected: {xfail}",)
    return Done(
        name=job.name,
        word=word,
        exit_code=code,
        about=about,
        digest=result.digest,
        simulated_s=result.simulated_ns / 1e9,
        wall_s=round(result.wall_s, 3),
    )
