"""What calibration found out about one camera."""

from __future__ import annotations

from dataclasses import dataclass, field

import cv2
import numpy as np

from contracts.geometry import Floats, Pose
from contracts.layout import CameraInfo

AXES = ("x", "y", "z", "turn about x", "turn about y", "turn about z")
"""Shifts of the lens along, and turns about, the axes of the world."""


@dataclass(frozen=True, slots=True)
class Found:
    """How one camera truly hangs.

    Args:
        camera: as the file has it.
        better: as it was found, or None where it was not.
        why: why it was not found.
        told: which of `AXES` could be told; the others are left as the file has them.
        sd_m: standard deviation of the position in its least certain direction, from the noise of this measurement
            alone: neither the survey of a board nor the store's own errors are in it.
        sd_deg: the same of the direction it looks in.
        measures: what speaks for it, by name with unit: "rms_px", "corners", ...
        notes: what to know about it, a sentence each.
    """

    camera: CameraInfo
    better: CameraInfo | None = None
    why: str = ""
    told: tuple[bool, ...] = (True,) * 6
    sd_m: float = 0.0
    sd_deg: float = 0.0
    measures: dict[str, float] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @property
    def shift_m(self) -> Floats:
        """(3,) metres, world: from where the file has it to where it hangs."""
        return np.zeros(3) if self.better is None else shift(self.camera.pose, self.better.pose)

    @property
    def turn_deg(self) -> Floats:
        """(3,) degrees about the axes of the world, from how the file has it."""
        return np.zeros(3) if self.better is None else turn(self.camera.pose, self.better.pose)


def shift(before: Pose, after: Pose) -> Floats:
    """Return how far (3,) a pose has moved, metres, world."""
    return np.subtract(after.position, before.position)


def turn(before: Pose, after: Pose) -> Floats:
    """Return by how much (3,) a pose has turned about the axes of the world, degrees."""
    return np.asarray(np.degrees(cv2.Rodrigues(after.rotation @ before.rotation.T)[0]).ravel(), float)


def stepped(pose: Pose, step: Floats) -> Pose:
    """Return a pose after a shift along and a turn about the axes of the world.

    Args:
        pose: before.
        step: (6,) metres and radians, as `AXES`.
    """
    matrix = pose.matrix
    matrix[:3, :3] = cv2.Rodrigues(step[3:])[0] @ matrix[:3, :3]
    matrix[:3, 3] += step[:3]
    return Pose.from_matrix(matrix)
