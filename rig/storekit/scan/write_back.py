"""True poses of racks put into the text of a store file; every other letter of it stays."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from contracts.errors import BadFile
from contracts.geometry import Pose

AT = 4
"""Decimals of metres: a tenth of a millimetre, where scanners err by millimetres."""
YAW = 3


@dataclass(frozen=True, slots=True)
class _Edit:
    """Letters from start to end give way to text."""

    start: int
    end: int
    text: str


def corrected(text: str, poses: Mapping[str, Pose], file: Path) -> str:
    """Return the text of a store file with the `at` and `yaw_deg` of some gondolas changed.

    Args:
        text: the store file, which has been read without complaint.
        poses: true poses by gondola id.
        file: its name, for complaints.

    Raises:
        BadFile: two gondolas share a position by an alias, so that one cannot be changed alone.
    """
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    racks = dict(_entries(_value(root, "gondolas")))
    edits: dict[int, _Edit] = {}
    for id_, pose in poses.items():
        for edit in _edits(racks[id_], pose):
            if edit.start in edits:
                raise BadFile(
                    "two gondolas share one place in the file",
                    file=file,
                    line=racks[id_].start_mark.line + 1,
                    found=f"an alias at {id_}",
                    hint="write the numbers out for each of them",
                )
            edits[edit.start] = edit
    for start in sorted(edits, reverse=True):
        text = text[:start] + edits[start].text + text[edits[start].end :]
    return text


def _edits(rack: yaml.Node, pose: Pose) -> Iterator[_Edit]:
    """Yield what changes of one gondola."""
    at, yaw = _value(rack, "at"), _value(rack, "yaw_deg")
    assert isinstance(at, yaml.SequenceNode)
    assert isinstance(rack, yaml.MappingNode)
    for node, metres in zip(at.value, pose.position, strict=False):
        yield _edit(node, round(metres, AT))
    degrees = round(math.degrees(pose.yaw), YAW)
    if yaw is not None:
        yield _edit(yaw, degrees)
    elif degrees != 0.0:
        joint = ", " if rack.flow_style else f"\n{' ' * rack.start_mark.column}"
        end = at.end_mark.index
        yield _Edit(end, end, f"{joint}yaw_deg: {degrees:g}")


def _edit(node: yaml.Node, value: float) -> _Edit:
    """Return the edit of a number; one that says the same already keeps its letters."""
    text = str(node.value) if abs(float(node.value) - value) < 1e-9 else f"{value + 0.0:g}"
    return _Edit(node.start_mark.index, node.end_mark.index, text)


def _entries(node: yaml.Node | None) -> Iterator[tuple[str, yaml.Node]]:
    assert isinstance(node, yaml.MappingNode)
    for key, value in node.value:
        yield str(key.value), value


def _value(node: yaml.Node | None, key: str) -> yaml.Node | None:
    return dict(_entries(node)).get(key)
