"""The walker's filter against the textbook's matrices."""

from __future__ import annotations

import numpy as np
import pytest

from stack.tracking.kalman import ACCELERATION, FIRST_SPEED, Walker


def test_it_agrees_with_the_matrix_form() -> None:
    walker, dt, sigma = Walker(1.0, 2.0, 0.1), 0.1, 0.03
    state, spread = np.array([1.0, 0.0]), np.diag([0.1**2, FIRST_SPEED**2])
    step, push = np.array([[1, dt], [0, 1]]), np.array([dt**2 / 2, dt]) * ACCELERATION
    for k in range(20):
        x = 1.0 + 0.11 * k + 0.01 * (-1) ** k
        walker.predict(dt)
        walker.correct(x, 2.0, sigma)
        state, spread = step @ state, step @ spread @ step.T + np.outer(push, push)
        gain = spread[:, 0] / (spread[0, 0] + sigma**2)
        state, spread = state + gain * (x - state[0]), spread - np.outer(gain, spread[0])
    assert walker.xy == pytest.approx((state[0], 2.0))
    assert walker.velocity == pytest.approx((state[1], 0.0))


def test_somebody_out_of_sight_slows_down() -> None:
    walker = Walker(0.0, 0.0)
    walker.predict(0.1)
    walker.correct(0.1, 0.0, 0.03)
    before = walker.velocity[0]
    walker.brake(0.9)
    assert 0 < walker.velocity[0] < before
