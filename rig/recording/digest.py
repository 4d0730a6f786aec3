"""The rolling digest of a run: what two runs must share to be called the same."""

from __future__ import annotations

import hashlib
import struct

from rig.recording.channels import Entry


class Digest:
    """SHA-256 over every message of sensors, truth and answers, in order.

    What the rig says of the run (`/rig/...`) and what only viewers need (calibrations) is left out.
    """

    def __init__(self) -> None:
        self._hash = hashlib.sha256()
        self.messages = 0

    def add(self, entry: Entry) -> None:
        """Take in one more message."""
        if entry.topic.startswith("/rig/") or entry.topic.endswith("/calibration"):
            return
        head = struct.pack("<qqqq", entry.t_ns, entry.captured_ns, entry.seq, len(entry.data))
        self._hash.update(entry.topic.encode())
        self._hash.update(head)
        self._hash.update(entry.data)
        self.messages += 1

    @property
    def hex(self) -> str:
        """The digest so far."""
        return self._hash.hexdigest()
