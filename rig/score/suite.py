"""A suite: a folder of scenario files, and beside them, if it likes, `suite.yaml`, which says what they are for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import Field

from contracts.errors import NothingToRun, UsageError
from contracts.layout import Layout
from contracts.yamlfile import StrictModel, read_model
from rig.paths import SUFFIXES, find_suite
from rig.scenario import Scenario, read_scenarios, ready
from rig.scenario.read import Written
from rig.score.generate import GenerateForm, Made, generate

FILE = "suite.yaml"
_STORE = re.compile(r"^gondolas\s*:", re.MULTILINE)


class SeedsForm(StrictModel):
    """Seeds to tune a stack with, and others to report on, so that nobody reports what was tuned for."""

    tuning: list[int] = Field(min_length=1)
    reporting: list[int] = Field(min_length=1)


class SuiteForm(StrictModel):
    """`suite.yaml`."""

    about: str = Field(min_length=1)
    seeds: SeedsForm | None = None
    generate: GenerateForm | None = None
    notes: list[str] = Field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suite:
    """A suite as read.

    Args:
        name: of its folder.
        folder: where its files lie.
        about: one sentence.
        tuning: seeds to tune with; empty for each scenario's own.
        reporting: seeds that nobody may tune with; empty where the suite names none.
        written: the scenarios of its files.
        made: what makes further scenarios of a seed; None for files alone.
        notes: what its makers had to leave out or change.
    """

    name: str
    folder: Path
    about: str = ""
    tuning: tuple[int, ...] = ()
    reporting: tuple[int, ...] = ()
    written: tuple[Written, ...] = ()
    made: GenerateForm | None = None
    notes: tuple[str, ...] = ()


Case = tuple[Scenario, Path]
"""A scenario, checked against its store, and the store's file."""


def read_suite(name: str, *, roots: Sequence[Path] | None = None) -> Suite:
    """Read a suite.

    Args:
        name: a folder, or a name on the search path.
        roots: folders to search; None for the usual ones.

    Raises:
        UsageError: there is none, or a file of it is wrong; lists what is wrong with all of them.
    """
    folder = find_suite(name, roots=roots)
    form = read_model(folder / FILE, SuiteForm) if (folder / FILE).is_file() else None
    files = sorted(path for path in folder.iterdir() if path.suffix in SUFFIXES and not _of_another_kind(path))
    written: list[Written] = []
    problems: list[UsageError] = []
    for file in files:
        try:
            written += read_scenarios(file)
        except UsageError as error:
            problems.append(error)
    _raise(problems)
    seeds = form.seeds if form else None
    return Suite(
        name=folder.resolve().name,
        folder=folder,
        about=form.about if form else "",
        tuning=tuple(seeds.tuning) if seeds else (),
        reporting=tuple(seeds.reporting) if seeds else (),
        written=tuple(written),
        made=form.generate if form else None,
        notes=tuple(form.notes) if form else (),
    )


def choose_seeds(suite: Suite, given: Sequence[int], *, held_out: bool) -> tuple[int, ...]:
    """Return the seeds to run with; empty for each scenario's own.

    Args:
        suite: the suite.
        given: by the user; they come first.
        held_out: whether to report on seeds that nobody tuned with.
    """
    if given and held_out:
        raise UsageError("either seeds or the held-out ones", where="--held-out", found="--seeds beside it")
    if held_out and not suite.reporting:
        raise UsageError(
            f"{suite.name} has no reporting seeds",
            where="--held-out",
            expected=f"seeds: {{tuning: [...], reporting: [...]}} in {suite.folder / FILE}",
            hint="or give --seeds",
        )
    return tuple(given) or (suite.reporting if held_out else suite.tuning)


def cases(suite: Suite, seeds: Sequence[int], only: str = "") -> list[Case]:
    """Return every scenario of a suite with every seed, checked against its store.

    Args:
        suite: the suite.
        seeds: to run each scenario with; empty for its own.
        only: a part of the names wanted.

    Raises:
        UsageError: a store cannot play a scenario; lists what is wrong with all of them.
        NothingToRun: there is nothing in it, or nothing of that name.
    """
    layout_of = lru_cache(None)(_layout_of)
    found: list[Case] = []
    problems: list[UsageError] = []
    for written in suite.written:
        for said in [{"seed": seed} for seed in seeds] or [{}]:
            name = _named(written.scenario.name, said)
            if only not in name:
                continue
            try:
                scenario, store = ready(written, said, layout_of=layout_of)
            except UsageError as error:
                problems += [error] if str(error) not in map(str, problems) else []
            else:
                found.append((_renamed(scenario, name), store))
    _raise(problems)
    if suite.made is not None:
        found += [
            _checked(each, layout_of) for each in generate(suite.made, seeds or (1,)) if only in each.scenario.name
        ]
    _each_once(found)
    if not found:
        raise NothingToRun(
            "no scenario to score",
            where=str(suite.folder),
            expected=f"scenario files, or a {FILE} that makes some",
            found=f"none whose name holds '{only}'" if only else "none",
        )
    return found


def _of_another_kind(path: Path) -> bool:
    """Whether a file of the folder is no scenario: the suite's own, or a store that scenarios beside it name."""
    return path.name == FILE or bool(_STORE.search(path.read_text(encoding="utf-8", errors="replace")))


def _checked(made: Made, layout_of: Callable[[Path], Layout]) -> Case:
    written = Written(made.scenario, made.document)
    scenario, store = ready(written, layout_of=layout_of)
    return scenario, store


def _named(name: str, said: dict[str, Any]) -> str:
    return f"{name}[seed={said['seed']}]" if said else name


def _renamed(scenario: Scenario, name: str) -> Scenario:
    return replace(scenario, name=name)


def _each_once(found: Sequence[Case]) -> None:
    twice = sorted(name for name, count in Counter(scenario.name for scenario, _ in found).items() if count > 1)
    if twice:
        raise UsageError(f"two cases are named '{twice[0]}'", expected="one recording a case", hint="rename a file")


def _raise(problems: Sequence[UsageError]) -> None:
    if len(problems) > 1:
        raise UsageError("\n".join(map(str, problems)))
    if problems:
        raise problems[0]


def _layout_of(store_path: Path) -> Layout:
    from twin.store import load_store  # heavy

    return load_store(store_path).layout
