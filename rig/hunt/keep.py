"""Keeps what a hunt has found: a scenario file, the recording of a run of it, its page and its pictures."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from contracts.errors import ProductError
from rig.hunt import known
from rig.hunt.field import Field
from rig.hunt.hunter import Found
from rig.paths import SUFFIXES
from rig.scenario.model import Scenario
from rig.scenario.write import to_yaml

MOST_SLUG = 40
"""Characters of a kind of failure in a file's name."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What was written of one find.

    Args:
        name: of the scenario: its file's stem.
        about: in one sentence, in what way it is wrong.
        file: the scenario.
        page: of a run of it, "" without one.
        steps: how many there are between coming in and leaving.
        shortest: whether everything simpler was tried.
    """

    name: str
    about: str
    file: str
    page: str
    steps: int
    shortest: bool

    def data(self) -> dict[str, object]:
        """Return it as plain data."""
        return asdict(self)


def keep(found: Found, field: Field, corpus: Path, *, seed: int) -> Kept:
    """Write a find's scenario.

    Args:
        found: what was found.
        field: where.
        corpus: the folder.
        seed: of the hunt.
    """
    scenario = named(found)
    path = corpus / f"{scenario.name}{SUFFIXES[0]}"
    corpus.mkdir(parents=True, exist_ok=True)
    head = f"# Found by `rig hunt --store {field.store} --seed {seed}`; run it again: rig run {path}\n"
    head += known.head(found.tried.kinds)
    path.write_text(head + to_yaml(scenario), encoding="utf-8")
    about = found.tried.wrong[0] if found.tried.wrong else ", ".join(sorted(found.tried.kinds))
    return Kept(scenario.name, about, str(path), "", steps_of(scenario), found.shortest)


def named(found: Found) -> Scenario:
    """Return the scenario of a find under a name of its own, which says what is wrong."""
    tried = found.tried
    slug = re.sub(r"[^a-z0-9]+", "-", min(tried.kinds).lower()).strip("-")[:MOST_SLUG].strip("-")
    about = "Found by a hunt: " + "; ".join(line.splitlines()[0] for line in tried.wrong or tuple(tried.kinds)) + "."
    return replace(tried.scenario, name=f"{slug}-{tried.scenario.digest[:8]}", about=about)


def steps_of(scenario: Scenario) -> int:
    """Return how many steps there are between coming in and leaving, of all shoppers together."""
    return sum(len(plan.steps) - 2 for plan in scenario.shoppers)


def shown(kept: Kept, found: Found, field: Field) -> Kept:
    """Play a find once more for its recording, and write page and pictures beside it; a stack that dies leaves none."""
    from rig.page import write_page
    from rig.view import draw_pictures

    try:
        result = field.run(named(found), Path(kept.file).parent)
    except ProductError:
        return kept
    if result.recording is None:
        return kept
    draw_pictures(result.recording)
    return replace(kept, page=str(write_page(result.recording, result.recording.with_suffix(".html"))))
