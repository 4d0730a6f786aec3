"""`rig prune`: recordings that have been kept long enough go."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from contracts.clock import SECOND, WallClock
from contracts.errors import BadRecording, UsageError, WalkoutError
from rig.storage.folder import Folder
from rig.storage.note import get_note
from rig.storage.opening import open_place
from rig.storage.place import Place
from rig.storage.prune import DAY_S, Old, Rules, old_ones

MB = 1e6
_AGE = re.compile(r"(\d+(?:\.\d+)?)\s*(min|h|d|w)")
_SECONDS = {"min": 60.0, "h": 3600.0, "d": DAY_S, "w": 7 * DAY_S}


def prune(
    place: Annotated[str, typer.Argument(help="A folder or a URL of recordings.")],
    keep: Annotated[str, typer.Option(help="How long to keep runs that passed: 12h, 30d, 8w.")],
    keep_failed: Annotated[str, typer.Option(help="How long to keep all others; left out, as long.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would go, and let it stay.")] = False,
) -> None:
    """Delete recordings that have been kept long enough, with their pictures and pages; references stay."""
    rules = Rules(_age_s("--keep", keep), _age_s("--keep-failed", keep_failed or keep))
    store = open_place(place)
    if isinstance(store, Folder) and not store.root.is_dir():
        raise UsageError("no such folder", where="rig prune", expected="a folder or a URL", found=place)
    old = old_ones(store.files(), rules, WallClock().epoch_ns / SECOND, outcome_in(store))
    console = Console()
    for one in old:
        if not dry_run:
            for file in one.files:
                store.remove(file.name)
        console.print(_line(one, dry_run=dry_run), soft_wrap=True, highlight=False, markup=False)
    size = sum(one.bytes for one in old)
    verb = "would go" if dry_run else "went"
    console.print(f"{store.about}: {len(old)} recordings {verb}, {size / MB:.1f} MB", soft_wrap=True, highlight=False)


def outcome_in(store: Place) -> Callable[[str], str]:
    """Return what tells how the run of a recording ended: its note; on this machine, without one, the judge."""

    def outcome(name: str) -> str:
        try:
            note = get_note(store, name)
        except WalkoutError:
            return ""
        if note is not None:
            return note.outcome
        return _judged(store.root / name) if isinstance(store, Folder) else ""

    return outcome


def _judged(path: Path) -> str:
    from rig.judge import judge
    from rig.judge.whole import with_ending
    from rig.recording.reader import Recording
    from rig.scenario import expectation

    try:
        recording = Recording(path)
        return str(with_ending(judge(recording, expectation(recording.start.script)), recording).outcome)
    except (BadRecording, UsageError):
        return ""


def _line(old: Old, *, dry_run: bool) -> str:
    how = old.outcome or "-"
    verb = "would delete" if dry_run else "deleted"
    return f"{verb}  {old.name}  {how}  {old.age_s / DAY_S:.1f} d  {old.bytes / MB:.1f} MB"


def _age_s(option: str, text: str) -> float:
    found = _AGE.fullmatch(text.strip())
    if not found:
        raise UsageError("not an age", where=option, expected="a number of min, h, d or w: 30d", found=text)
    return float(found[1]) * _SECONDS[found[2]]
