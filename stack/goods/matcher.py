"""A small learnt matcher: the features of candidates in, a probability of each out, "nothing" among them.

One tiny network scores every candidate alike, so that products which it never saw are as good as those it did.
Its weights were made by `python -m rig.goods` on the twin's own renders: the same domain as it is tested in.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from contracts.errors import BadFile
from contracts.geometry import Floats
from stack.goods.features import NAMES

SHIPPED = Path(__file__).with_name("weights.json")
WIDTH = len(NAMES) + 1
"""The features, and whether it is the empty hand."""
DOUBT = 0.03
"""How often the matcher is of no use, whatever it says: another's hand, goods of another look inside."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learnt.

    Args:
        mean: (7,) of the features.
        spread: (7,) their standard deviations.
        hidden: (8, H) first layer.
        bias: (H,) its bias.
        out: (H,) second layer.
        line: (8,) straight from the features to the score.
        temperature: by which scores are divided; fitted on products that the rest was not fitted on.
        made: how it was made, in words and numbers.
    """

    mean: Floats
    spread: Floats
    hidden: Floats
    bias: Floats
    out: Floats
    line: Floats
    temperature: float
    made: dict[str, object]


def scores(weights: Weights, features: Floats) -> Floats:
    """Return (K + 1,) the scores of K candidates (K, 7), and last that of the empty hand."""
    inputs = standard(weights.mean, weights.spread, features)
    return np.asarray(np.tanh(inputs @ weights.hidden + weights.bias) @ weights.out + inputs @ weights.line)


def standard(mean: Floats, spread: Floats, features: Floats) -> Floats:
    """Return (K + 1, 8) what the network is given: features in standard units, then a row for the empty hand."""
    nothing = features[:1].copy() if len(features) else np.zeros((1, len(mean)))
    nothing[0, [0, 1, 2, 3, 6]] = features[:, [0, 1, 2, 3, 6]].max(axis=0) if len(features) else 0.0
    rows = (np.concatenate([features, nothing]) - mean) / spread
    flag = np.zeros((len(rows), 1))
    flag[-1] = 1.0
    rows[-1] = np.where(np.isfinite(rows[-1]), rows[-1], 0.0)
    return np.concatenate([rows, flag], axis=1)


def probabilities(weights: Weights, features: Floats) -> Floats:
    """Return (K + 1,) how probably each candidate is in the hand, and last that none is; sums to 1."""
    scaled = scores(weights, features) / weights.temperature
    likely = np.exp(scaled - scaled.max())
    return np.asarray((1.0 - DOUBT) * likely / likely.sum() + DOUBT / len(likely))


def load(path: Path = SHIPPED) -> Weights:
    """Read weights.

    Raises:
        BadFile: they are of another make.
    """
    told = json.loads(path.read_text(encoding="utf-8"))
    if told.get("features") != list(NAMES):
        raise BadFile(
            "these weights are for other features",
            file=path,
            expected=", ".join(NAMES),
            found=str(told.get("features")),
            hint="python -m rig.goods makes new ones",
        )
    arrays = {name: np.array(told[name], np.float64) for name in ("mean", "spread", "hidden", "bias", "out", "line")}
    return Weights(**arrays, temperature=float(told["temperature"]), made=dict(told["made"]))


def save(weights: Weights, path: Path) -> None:
    """Write weights, rounded so that any machine writes the same."""
    told: dict[str, object] = {"features": list(NAMES), "made": weights.made}
    for name in ("mean", "spread", "hidden", "bias", "out", "line"):
        told[name] = np.round(getattr(weights, name), 5).tolist()
    told["temperature"] = round(weights.temperature, 4)
    path.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
