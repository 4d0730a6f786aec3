"""Waits in tests: until something is so, never for a fixed time."""

from __future__ import annotations

from collections.abc import Callable

from contracts.clock import MILLISECOND, SECOND, WallClock


def until(so: Callable[[], object], what: str = "it") -> None:
    """Return as soon as something is so; fail after ten seconds."""
    clock = WallClock()
    while not so():
        assert clock.now_ns < 10 * SECOND, f"{what} did not happen"
        clock.wait_until(clock.now_ns + 5 * MILLISECOND)
