"""How good the matcher is on products it has never seen: how often right, and how right its probabilities are."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from rig.goods.choices import Choice, among, drawn, on_board
from rig.goods.collect import Sample
from stack.goods.in_hand import LEAST_PIXELS
from stack.goods.matcher import Weights, probabilities

BINS = 10


def right(weights: Weights, choices: Sequence[Choice]) -> float | None:
    """Return the share of choices between products in which the true one is the most probable, None of no choices."""
    hits = [int(np.argmax(probabilities(weights, c.features)[:-1])) == c.truth for c in choices]
    return round(float(np.mean(hits)), 3) if hits else None


def calibration_error(weights: Weights, choices: Sequence[Choice]) -> float:
    """Return the expected calibration error of the most probable answer, the empty hand among the answers."""
    told = [probabilities(weights, choice.features) for choice in choices]
    sure = np.array([p.max() for p in told])
    hit = np.array([int(np.argmax(p)) == c.truth for p, c in zip(told, choices, strict=True)])
    of = np.minimum((sure * BINS).astype(np.int64), BINS - 1)
    return float(sum(abs(float((sure - hit)[of == n].sum())) for n in range(BINS)) / max(len(sure), 1))


def marks(weights: Weights, samples: Sequence[Sample]) -> dict[str, object]:
    """Return all figures for some looks.

    Args:
        weights: the matcher.
        samples: looks at hands with products that it was not fitted on.
    """
    clear = [sample for sample in samples if sample.pixels >= LEAST_PIXELS]
    groups: dict[str, Callable[[Sample], bool]] = {
        "all": lambda _: True,
        "320 pixels wide": lambda s: s.width == 320,
        "640 pixels wide": lambda s: s.width == 640,
        "pixels up to 8 mm": lambda s: s.pixel_m <= 0.008,
        "pixels of 8 to 12 mm": lambda s: 0.008 < s.pixel_m <= 0.012,
        "pixels over 12 mm": lambda s: s.pixel_m > 0.012,
    }
    found: dict[str, object] = {"looks": len(samples), "too few pixels": len(samples) - len(clear)}
    for name, of in groups.items():
        mine = [sample for sample in clear if of(sample)]
        full = [sample for sample in mine if sample.truth < len(sample.products)]
        figures: dict[str, object] = {"looks": len(full)}
        figures |= {f"right of {k}": right(weights, among(full, k, 1)) for k in (2, 3, 5)}
        figures["right of the board"] = right(weights, on_board(full))
        figures["calibration error"] = round(calibration_error(weights, drawn(mine, 2)), 3)
        found[name] = figures
    return found
