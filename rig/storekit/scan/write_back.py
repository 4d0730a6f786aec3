"""True poses of racks put into the text of a store file; every other letter of it stays."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import yaml

from contracts.geometry import Pose
from rig.storekit.yaml_edits import Edit, added, compose, edited, entries, number, numbers, plain, value_at

AT = 4
"""Decimals of metres: a tenth of a millimetre, where scanners err by millimetres."""
YAW = 3


def corrected(text: str, poses: Mapping[str, Pose], file: Path) -> str:
    """Return the text of a store file with the `at` and `yaw_deg` of some gondolas changed.

    Args:
        text: the store file, which has been read without complaint.
        poses: true poses by gondola id.
        file: its name, for complaints.

    Raises:
        BadFile: two gondolas share a position by an alias, so that one cannot be changed alone.
    """
    racks = dict(entries(value_at(compose(text), "gondolas")))
    edits = [
        replace(edit, about=id_, line=racks[id_].start_mark.line + 1)
        for id_, pose in poses.items()
        for edit in _edits(racks[id_], pose)
    ]
    return edited(text, edits, file)


def _edits(rack: yaml.Node, pose: Pose) -> Iterator[Edit]:
    """Yield what changes of one gondola."""
    at, yaw = value_at(rack, "at"), value_at(rack, "yaw_deg")
    assert at is not None
    yield from numbers(at, [round(metres, AT) for metres in pose.position])
    degrees = round(math.degrees(pose.yaw), YAW)
    if yaw is not None:
        yield number(yaw, degrees)
    elif degrees != 0.0:
        yield added(rack, at, f"yaw_deg: {plain(degrees)}")
