"""How a store differs, for one run, from what its file says: what it lacks, how far its survey is off, how it errs."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
from pydantic import Field

from contracts.document import Document, nearest
from contracts.errors import BadFile
from contracts.geometry import Floats, Pose
from contracts.layout import CameraInfo, Facing, Gondola, Layout, Shelf, gondola_of
from contracts.seeds import stream
from contracts.yamlfile import StrictModel


@dataclass(frozen=True, slots=True, kw_only=True)
class Altered:
    """What is changed of a store.

    Args:
        plates: whether shelves weigh; without, they are plain boards.
        depth: whether cameras measure depth; without, those that see nothing else are taken down.
        noise: how many times as large the errors of plates and cameras are.
        shift_m: how far from its true place the stack is told that each camera hangs, metres.
        turn_deg: how far from its true direction the stack is told that each camera looks, degrees.
        mixed_up: gondolas for which the stack is told a wrong planogram: each facing has the product of the next.
    """

    plates: bool = True
    depth: bool = True
    noise: float = 1.0
    shift_m: float = 0.0
    turn_deg: float = 0.0
    mixed_up: tuple[str, ...] = ()


AS_FILED = Altered()


class SurveyForm(StrictModel):
    """How far the stack's layout is off: every camera by so much, each in a direction drawn for it.

    `mixed_up` names gondolas whose planogram is wrong: each facing has the product of the next one.
    """

    shift_m: float = Field(default=0.0, ge=0, le=1)
    turn_deg: float = Field(default=0.0, ge=0, le=45)
    mixed_up: list[str] = Field(default_factory=list)


class AlteredForm(StrictModel):
    """The store, but for this run without plates or depth, with other errors, or surveyed wrongly."""

    plates: Literal["none"] | None = None
    depth: Literal["none"] | None = None
    noise: float = Field(default=1.0, ge=0, le=100)
    surveyed_with: SurveyForm = Field(default=SurveyForm(), alias="surveyed with")

    def altered(self) -> Altered:
        """Return what is changed."""
        survey = self.surveyed_with
        return Altered(
            plates=self.plates is None,
            depth=self.depth is None,
            noise=self.noise,
            shift_m=survey.shift_m,
            turn_deg=survey.turn_deg,
            mixed_up=tuple(survey.mixed_up),
        )


def written_altered(altered: Altered) -> dict[str, Any]:
    """Return what is changed in the form of a file; empty for nothing."""
    said: dict[str, Any] = {}
    said |= {} if altered.plates else {"plates": "none"}
    said |= {} if altered.depth else {"depth": "none"}
    said |= {} if altered.noise == 1.0 else {"noise": altered.noise}
    survey: dict[str, Any] = {key: value for key in ("shift_m", "turn_deg") if (value := getattr(altered, key))}
    survey |= {"mixed_up": list(altered.mixed_up)} if altered.mixed_up else {}
    return said | ({"surveyed with": survey} if survey else {})


def altered_layout(layout: Layout, altered: Altered) -> Layout:
    """Return the layout of the altered store as it truly is."""
    if not altered.plates:
        gondolas = tuple(_plain(gondola) for gondola in layout.gondolas)
        planogram = tuple(replace(facing, plates=()) for facing in layout.planogram)
        layout = replace(layout, gondolas=gondolas, planogram=planogram)
    if not altered.depth:
        cameras = tuple(replace(camera, depth=False) for camera in layout.cameras if camera.colour)
        layout = replace(layout, cameras=cameras)
    return layout


def as_surveyed(layout: Layout, altered: Altered, seed: int) -> Layout:
    """Return the layout as the stack is told it; the twin keeps the true one.

    Args:
        layout: the true one.
        altered: how far the survey is off.
        seed: the scenario's; each camera draws its direction from a stream of its own.
    """
    for gondola in altered.mixed_up:
        layout = replace(layout, planogram=_mixed_up(layout.planogram, gondola))
    if not (altered.shift_m or altered.turn_deg):
        return layout
    return replace(layout, cameras=tuple(_misplaced(camera, altered, seed) for camera in layout.cameras))


def altered_problems(altered: Altered, layout: Layout, document: Document) -> list[BadFile]:
    """Return a complaint for each gondola that the store does not have."""
    return [
        document.bad(
            "unknown gondola", "altered", "surveyed with", "mixed_up", i,
            expected=f"one of: {', '.join(layout.gondola)}", found=f"'{name}'", hint=nearest(name, layout.gondola),
        )
        for i, name in enumerate(altered.mixed_up) if name not in layout.gondola
    ]  # fmt: skip


def _mixed_up(planogram: tuple[Facing, ...], gondola: str) -> tuple[Facing, ...]:
    """Return a planogram in which every facing of a gondola has the product of the next one."""
    products = [facing.product for facing in planogram if gondola_of(facing.shelf) == gondola]
    following = iter([*products[1:], *products[:1]])
    return tuple(
        replace(facing, product=next(following)) if gondola_of(facing.shelf) == gondola else facing
        for facing in planogram
    )


def _plain(gondola: Gondola) -> Gondola:
    shelves: tuple[Shelf, ...] = tuple(replace(shelf, plates=()) for shelf in gondola.shelves)
    return replace(gondola, shelves=shelves)


def _misplaced(camera: CameraInfo, altered: Altered, seed: int) -> CameraInfo:
    """Return a camera as surveyed: shifted along one random direction, turned about another."""
    way = _direction(seed, camera.id, "shift") * altered.shift_m
    half = math.radians(altered.turn_deg) / 2
    x, y, z = (_direction(seed, camera.id, "turn") * math.sin(half)).tolist()
    turned = camera.pose.then(Pose(quaternion=(x, y, z, math.cos(half))))
    px, py, pz = (np.asarray(camera.pose.position) + way).tolist()
    qx, qy, qz, qw = map(_round, turned.quaternion)
    return replace(camera, pose=Pose((_round(px), _round(py), _round(pz)), (qx, qy, qz, qw)))


def _direction(seed: int, camera: str, what: str) -> Floats:
    """Return a unit vector, every direction as likely."""
    drawn: Floats = stream(seed, "survey", camera, what).normal(size=3)
    return drawn / float(np.linalg.norm(drawn))


def _round(value: float) -> float:
    """Round to nanometres: matrix products differ in the last bit between processors."""
    return round(value, 9) + 0.0
