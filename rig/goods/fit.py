"""Fits the matcher to choices: a small network by gradients, then one temperature on products it has not seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize, minimize_scalar

from contracts.geometry import Floats
from contracts.seeds import stream
from rig.goods.choices import MOST, Choice
from stack.goods.matcher import WIDTH, Weights, scores, standard

HIDDEN = 6
SHRINK = 0.003
"""How much large weights cost, per choice."""
ROUNDS = 300
LEAST_SPREAD = 0.05
"""A feature that hardly varies here must not decide elsewhere."""


@dataclass(frozen=True, slots=True)
class Table:
    """Choices as arrays.

    Args:
        inputs: (S, MOST + 2, 8), the empty hand last among the real rows.
        real: (S, MOST + 2) which rows there are.
        truth: (S,) the right row.
    """

    inputs: Floats
    real: NDArray[np.bool_]
    truth: NDArray[np.int64]


def fit(choices: Sequence[Choice], seed: int, made: dict[str, object]) -> Weights:
    """Return weights fitted to choices, with a temperature of 1.

    Args:
        choices: of products to learn from.
        seed: where the search begins.
        made: noted with the weights.
    """
    rows = np.concatenate([choice.features for choice in choices])
    mean, spread = rows.mean(axis=0), np.maximum(rows.std(axis=0), LEAST_SPREAD)
    table = _table(choices, mean, spread)
    start = 0.3 * stream(seed, "goods", "fit").normal(size=WIDTH * HIDDEN + 2 * HIDDEN + WIDTH)
    found = minimize(_loss, start, args=(table,), jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS})
    hidden, bias, out, line = _parts(found.x)
    return Weights(mean, spread, hidden, bias, out, line, 1.0, made)


def tempered(weights: Weights, choices: Sequence[Choice]) -> Weights:
    """Return weights with the temperature that suits choices between products that they were not fitted on."""

    def loss(log_t: float) -> float:
        return float(-np.mean([_log_p(weights, choice, float(np.exp(log_t))) for choice in choices]))

    best = minimize_scalar(loss, bounds=(-1.5, 2.5), method="bounded", options={"xatol": 1e-3})
    return replace(weights, temperature=float(np.exp(best.x)))


def _log_p(weights: Weights, choice: Choice, temperature: float) -> float:
    scaled = scores(weights, choice.features) / temperature
    return float(scaled[choice.truth] - scaled.max() - np.log(np.exp(scaled - scaled.max()).sum()))


def _table(choices: Sequence[Choice], mean: Floats, spread: Floats) -> Table:
    inputs = np.zeros((len(choices), MOST + 1, WIDTH))
    real = np.zeros(inputs.shape[:2], np.bool_)
    for n, choice in enumerate(choices):
        rows = standard(mean, spread, choice.features)
        inputs[n, : len(rows)], real[n, : len(rows)] = rows, True
    return Table(inputs, real, np.array([choice.truth for choice in choices]))


def _parts(x: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    a = WIDTH * HIDDEN
    return x[:a].reshape(WIDTH, HIDDEN), x[a : a + HIDDEN], x[a + HIDDEN : a + 2 * HIDDEN], x[a + 2 * HIDDEN :]


def _loss(x: Floats, table: Table) -> tuple[float, Floats]:
    """Return the mean negative log-likelihood of the truth, and its gradient."""
    hidden, bias, out, line = _parts(x)
    bent = np.tanh(table.inputs @ hidden + bias)
    score = np.where(table.real, bent @ out + table.inputs @ line, -1e9)
    score -= score.max(axis=1, keepdims=True)
    p = np.exp(score)
    p /= p.sum(axis=1, keepdims=True)
    count = len(table.truth)
    picked = p[np.arange(count), table.truth]
    loss = -float(np.log(np.maximum(picked, 1e-12)).mean()) + SHRINK * float(x @ x)
    p[np.arange(count), table.truth] -= 1.0
    p /= count
    back = p[..., None] * out * (1 - bent**2)
    parts = (
        np.einsum("ski,skh->ih", table.inputs, back).reshape(-1),
        back.sum(axis=(0, 1)),
        np.einsum("sk,skh->h", p, bent),
        np.einsum("sk,ski->i", p, table.inputs),
    )
    return loss, np.concatenate(parts) + 2 * SHRINK * x
