"""The channels of a recording, by the list at its end."""

from __future__ import annotations

from mcap.exceptions import McapError
from mcap.reader import SeekingReader

from rig.recording.reader import Recording


def topics(recording: Recording) -> tuple[str, ...]:
    """Return the names of all channels; a file that was cut has no list, and is read for them."""
    with recording.path.open("rb") as stream:
        try:
            summary = SeekingReader(stream).get_summary()
        except (McapError, ValueError, LookupError, OSError):
            summary = None
    if summary is None or not summary.channels:
        return recording.topics()
    return tuple(sorted({channel.topic for channel in summary.channels.values()}))
