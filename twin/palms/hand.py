"""Pictures of a hand before a palm reader, in near-infrared light."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from twin.palms.conditions import USUAL, Conditions
from twin.palms.identity import Palm
from twin.palms.marks import put_on
from twin.palms.pose import SIZE_PX, draw_pose
from twin.palms.silhouette import folds, shading, silhouette
from twin.palms.surface import skin

Image = NDArray[np.uint8]
Light = NDArray[np.float32]

SKIN_LEVEL, BACK_LEVEL = 150.0, 10.0
"""Grey levels: skin reflects near-infrared light well, and what is behind it is too far from the lamp."""
VEINS_SEEN = 1.0


def hand(palm: Palm, sample: str, conditions: Conditions = USUAL) -> Image:
    """Return one picture of a palm: (480, 400) uint8; the same for the same arguments.

    Args:
        palm: whose.
        sample: any name for this presentation.
        conditions: how far presentations spread.
    """
    draws = palm.draws("sample", sample)
    return expose(lit_hand(palm, conditions, draws), conditions, draws)


def lit_hand(palm: Palm, conditions: Conditions, draws: np.random.Generator) -> Light:
    """Return the light that comes back from a hand, before the lens; 1 is bare skin, well lit.

    Args:
        palm: whose.
        conditions: how far presentations spread.
        draws: of this sample.
    """
    pose = draw_pose(draws, conditions, mirrored=palm.side == "left")
    mask = silhouette(palm.shape, pose)
    look = skin(palm.surface - palm.veins * np.float32(VEINS_SEEN), pose, conditions, draws)
    light = np.exp(look - folds(palm.shape, pose))
    put_on(light, palm.shape, pose, conditions, draws)
    return np.asarray(light * shading(mask) * unevenness(conditions.light, draws), np.float32)


def unevenness(sd: float, draws: np.random.Generator) -> Light:
    """Return (H, W) how bright the lamp is over the picture: a slope and a bulge around 1."""
    width, height = SIZE_PX
    y, x = np.linspace(-1, 1, height, dtype=np.float32)[:, None], np.linspace(-1, 1, width, dtype=np.float32)
    a, b, c = draws.normal(0, sd, 3).astype(np.float32)
    level = np.float32(draws.uniform(0.85, 1.1))
    return np.asarray(level * (1 + a * x + b * y - (0.15 + c) * (x * x + y * y) / 2), np.float32)


def expose(light: Light, conditions: Conditions, draws: np.random.Generator) -> Image:
    """Return what the camera makes of it: smoothed, noisy, in 256 steps.

    Args:
        light: (H, W), 1 is bare skin.
        conditions: smoothing and noise.
        draws: of this sample.
    """
    seen = cv2.GaussianBlur(light, (0, 0), draws.uniform(*conditions.blur_px)) * np.float32(SKIN_LEVEL)
    noise = draws.standard_normal(light.shape, np.float32) * np.float32(conditions.noise)
    return np.asarray(np.clip(np.maximum(seen, BACK_LEVEL) + noise + 0.5, 0, 255), np.uint8)
