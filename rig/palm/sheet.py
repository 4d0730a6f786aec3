"""A sheet of what the reader sees: living hands in the upper row, one of each attack in the lower."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from rig.palm.people import nth_palm
from twin.palms import Species, attack, hand

COLUMNS = 5


def draw_sheet(seed: int, path: Path) -> None:
    """Write a picture of two samples of some palms, and of every attack on the first of them."""
    palms = [nth_palm(seed, n) for n in range(COLUMNS + 1)]
    live = [np.vstack([hand(palm, f"sheet-{k}") for k in range(2)]) for palm in palms[:COLUMNS]]
    attacks = [attack(species, palms[0], palms[2], "sheet-0") for species in Species]
    path.parent.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(path), np.vstack([np.hstack(live), np.hstack(attacks)]))
