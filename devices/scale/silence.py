"""A scale that says nothing any more, told to people at the bench."""

from __future__ import annotations

from contracts.clock import SECOND
from contracts.errors import DeviceUnavailable

SILENT_NS = 2 * SECOND
"""Every scale here says something several times a second, asked or not."""


def silent(device: str, profile: str, silent_ns: int, noise: int) -> DeviceUnavailable:
    """Return what is told of a silent scale.

    Args:
        device: device id.
        profile: how it is talked to.
        silent_ns: since it said something that meant anything.
        noise: frames that meant nothing, so far.
    """
    return DeviceUnavailable(
        "the scale says nothing",
        where=device,
        expected=f"weights by {profile}",
        found=f"none for {silent_ns / SECOND:.1f} s" + (f", and {noise} frames that mean nothing" if noise else ""),
        hint="check its power, the cable and the speed of the line",
    )
