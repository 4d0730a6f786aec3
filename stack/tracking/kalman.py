"""A Kalman filter for somebody who walks: position and velocity on the floor, velocity drifting at random.

Both axes have the same noise, so they share one 2 x 2 covariance and need no matrix library: the same bytes anywhere.
"""

from __future__ import annotations

ACCELERATION = 1.5
"""Standard deviation of a walker's acceleration, m/s2; people start and stop within about a second."""

FIRST_SPEED = 1.0
"""Standard deviation of the unknown speed at first sight, m/s."""


class Walker:
    """Where somebody is and where they go.

    Args:
        x: metres, world.
        y: metres, world.
        sigma_m: how sure the first sighting is.
    """

    def __init__(self, x: float, y: float, sigma_m: float = 0.1) -> None:
        self.xy = (x, y)
        self.velocity = (0.0, 0.0)
        self._place, self._both, self._speed = sigma_m**2, 0.0, FIRST_SPEED**2

    def predict(self, dt_s: float) -> None:
        """Let time pass."""
        (x, y), (u, v) = self.xy, self.velocity
        self.xy = (x + u * dt_s, y + v * dt_s)
        push = ACCELERATION**2
        self._place += dt_s * (2 * self._both + dt_s * self._speed) + push * dt_s**4 / 4
        self._both += dt_s * self._speed + push * dt_s**3 / 2
        self._speed += push * dt_s**2

    def correct(self, x: float, y: float, sigma_m: float) -> None:
        """Take in a sighting with its standard deviation in metres."""
        doubt = self._place + sigma_m**2
        near, fast = self._place / doubt, self._both / doubt
        dx, dy = x - self.xy[0], y - self.xy[1]
        self.xy = (self.xy[0] + near * dx, self.xy[1] + near * dy)
        self.velocity = (self.velocity[0] + fast * dx, self.velocity[1] + fast * dy)
        self._speed -= fast * self._both
        self._both *= 1 - near
        self._place *= 1 - near

    def brake(self, factor: float) -> None:
        """Lose speed: somebody out of sight more likely stops than walks on for ever."""
        self.velocity = (self.velocity[0] * factor, self.velocity[1] * factor)
