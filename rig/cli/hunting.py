"""`rig hunt`: looks for scripts whose receipt is wrong, says what it tries, keeps what it finds."""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from contracts.clock import SECOND, WallClock
from contracts.errors import UsageError
from contracts.units import duration_ns
from rig.hunt.draw import outlines
from rig.hunt.field import Field, open_field
from rig.hunt.hunter import Found, Hunter
from rig.hunt.keep import Kept, keep, shown, steps_of
from rig.hunt.kinds import kinds_of
from rig.hunt.known import known_in
from rig.hunt.trial import Trials
from rig.judge.verdict import Outcome, Verdict
from rig.scenario.model import Scenario
from rig.strategies.plot import NAMES

FOUND = 1


@dataclass(frozen=True, slots=True)
class HuntOptions:
    """What the command line said."""

    store: str
    budget: str
    corpus: Path
    add: Path | None
    seed: int
    shoppers: str
    steps: int
    most: int
    held: bool
    stack: str
    stack_timeout_s: float
    as_json: bool
    known: tuple[Path, ...] = ()


def hunt(options: HuntOptions) -> int:
    """Hunt until the budget is spent; return 1 when something was found, else 0.

    Raises:
        UsageError: the store, the budget or a number makes no sense.
        KeyboardInterrupt: it was interrupted; what had been found is kept.
    """
    most_ns, shoppers = budget_ns(options.budget), _shoppers(options.shoppers)
    if options.steps < 1:
        raise UsageError("scripts have steps", where="--steps", expected="1 or more", found=str(options.steps))
    for where, folder in (("--corpus", options.corpus), ("--add", options.add)):
        if folder is not None and folder.exists() and not folder.is_dir():
            raise UsageError("finds go into a folder", where=where, found=f"the file {folder}")
    field = open_field(options.store, options.stack, options.stack_timeout_s)
    clock = WallClock()
    trials = Trials(field.tell, _told(field, clock, held=options.held), held=options.held)
    hunter = Hunter(trials, field.traits, lambda: clock.now_ns >= most_ns, known_in(options.known))
    kept: list[Kept] = []
    try:
        for found in hunter.hunt(outlines(options.seed, field.traits, shoppers=shoppers, steps=options.steps)):
            kept.append(_keep(found, field, options))
            kept[-1] = shown(kept[-1], found, field)
            _tell(kept[-1], options)
            if len(kept) == options.most:
                break
    except KeyboardInterrupt:
        if unfinished := hunter.unfinished():
            kept.append(_keep(unfinished, field, options))
            _tell(kept[-1], options)
        raise
    finally:
        _report(hunter, kept, options, clock.now_ns)
    return FOUND if kept else 0


def _told(field: Field, clock: WallClock, *, held: bool) -> Callable[[Scenario], Verdict]:
    """Return what plays a scenario and says so, in a line on standard error."""

    def play(scenario: Scenario) -> Verdict:
        began_ns = clock.now_ns
        verdict = field.play(scenario)
        what = f"{len(scenario.shoppers)} shoppers, {steps_of(scenario)} steps"
        took = (clock.now_ns - began_ns) / SECOND
        sys.stderr.write(f"{clock.now_ns / SECOND:6.0f} s  {what}: {_word(verdict, held=held)}, {took:.1f} s\n")
        return verdict

    return play


def _word(verdict: Verdict, *, held: bool) -> str:
    """Return how a run came out, for people who wait."""
    if verdict.outcome is Outcome.ERROR:
        return f"cannot be played ({verdict.troubles[0]})"
    if verdict.outcome is Outcome.FAIL:
        return ", ".join(sorted(kinds_of(verdict, held=held))) or "held for review"
    return "right"


def _keep(found: Found, field: Field, options: HuntOptions) -> Kept:
    """Write a find's scenario, at once: what comes after takes seconds, and may be interrupted."""
    kept = keep(found, field, options.corpus, seed=options.seed)
    if options.add is not None:
        options.add.mkdir(parents=True, exist_ok=True)
        shutil.copy(kept.file, options.add)
    return kept


def _tell(kept: Kept, options: HuntOptions) -> None:
    if not options.as_json:
        sys.stdout.write("".join(f"{line}\n" for line in _lines(kept)))
        sys.stdout.flush()


def _lines(kept: Kept) -> list[str]:
    shortest = "" if kept.shortest else ", time ran out before it was the shortest"
    return [
        f"found     {kept.about}",
        f"steps     {kept.steps} between coming in and leaving{shortest}",
        *([f"page      {kept.page}"] if kept.page else []),
        f"run it    rig run {kept.file}",
    ]


def _report(hunter: Hunter, kept: list[Kept], options: HuntOptions, took_ns: int) -> None:
    tried = hunter.trials.count
    if options.as_json:
        told = {"tried": tried, "unplayable": hunter.trials.unplayable, "again": hunter.again}
        sys.stdout.write(json.dumps(told | {"found": [each.data() for each in kept]}, indent=2) + "\n")
        return
    again = f", {hunter.again} times once more" if hunter.again else ""
    unplayable = f", {hunter.trials.unplayable} could not be played" if hunter.trials.unplayable else ""
    sys.stdout.write(f"tried {tried} scripts in {took_ns / SECOND:.0f} s{unplayable}: {len(kept)} found{again}\n")


def budget_ns(text: str) -> int:
    """Return nanoseconds; minutes may be said as "10m", a bare number is seconds."""
    try:
        if re.fullmatch(r"\s*\d+\s*", text):
            return int(text) * SECOND
        return duration_ns(re.sub(r"(?<=[\d ])m\s*$", "min", text))
    except ValueError as error:
        raise UsageError(
            "no length of time", where="--budget", expected='"10 m", "90 s", "1 h"', found=f"'{text}'"
        ) from error


def _shoppers(text: str) -> tuple[int, int]:
    """Return the fewest and the most shoppers of "2" or "1-3"."""
    match = re.fullmatch(r"\s*(\d+)(?:\s*-\s*(\d+))?\s*", text)
    fewest, most = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
    if not 1 <= fewest <= most <= len(NAMES):
        raise UsageError(
            "no number of shoppers", where="--shoppers", expected=f"1 to {len(NAMES)}: 2, or 1-3", found=f"'{text}'"
        )
    return fewest, most
