"""One night from its plan to its summary."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from contracts.clock import SECOND, Stopwatch, WallClock
from rig.nightly import blame
from rig.nightly.closing import Outcome, closed
from rig.nightly.corpus import Corpus
from rig.nightly.keeping import judged, keep_of
from rig.nightly.making import steps_of
from rig.nightly.mirror import Mirror, mirror_of
from rig.nightly.night import Night, begin
from rig.nightly.past import past_of
from rig.nightly.plan import read_plan
from rig.nightly.process import Execute, process
from rig.nightly.running import Terms, run_night
from rig.nightly.steps import Step
from rig.nightly.stock import Stock
from rig.nightly.turns import in_turn
from rig.paths import SUFFIXES


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a night is run.

    Args:
        blame_s: wall seconds of the budget to look for first bad commits; 0: not at all.
        results: URL at which all nights are kept, too; "" for none.
        update: whether answers that differ from their references become these.
        tell: gets a line for people now and then.
        execute: runs a command.
    """

    blame_s: float = 0.0
    results: str = ""
    update: bool = False
    tell: Callable[[str], None] = lambda _: None
    execute: Execute = process


def run_plan(path: Path, nights: Path, options: Options) -> Outcome:
    """Run a night, or the rest of one that was killed; compare and remember it.

    Args:
        path: of the plan; commands run in the working directory.
        nights: folder of all nights.
        options: how.

    Raises:
        BadFile: the plan is wrong.
        NothingToRun: a job of it has nothing to do.
    """
    plan, folder, nights = read_plan(path), Path.cwd(), nights.absolute()
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    mirror = mirror_of(options.results, nights) if options.results else None
    if mirror:
        mirror.fetch()
    corpus = Corpus(nights, plan.corpus_gb * 1e9)
    night = begin(nights, blame.head(folder), digest, _now())
    past, shares = past_of(nights, night, digest), {name: job.share / SECOND for name, job in plan.jobs.items()}
    planned = steps_of(plan, folder, _stock(nights, corpus, night, update=options.update))
    steps = in_turn(planned, shares, past, night.name)
    options.tell(f"night {night.name}: {len(steps)} steps")
    terms = Terms(
        budget_s=plan.budget / SECOND - options.blame_s, longest_s=plan.longest / SECOND, shares=shares, past=past,
        tell=options.tell, before=mirror.bring if mirror else lambda _: None,
        after=partial(_kept, night, corpus, mirror, options.update), judge=partial(judged, finds=corpus.finds),
        execute=options.execute,
    )  # fmt: skip
    watch = Stopwatch()
    put_off = run_night(night, steps, folder, terms)
    left_s = max(0.0, plan.budget / SECOND - watch.seconds)
    blamed_s = min(options.blame_s, left_s)
    outcome = closed(night, plan, planned, put_off, past, folder, blamed_s, options.execute, _now)
    if mirror:
        mirror.put_night(night)
    return outcome


def _stock(nights: Path, corpus: Corpus, night: Night, *, update: bool) -> Stock:
    """Return what nights before this one have kept, in order."""
    finds = tuple(path for path in sorted(corpus.finds.glob("*")) if path.suffix in SUFFIXES)
    older = tuple((kept.job, kept.file) for kept in corpus.kept() if kept.night != night.name)
    return Stock(nights, older, finds, corpus.finds, update)


def _kept(night: Night, corpus: Corpus, mirror: Mirror | None, update: bool, step: Step) -> None:
    """Keep what a step leaves to the nights after this one, here and at the URL."""
    new = keep_of(night, step, corpus, update=update)
    if mirror:
        mirror.put_step(night, step)
        if new or update or step.kind in ("run", "hunt"):
            mirror.put_corpus()


def _now() -> datetime:
    return datetime.fromtimestamp(WallClock().epoch_ns / SECOND, UTC)
