"""What a night keeps of its steps for the nights after it, and what it throws away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import yaml

from rig.nightly.corpus import Corpus, Kept
from rig.nightly.night import Night, write_whole
from rig.nightly.row import Row
from rig.nightly.steps import Step
from rig.recording.reader import Recording

MENDED = "a find of an earlier hunt came out right: from now on it must"


def keep_of(night: Night, step: Step, corpus: Corpus, *, update: bool = False) -> list[Kept]:
    """Keep what the nights after this one need of a step, and throw away recordings of what was right.

    Such a recording can be made again, byte for byte; one of what was wrong stays to be looked at.

    Args:
        night: this one.
        step: that was run.
        corpus: of all nights.
        update: whether a recording of a changed scenario takes the place of the older one.

    Returns:
        The recordings that are new in the corpus.
    """
    rows = night.kept(step.id) or []
    if step.kind == "hunt":
        for row in rows:
            if row.outcome == "found":
                _keep_find(night.out(step.id) / f"{row.case}.yaml", corpus, row, night.name)
    if step.kind == "run":
        _mend(corpus, rows)
    if step.kind not in ("run", "replay"):
        return []
    taken = [corpus.take(night.name, step.job, path, anew=update) for path in _right(night, step, rows, "run")]
    for path in _right(night, step, rows, "run", "replay"):
        path.unlink()
    return [kept for kept in taken if kept]


def _right(night: Night, step: Step, rows: list[Row], *kinds: str) -> Iterator[Path]:
    """Yield the recordings that a step made of what came out right."""
    right = {row.case for row in rows if row.outcome == "pass"}
    if step.kind not in kinds:
        return
    for path in sorted(night.out(step.id).glob("*.mcap")):
        if (step.kind == "replay" and right) or Recording(path).start.scenario in right:
            yield path


def _keep_find(path: Path, corpus: Corpus, row: Row, night: str) -> None:
    """Keep a find as a scenario that is expected to fail, until the day it passes."""
    if path.is_file():
        text = path.read_text(encoding="utf-8")
        xfail = yaml.safe_dump({"xfail": f"found by the hunt of night {night}: {row.detail}"}, allow_unicode=True)
        write_whole(corpus.finds / path.name, f"{text}{xfail}")


def _mend(corpus: Corpus, rows: list[Row]) -> None:
    """From now on a find that came out right is expected to."""
    for row in rows:
        path = corpus.finds / f"{row.case}.yaml"
        if row.outcome == "pass" and row.detail == MENDED and path.is_file():
            said = yaml.safe_load(path.read_text(encoding="utf-8"))
            said.pop("xfail", None)
            write_whole(path, yaml.safe_dump(said, sort_keys=False, allow_unicode=True, width=120))


def judged(rows: list[Row], finds: Path) -> list[Row]:
    """Return rows, in which finds that came out right against their `xfail` are right."""
    return [
        replace(row, outcome="pass", detail=MENDED)
        if row.outcome == "xpass" and (finds / f"{row.case}.yaml").is_file()
        else row
        for row in rows
    ]
