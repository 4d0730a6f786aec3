"""True poses of cameras put into the text of a store file; every other letter of it stays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import yaml

from contracts.geometry import Floats, Pose
from contracts.layout import CameraInfo
from rig.storekit.yaml_edits import Edit, added, compose, edited, entries, numbers, plain, renamed, value_at

AT = 4
"""Decimals of metres: a tenth of a millimetre."""
QUATERNION = 6
TOP = 5
"""Decimals of a direction of length 1: 0.0006 degrees."""
PIXELS = 3
DISTORTION = 6
NEAREST_M = 1.0
"""The point that a camera looks at is kept at least so far from it, so that its decimals do not turn it."""


def corrected(text: str, cameras: Mapping[str, CameraInfo], lenses: bool, file: Path) -> str:
    """Return the text of a store file with the poses of some cameras changed.

    A camera that `looks_at` a point goes on doing so: at one as far away on its true axis.

    Args:
        text: the store file, which has been read without complaint.
        cameras: as they truly hang, by id.
        lenses: whether to write focal lengths, centres and distortions too.
        file: its name, for complaints.

    Raises:
        BadFile: two cameras share a place by an alias, so that one cannot be changed alone.
    """
    written = dict(entries(value_at(compose(text), "cameras")))
    edits = [
        replace(edit, about=id_, line=written[id_].start_mark.line + 1)
        for id_, camera in cameras.items()
        for edit in (*_pose(written[id_], camera.pose), *(_lens(written[id_], camera) if lenses else ()))
    ]
    return edited(text, edits, file)


def _pose(entry: yaml.Node, pose: Pose) -> Iterator[Edit]:
    at, quaternion = value_at(entry, "at"), value_at(entry, "quaternion")
    position = np.round(pose.position, AT)
    if quaternion is not None:
        yield from numbers(at, position.tolist())
        yield from numbers(quaternion, _alike(pose.quaternion, quaternion))
        return
    looks_at = value_at(entry, "looks_at")
    assert looks_at is not None
    far = max(NEAREST_M, float(np.linalg.norm(_values(looks_at) - _values(at))))
    yield from numbers(at, position.tolist())
    yield from numbers(looks_at, np.round(position + far * pose.rotation[:, 2], AT).tolist())
    top = np.round(-pose.rotation[:, 1], TOP).tolist()
    old = value_at(entry, "picture_top")
    if old is not None:
        yield from numbers(old, top)
    else:
        yield added(entry, looks_at, f"picture_top: {_list(top)}")


def _lens(entry: yaml.Node, camera: CameraInfo) -> Iterator[Edit]:
    size = value_at(entry, "size_px")
    assert size is not None
    focal = np.round((camera.fx, camera.fy), PIXELS).tolist()
    if value_at(entry, "focal_px") is not None:
        yield from numbers(value_at(entry, "focal_px"), focal)
    else:
        yield renamed(entry, "vertical_fov_deg", f"focal_px: {_list(focal)}")
    more = {"centre_px": np.round((camera.cx, camera.cy), PIXELS).tolist()}
    if any(camera.distortion):
        more["distortion"] = np.round(camera.distortion, DISTORTION).tolist()
    missing = []
    for key, values in more.items():
        if value_at(entry, key) is not None:
            yield renamed(entry, key, f"{key}: {_list(values)}")
        else:
            missing.append(f"{key}: {_list(values)}")
    if missing:
        joined = [added(entry, size, text) for text in missing]
        yield replace(joined[0], text="".join(edit.text for edit in joined))


def _alike(quaternion: Sequence[float], written: yaml.Node) -> list[float]:
    """Return a quaternion with the sign of the written one: both signs mean the same turn."""
    values = np.round(quaternion, QUATERNION)
    kept: list[float] = (values if values @ _values(written) >= 0 else -values).tolist()
    return kept


def _values(node: yaml.Node | None) -> Floats:
    assert isinstance(node, yaml.SequenceNode)
    return np.array([float(item.value) for item in node.value])


def _list(values: Sequence[float]) -> str:
    return f"[{', '.join(map(plain, values))}]"
