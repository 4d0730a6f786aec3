"""Attacks on a palm reader: what each simulated species shows to its camera.

Each is a model of ours of what one could bring, not a measurement of such things. A liveness check that was made
against these says nothing about attacks that were not thought of.
"""

from __future__ import annotations

from dataclasses import replace
from enum import Enum

import cv2
import numpy as np

from twin.palms.conditions import USUAL, Conditions
from twin.palms.hand import Image, Light, expose, hand, lit_hand
from twin.palms.identity import Palm, disguised
from twin.palms.pose import SIZE_PX


class Species(Enum):
    """Presentation attack instruments."""

    PRINT = "print"
    SCREEN = "screen"
    GLOVE = "other palm on a glove"
    LATEX = "latex-like, low vein"
    REPLAY = "replay"


DOTS_PX, GRID_PX, WEAVE_PX = (2.3, 3.6), (2.1, 3.0), (2.6, 4.0)
"""Period of a print's halftone, of a display's pixels and of a fabric in the reader's picture."""
GLOVE_VEINS, LATEX_VEINS = 0.0, 0.15
PAPER_NOISE, PAPER_LIGHT = 0.02, 1.15
SCREEN_LIGHT, SCREEN_HAZE = 0.75, (0.10, 0.22)
GLARE_PX, GLARE_LIGHT = (12.0, 30.0), 1.6
JPEG_QUALITY = (80, 96)


def attack(species: Species, target: Palm, attacker: Palm, sample: str, conditions: Conditions = USUAL) -> Image:
    """Return a picture of an attack: (480, 400) uint8; the same for the same arguments.

    Args:
        species: of the attack.
        target: who is to be taken for.
        attacker: whose hand is there, where a hand is.
        sample: any name for this presentation; a replay plays back the target's own sample of that name.
        conditions: how far presentations spread.
    """
    draws = target.draws("attack", species.name, attacker.owner, sample)
    match species:
        case Species.PRINT:
            return expose(_print(target, conditions, draws), conditions, draws)
        case Species.SCREEN:
            return expose(_screen(target, conditions, draws), conditions, draws)
        case Species.GLOVE:
            cloth = lit_hand(disguised(attacker, target, veins=GLOVE_VEINS), conditions, draws)
            return expose(cloth * _pattern(WEAVE_PX, 0.12, draws), conditions, draws)
        case Species.LATEX:
            return expose(
                lit_hand(disguised(attacker, target, veins=LATEX_VEINS), conditions, draws), conditions, draws
            )
        case Species.REPLAY:
            return _replayed(hand(target, sample, conditions), draws)


def _print(target: Palm, conditions: Conditions, draws: np.random.Generator) -> Light:
    """Return a photo by daylight, which shows no veins, printed in dots and cut out."""
    photo = lit_hand(replace(target, veins=np.zeros_like(target.veins)), conditions, draws)
    paper = 1 + np.float32(PAPER_NOISE) * draws.standard_normal(photo.shape, np.float32)
    return np.asarray(photo * np.float32(PAPER_LIGHT) * paper * _pattern(DOTS_PX, 0.25, draws), np.float32)


def _screen(target: Palm, conditions: Conditions, draws: np.random.Generator) -> Light:
    """Return a picture from the reader itself on a display: pixels, haze over the dark, the lamp in the glass."""
    shown = lit_hand(target, conditions, draws) * np.float32(SCREEN_LIGHT) * _pattern(GRID_PX, 0.2, draws)
    width, height = SIZE_PX
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    at = draws.uniform((0.3 * width, 0.4 * height), (0.7 * width, 0.8 * height))
    size = draws.uniform(*GLARE_PX)
    glare = np.exp(-((x - at[0]) ** 2 + (y - at[1]) ** 2) / np.float32(2 * size * size))
    return np.asarray(shown + np.float32(draws.uniform(*SCREEN_HAZE)) + np.float32(GLARE_LIGHT) * glare, np.float32)


def _pattern(period_px: tuple[float, float], depth: float, draws: np.random.Generator) -> Light:
    """Return (H, W) a square grid of dots around 1, turned by any angle."""
    period, turn = draws.uniform(*period_px), draws.uniform(0, np.pi / 2)
    y, x = np.mgrid[0 : SIZE_PX[1], 0 : SIZE_PX[0]].astype(np.float32)
    along, across = x * np.cos(turn) + y * np.sin(turn), y * np.cos(turn) - x * np.sin(turn)
    waves = np.cos(along * (2 * np.pi / period)) + np.cos(across * (2 * np.pi / period))
    return np.asarray(1 + np.float32(depth / 2) * waves, np.float32)


def _replayed(image: Image, draws: np.random.Generator) -> Image:
    """Return a recorded picture that was compressed and is fed in again, moved by up to a pixel."""
    quality = int(draws.integers(*JPEG_QUALITY))
    _, packed = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])
    again = cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE)
    move = np.array([[1, 0, draws.uniform(-1, 1)], [0, 1, draws.uniform(-1, 1)]])
    return np.asarray(cv2.warpAffine(again, move, SIZE_PX, borderMode=cv2.BORDER_REPLICATE), np.uint8)
