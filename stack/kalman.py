"""A Kalman filter for somebody who walks: position and velocity on the floor, velocity drifting at random."""

from __future__ import annotations

import numpy as np

from contracts.geometry import Floats

ACCELERATION = 1.5
"""Standard deviation of a walker's acceleration, m/s2; people start and stop within about a second."""

_LOOK = np.eye(2, 4)


class Walker:
    """Where somebody is and where they go.

    Args:
        x: metres, world.
        y: metres, world.
        sigma_m: how sure the first sighting is.
    """

    def __init__(self, x: float, y: float, sigma_m: float = 0.1) -> None:
        self.state: Floats = np.array([x, y, 0.0, 0.0])
        self.spread: Floats = np.diag([sigma_m**2, sigma_m**2, 1.0, 1.0])

    @property
    def xy(self) -> tuple[float, float]:
        """Metres, world."""
        return float(self.state[0]), float(self.state[1])

    @property
    def velocity(self) -> tuple[float, float]:
        """Metres a second, world."""
        return float(self.state[2]), float(self.state[3])

    def predict(self, dt_s: float) -> None:
        """Let time pass."""
        step = np.eye(4)
        step[0, 2] = step[1, 3] = dt_s
        push = np.array([[dt_s**2 / 2, 0], [0, dt_s**2 / 2], [dt_s, 0], [0, dt_s]]) * ACCELERATION
        self.state = step @ self.state
        self.spread = step @ self.spread @ step.T + push @ push.T

    def correct(self, x: float, y: float, sigma_m: float) -> None:
        """Take in a sighting with its standard deviation in metres."""
        doubt = self.spread[:2, :2] + np.eye(2) * sigma_m**2
        gain = self.spread @ _LOOK.T @ np.linalg.inv(doubt)
        self.state = self.state + gain @ (np.array([x, y]) - self.state[:2])
        self.spread = (np.eye(4) - gain @ _LOOK) @ self.spread

    def brake(self, factor: float) -> None:
        """Lose speed: somebody out of sight more likely stops than walks on for ever."""
        self.state[2:] *= factor
