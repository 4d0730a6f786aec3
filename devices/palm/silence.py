"""A palm reader whose pictures do not come, told to people at the bench."""

from __future__ import annotations

from contracts.clock import SECOND
from contracts.errors import DeviceUnavailable

SILENT_NS = 2 * SECOND
"""Such cameras send ten pictures a second and more."""
AGAIN_NS = SECOND
"""Until a line that was lost is opened again."""


def no_picture(device: str, silent_ns: int, broken: int, refused: str) -> DeviceUnavailable:
    """Return what is told of it.

    Args:
        device: device id.
        silent_ns: since the last picture.
        broken: pictures so far that were none.
        refused: what it answered instead of a stream, "" when nothing.
    """
    found = f"it answers {refused!r}" if refused else f"none for {silent_ns / SECOND:.1f} s"
    return DeviceUnavailable(
        "no picture comes from the palm reader",
        where=device,
        expected="JPEG pictures in multipart/x-mixed-replace",
        found=found + (f", and {broken} that could not be read" if broken else ""),
        hint="check power, address and path of the stream; some cameras serve one viewer at a time",
    )
