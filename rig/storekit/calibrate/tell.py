"""What the commands of `rig store calibrate` make of their findings: a table, data, a store file."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from contracts.errors import UsageError
from rig.storekit.calibrate.found import Found
from rig.storekit.calibrate.limits import Limits
from rig.view.frames import writing
from twin.store import Store, load_store


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to make of the findings.

    Args:
        output: a store file with the true poses, or None.
        picture: a PNG file, or None.
        as_json: whether to print for programs.
        limits: how far from the file a camera may be.
    """

    output: Path | None
    picture: Path | None
    as_json: bool
    limits: Limits


def tell(found: Sequence[Found], wanted: Wanted, store: Store, *, lenses: bool = False) -> None:
    """Print the findings, and write the store file."""
    from rig.storekit.calibrate.report import as_data, as_table, as_text

    if wanted.as_json:
        sys.stdout.write(json.dumps({"store": str(store.path), "cameras": as_data(found)}, indent=2) + "\n")
    else:
        if any(one.better for one in found):
            Console().print(as_table(found))
        for line in as_text(found):
            say(line)
    if wanted.output is not None:
        _write_corrected(store.path, found, wanted.output, lenses=lenses)


def _write_corrected(path: Path, found: Sequence[Found], output: Path, *, lenses: bool) -> None:
    """Write a store file with true poses, and read it again."""
    from rig.storekit.calibrate.write_back import corrected

    better = {one.camera.id: one.better for one in found if one.better is not None}
    text = corrected(path.read_text(encoding="utf-8"), better, lenses, path)
    with writing(output):
        output.write_text(text, encoding="utf-8")
    load_store(output)


def check_png(picture: Path | None) -> None:
    """Refuse pictures of other kinds before any work is done.

    Raises:
        UsageError: its name ends otherwise.
    """
    if picture is not None and picture.suffix.lower() != ".png":
        raise UsageError(
            "pictures are PNG files", where="--picture", expected="a name ending in .png", found=str(picture)
        )


def say(text: str) -> None:
    """Print a line as it is."""
    Console().print(text, soft_wrap=True, highlight=False, markup=False)
