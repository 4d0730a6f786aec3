"""A digest that is worked out in a thread of its own: over frames it takes longer than writing them does."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor

from rig.recording.channels import Entry
from rig.recording.digest import Digest

ENOUGH_BYTES = 1 << 20
"""So much is handed over at once: a frame or two, or very many small records."""


class LaterDigest:
    """The same as a `Digest`; whoever asks for it waits until everything has been taken in."""

    def __init__(self) -> None:
        self._digest = Digest()
        self._worker = ThreadPoolExecutor(1, "digest")
        self._held: list[Entry] = []
        self._bytes = 0
        self._last: Future[None] | None = None

    def add(self, entry: Entry) -> None:
        """Take in one more message."""
        self._held.append(entry)
        self._bytes += len(entry.data)
        if self._bytes > ENOUGH_BYTES:
            self._send()

    @property
    def messages(self) -> int:
        """How many messages it covers."""
        return self._whole().messages

    @property
    def hex(self) -> str:
        """The digest so far."""
        return self._whole().hex

    def close(self) -> None:
        """Let go of the thread; the digest can still be asked for."""
        self._whole()
        self._worker.shutdown()

    def _whole(self) -> Digest:
        if self._held:
            self._send()
        if self._last is not None:
            self._last.result()
        return self._digest

    def _send(self) -> None:
        entries, self._held, self._bytes = self._held, [], 0
        self._last = self._worker.submit(_take, self._digest, entries)


def _take(digest: Digest, entries: list[Entry]) -> None:
    for entry in entries:
        digest.add(entry)
