"""The bodies of shoppers: rigid parts that go where they are put, seen by cameras and felt by goods."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from contracts.errors import RigFault
from contracts.geometry import Floats, Pose, vec3
from twin.bay import Bay
from twin.limbs import Limbs
from twin.people.models import Level
from twin.people.person import Person
from twin.pose_rows import PoseRows, pose_of, rows_of
from twin.props import Props, matrices, matrix
from twin.stage import Guise, Segment, Side


@dataclass(slots=True)
class _Body:
    """One shopper's body.

    Args:
        segments: its parts.
        limbs: the solid ones.
        handles: the instances of each part, or of the skin, in the scene: one a level of detail.
        rows: (K, 7) where they are; empty until first moved.
        shown: whether the scene shows it.
        person: its skin; None where the parts themselves are seen.
        skins: the skin's instances in the scene, by level of detail.
        part: the number of each part, by name.
        instances: all handles.
        owner: the number of the part of each.
    """

    segments: tuple[Segment, ...]
    limbs: Limbs
    handles: tuple[tuple[int, ...], ...]
    rows: Floats = field(default_factory=lambda: np.zeros((0, 7)))
    shown: bool = False
    person: Person | None = None
    skins: Mapping[Level, int] = field(default_factory=dict)
    part: Mapping[str, int] = field(init=False)
    instances: NDArray[np.int64] = field(init=False)
    owner: NDArray[np.int64] = field(init=False)

    def __post_init__(self) -> None:
        """Number the parts."""
        self.part = {segment.name: number for number, segment in enumerate(self.segments)}
        self.instances = np.array([handle for handles in self.handles for handle in handles], np.int64)
        self.owner = np.repeat(np.arange(len(self.handles)), [len(handles) for handles in self.handles])


class Bodies:
    """All bodies on the stage.

    Args:
        props: draws them.
        bays: the gondolas whose goods their hands push.
        skinned: whether skin is seen where a guise is given; else the rigid parts, which goods feel either way.
    """

    def __init__(self, props: Props, bays: Iterable[Bay], *, skinned: bool = True) -> None:
        self._props, self._bays, self._skinned = props, tuple(bays), skinned
        self._bodies: dict[str, _Body] = {}

    def add(self, shopper: str, segments: tuple[Segment, ...], guise: Guise | None = None) -> None:
        """Create a body, out of sight until first moved."""
        limbs = Limbs(shopper, segments)
        if guise is not None and self._skinned:
            person = Person(guise.body, guise.height_m, guise.wears)
            skins = self._props.skin(shopper, guise, {level: b.mesh for level, b in person.figure.level.items()})
            self._bodies[shopper] = _Body(segments, limbs, (tuple(skins.values()),), person=person, skins=skins)
        else:
            handles = tuple(self._props.segment(shopper, segment) for segment in segments)
            self._bodies[shopper] = _Body(segments, limbs, handles)
        for bay in self._bays:
            bay.hands.add(limbs)

    def move(self, shopper: str, poses: Sequence[Pose]) -> None:
        """Put every part where it is now."""
        body = self._bodies[shopper]
        body.rows = rows_of(poses)
        body.limbs.move(body.rows)

    def settle(self) -> None:
        """End a sample: bodies that are not moved again stay where they are."""
        for body in self._bodies.values():
            body.limbs.settle()

    def remove(self, shopper: str) -> None:
        """Take a body out of the scene."""
        body = self._bodies.pop(shopper)
        self._show(body, visible=False)
        for bay in self._bays:
            bay.hands.remove(shopper)

    def hand(self, shopper: str, side: Side) -> Pose:
        """Return where a hand is."""
        body = self._bodies.get(shopper)
        number = body.part.get(f"{side}_hand") if body and len(body.rows) else None
        if body is not None and number is not None:
            return pose_of(body.rows[number])
        raise RigFault(f"shopper {shopper} has no {side} hand on the stage", hint="add_body and move_body come first")

    def draw(self) -> None:
        """Bring the scene up to date."""
        scene = self._props.scene
        for body in self._bodies.values():
            if not len(body.rows):
                continue
            if body.person is not None:
                self._drape(body, body.person)
            else:
                scene.move_all(body.instances, matrices(body.rows)[body.owner])
            if not body.shown:
                self._show(body, visible=True)

    def _show(self, body: _Body, *, visible: bool) -> None:
        body.shown = visible
        for handle in body.instances.tolist():
            self._props.scene.show(handle, visible=visible)

    def _drape(self, body: _Body, person: Person) -> None:
        """Put a skin where its bones are."""
        person.pose(PoseRows(body.rows))
        pose = matrix(Pose(vec3(person.origin)))
        for level, handle in body.skins.items():
            self._props.scene.move(handle, pose)
            self._props.scene.bend(handle, person.skin(level))
