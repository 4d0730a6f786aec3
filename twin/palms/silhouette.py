"""The hand as a shadow: which pixels it covers, and how it falls away at its edges."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from twin.palms.pose import SIZE_PX, Pose
from twin.palms.shape import Shape, knuckles, outline

WEB_PX = 7
"""Skin between fingers rounds the corners off."""
ROUND_PX, EDGE_DARK = 6.0, 0.6
FOLD_DARK = 0.25


def silhouette(shape: Shape, pose: Pose) -> NDArray[np.uint8]:
    """Return (H, W) 255 where the hand is.

    Args:
        shape: the hand.
        pose: where it is held.
    """
    mask = np.zeros(SIZE_PX[::-1], np.uint8)
    parts = [outline(f, turn) for f, turn in zip((*shape.fingers, shape.thumb), pose.fingers_deg, strict=True)]
    for part in (shape.palm_mm, *parts):
        cv2.fillPoly(mask, [np.round(pose.place(part) * 16).astype(np.int32)], 255, cv2.LINE_8, 4)
    web = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (WEB_PX, WEB_PX))
    return np.asarray(cv2.morphologyEx(mask, cv2.MORPH_CLOSE, web), np.uint8)


def shading(mask: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return (H, W) how bright a round body of that outline is in light from the lens, 0 to 1."""
    inside = cv2.distanceTransform(mask, cv2.DIST_L2, 3)
    round_ = 1 - np.float32(EDGE_DARK) * np.exp(-inside / np.float32(ROUND_PX))
    return np.where(mask > 0, round_, 0).astype(np.float32)


def folds(shape: Shape, pose: Pose) -> NDArray[np.float32]:
    """Return (H, W) the log darkness of the folds across the fingers."""
    drawn = np.zeros(SIZE_PX[::-1], np.float32)
    for finger, turn in zip(shape.fingers, pose.fingers_deg, strict=False):
        for fold in pose.place(knuckles(finger, turn)):
            start, end = np.round(fold * 16).astype(np.int32).tolist()
            cv2.line(drawn, start, end, FOLD_DARK, 3, cv2.LINE_AA, 4)
    return np.asarray(cv2.GaussianBlur(drawn, (0, 0), 1.5), np.float32)
