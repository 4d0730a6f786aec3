"""Ends calls whose driver does not return: the driver goes on hanging, and its caller is told so in time."""

from __future__ import annotations

import threading
from collections.abc import Iterable

from devices.shim.hosted import Hosted

LOOKS = 4
"""In the time that a call may take: how much later than that its caller is told."""


class Watchdog:
    """Looks at all devices of a shim.

    Args:
        devices: whose calls may hang.
        within_s: seconds that one may take.
    """

    def __init__(self, devices: Iterable[Hosted], within_s: float) -> None:
        self._devices, self._period_s = tuple(devices), within_s / LOOKS
        self._over = threading.Event()
        threading.Thread(target=self._watch, name="watchdog", daemon=True).start()

    def close(self) -> None:
        """Look no more."""
        self._over.set()

    def _watch(self) -> None:
        while not self._over.wait(self._period_s):
            for hosted in self._devices:
                hosted.cut()
