"""Data sets by the name of their format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from contracts.errors import UsageError
from rig.export.clips import write_clips
from rig.export.clouds import write_clouds
from rig.export.coco import write_coco
from rig.export.files import whole
from rig.export.mot import write_mot
from rig.export.shards import write_shards
from rig.export.wanted import Wanted

Write = Callable[[Wanted, Path], int]
FORMATS: Mapping[str, Write] = {
    "coco": write_coco,
    "mot": write_mot,
    "webdataset": write_shards,
    "mp4": write_clips,
    "ply": write_clouds,
}


def export(wanted: Wanted, form: str, output: Path) -> int:
    """Write a data set into a new folder; return how many pictures, samples or clouds it has.

    Raises:
        UsageError: there is no such format, or the recording has not what it takes.
    """
    if form not in FORMATS:
        raise UsageError("no such format", where="--format", expected=", ".join(FORMATS), found=form)
    with whole(output) as folder:
        return FORMATS[form](wanted, folder)
