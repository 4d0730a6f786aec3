"""Which files belong to which recording, by their names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

KINDS = (".mcap", ".png", ".html")
"""What a run leaves: its recording, pictures and page."""


def companions(path: Path, files: Iterable[Path]) -> Sequence[Path]:
    """Return a recording and what belongs to it."""
    there = sorted(file for file in files if file.suffix in KINDS)
    stems = [file.stem for file in there if file.suffix == ".mcap"]
    return [file for file in there if owner(file.name, stems) == path.stem]


def owner(name: str, stems: Iterable[str]) -> str:
    """Return the stem of the recording that a file belongs to, the longest that its name begins with; "" of none."""
    begins = [stem for stem in stems if name.startswith((f"{stem}.", f"{stem}-"))]
    return max(begins, key=len, default="")
