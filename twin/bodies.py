"""The bodies of shoppers: rigid parts that go where they are put, seen by cameras and felt by goods."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from contracts.errors import RigFault
from contracts.geometry import Pose
from twin.bay import Bay
from twin.props import Props, matrix
from twin.stage import Segment, Side


@dataclass(slots=True)
class _Body:
    """One shopper's body.

    Args:
        segments: its parts.
        handles: their instances in the scene.
        poses: where they are; empty until first moved.
        shown: whether the scene shows it.
    """

    segments: tuple[Segment, ...]
    handles: tuple[int, ...]
    poses: tuple[Pose, ...] = ()
    shown: bool = False


class Bodies:
    """All bodies on the stage.

    Args:
        props: draws them.
        bays: the gondolas whose goods their hands push.
    """

    def __init__(self, props: Props, bays: Iterable[Bay]) -> None:
        self._props, self._bays = props, tuple(bays)
        self._bodies: dict[str, _Body] = {}

    def add(self, shopper: str, segments: tuple[Segment, ...]) -> None:
        """Create a body, out of sight until first moved."""
        handles = tuple(self._props.segment(shopper, segment) for segment in segments)
        self._bodies[shopper] = _Body(segments, handles)
        for segment in segments:
            if segment.solid:
                for bay in self._bays:
                    bay.hands.add(f"{shopper}/{segment.name}", segment)

    def move(self, shopper: str, poses: tuple[Pose, ...]) -> None:
        """Put every part where it is now."""
        body = self._bodies[shopper]
        body.poses = poses
        for segment, pose in zip(body.segments, poses, strict=True):
            if segment.solid:
                for bay in self._bays:
                    bay.hands.move(f"{shopper}/{segment.name}", pose)

    def remove(self, shopper: str) -> None:
        """Take a body out of the scene."""
        body = self._bodies.pop(shopper)
        for handle in body.handles:
            self._props.scene.show(handle, visible=False)
        for segment in body.segments:
            if segment.solid:
                for bay in self._bays:
                    bay.hands.remove(f"{shopper}/{segment.name}")

    def hand(self, shopper: str, side: Side) -> Pose:
        """Return where a hand is."""
        body = self._bodies.get(shopper)
        for segment, pose in zip(body.segments, body.poses, strict=False) if body else ():
            if segment.name == f"{side}_hand":
                return pose
        raise RigFault(f"shopper {shopper} has no {side} hand on the stage", hint="add_body and move_body come first")

    def draw(self) -> None:
        """Bring the scene up to date."""
        scene = self._props.scene
        for body in self._bodies.values():
            for handle, pose in zip(body.handles, body.poses, strict=False):
                scene.move(handle, matrix(pose))
                if not body.shown:
                    scene.show(handle, visible=True)
            body.shown = bool(body.poses)
