"""`rig export`: training data out of a recording."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from contracts.errors import UsageError
from rig.storage.cache import local

MB = 1e6


def export(
    recording: Annotated[
        Path, typer.Argument(help="A recording (.mcap), or its URL.", parser=local, metavar="RECORDING")
    ],
    output: Annotated[Path, typer.Option("-o", "--output", help="A new folder.")],
    form: Annotated[str, typer.Option("--format", help="coco, mot, webdataset, mp4 or ply.")],
    camera: Annotated[list[str] | None, typer.Option(help="Only this camera; may be given again.")] = None,
    every: Annotated[str, typer.Option(help="The shortest time between two frames: 1s, 500ms; else every frame.")] = "",
    store: Annotated[Path | None, typer.Option(help="Instead of the script's store: a file.")] = None,
) -> None:
    """Make training data: frames as recorded, labels from what is known to be true."""
    from rig.export.formats import export as write  # the renderer is heavy
    from rig.export.wanted import Wanted
    from rig.recording.reader import Recording

    wanted = Wanted(Recording(recording), tuple(camera or ()), _every_ns(every), store)
    count = write(wanted, form, output)
    size = sum(file.stat().st_size for file in output.rglob("*") if file.is_file())
    what = {"webdataset": "samples", "ply": "clouds"}.get(form, "pictures")
    cameras = ", ".join(each.id for each in wanted.cameras)
    line = f"{output}: {count} {what} of {cameras}, {size / MB:.1f} MB"
    Console().print(line, soft_wrap=True, highlight=False, markup=False)


def _every_ns(text: str) -> int:
    """Return the time between two frames of "1s" or "500ms"; 0 of ""."""
    from contracts.units import duration_ns  # knows pydantic, which is heavy

    if not text:
        return 0
    try:
        every_ns = duration_ns(text)
    except ValueError as error:
        raise UsageError("not a length of time", where="--every", expected="1s, 500ms", found=text) from error
    if not every_ns:
        raise UsageError("too often", where="--every", expected="1 ms or more", found=text)
    return every_ns
