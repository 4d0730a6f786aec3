"""What has been told so far: appended by the run, read by every browser at its own pace."""

from __future__ import annotations

import threading

# A quiet line is spoken on now and then, so that a browser that has gone is noticed.
QUIET_S = 5.0


class Log:
    """Messages in order, until it is closed. Who reads slowly holds up nobody."""

    def __init__(self) -> None:
        self._told: list[bytes] = []
        self._changed = threading.Condition()
        self._readers = 0
        self._closed = False

    def add(self, message: bytes) -> None:
        """Append a message."""
        with self._changed:
            self._told.append(message)
            self._changed.notify_all()

    def after(self, index: int, wait_s: float = QUIET_S) -> tuple[list[bytes], bool]:
        """Return the messages from an index on, waiting a little for one, and whether no more will come."""
        with self._changed:
            self._changed.wait_for(lambda: len(self._told) > index or self._closed, wait_s)
            return self._told[index:], self._closed

    def close(self) -> None:
        """Say that no more will come; may be called twice."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def reading(self, by: int) -> None:
        """Count a reader in (1) or out (-1)."""
        with self._changed:
            self._readers += by
            self._changed.notify_all()

    def wait_for_readers(self, most_s: float) -> None:
        """Let everybody who reads come to the end, but not for ever."""
        with self._changed:
            self._changed.wait_for(lambda: not self._readers, most_s)
