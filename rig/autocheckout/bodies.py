"""The joints of an AutoCheckout case: what the store's own body tracker saw, in inches."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from contracts.geometry import Vec3
from contracts.records import Body, Joint
from rig.autocheckout.lines import Row

INCH_M = 0.0254

NAMES = {
    "head": "head",
    "neck": "neck",
    "l_shoulder": "left_shoulder",
    "r_shoulder": "right_shoulder",
    "l_elbow": "left_elbow",
    "r_elbow": "right_elbow",
    "l_wrist": "left_wrist",
    "r_wrist": "right_wrist",
}
"""Name in the log -> name in a record. Boxes in single cameras are left out."""


def read_bodies(row: Row) -> tuple[Body, ...]:
    """Return everybody in one document of the target log; nobody when it holds none.

    Raises:
        BadFile: a target without an id, or a joint that is none.
    """
    targets = row.find("document", "targets", "targets")
    if targets is None:
        return ()
    if not isinstance(targets, list):
        raise row.bad("'document.targets.targets' is no list", "a list of targets", targets)
    return tuple(_body(Row(row.file, row.line, target)) for target in targets)


def _body(target: Row) -> Body:
    joints = [_joint(target, ours, target.find(theirs)) for theirs, ours in NAMES.items()]
    seen = {joint.name: joint for joint in joints if joint}
    hands = target.find("hands") or []
    if not isinstance(hands, list):
        raise target.bad("'hands' is no list", "a list of points with scores", hands)
    found = [joint for joint in (_joint(target, "hand", hand) for hand in hands) if joint]
    return Body(target.get(str, "target_id", "id"), (*seen.values(), *_sided(found, seen)))


def _joint(target: Row, name: str, data: Any) -> Joint | None:
    """Return a joint in metres; None when the tracker did not see it: then its point is empty."""
    row = Row(target.file, target.line, {"joint": data or {}})
    if not row.find("joint", "point"):
        return None
    x, y, z = (row.number("joint", "point", axis) * INCH_M for axis in ("x", "y", "z"))
    return Joint(name, (x, y, z), row.number("joint", "score"))


def _sided(hands: list[Joint], seen: Mapping[str, Joint]) -> list[Joint]:
    """Name hands, which the log does not tell apart, after the nearer wrist; at most one a side."""
    pairs = sorted(
        (_apart(hand.position, seen.get(f"{side}_wrist")), index, side)
        for index, hand in enumerate(hands)
        for side in ("left", "right")
    )
    side_of: dict[int, str] = {}
    for _, index, side in pairs:
        if index not in side_of and side not in side_of.values():
            side_of[index] = side
    named = {side: hands[index] for index, side in side_of.items()}
    return [Joint(f"{side}_hand", named[side].position, named[side].score) for side in sorted(named)]


def _apart(hand: Vec3, wrist: Joint | None) -> float:
    """Return metres between a hand and a wrist; more than any arm without a wrist."""
    return math.dist(hand, wrist.position) if wrist else 10.0
