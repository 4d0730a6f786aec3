"""All enrolled palms in memory, as they are scanned."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from stack.palm.code import Words
from stack.palm.record import Enrolment, MaskedPalm
from stack.palm.sealing import SAMPLE_WORDS, SCAN_WORDS
from stack.palm.template import KEPT


class Gallery:
    """Rows of masked codes; a row is one palm.

    Args:
        room: rows to begin with; it grows.
    """

    def __init__(self, room: int = 64) -> None:
        self._scans = np.zeros((room, SCAN_WORDS), np.uint64)
        self._samples = np.zeros((room, KEPT, SAMPLE_WORDS), np.uint64)
        self._handles: list[str] = []

    def __len__(self) -> int:
        return len(self._handles)

    @property
    def scans(self) -> Words:
        """(N, 37) CompCode of every palm."""
        return self._scans[: len(self)]

    @property
    def samples(self) -> Words:
        """(N, 3, 74) BOCV of every palm's samples."""
        return self._samples[: len(self)]

    def handle(self, row: int) -> str:
        """Return whose palm a row is."""
        return self._handles[row]

    def add(self, enrolment: Enrolment) -> None:
        """Take somebody's palms in."""
        for palm in enrolment.palms:
            self.add_palm(enrolment.handle, palm)

    def add_palm(self, handle: str, palm: MaskedPalm) -> None:
        """Take one palm in."""
        self.add_rows([handle], palm.scan[None], palm.samples[None])

    def add_rows(self, handles: Sequence[str], scans: Words, samples: Words) -> None:
        """Take many palms in.

        Args:
            handles: whose.
            scans: (n, 37) of them.
            samples: (n, 3, 74) of them.
        """
        start, end = len(self), len(self) + len(handles)
        while end > len(self._scans):
            self._scans = np.concatenate([self._scans, np.zeros_like(self._scans)])
            self._samples = np.concatenate([self._samples, np.zeros_like(self._samples)])
        self._scans[start:end], self._samples[start:end] = scans, samples
        self._handles.extend(handles)

    def remove(self, handle: str) -> bool:
        """Wipe somebody's palms; return whether there were any. The last rows move into the gaps."""
        rows = [row for row, other in enumerate(self._handles) if other == handle]
        for row in reversed(rows):
            last = len(self) - 1
            self._scans[row], self._samples[row] = self._scans[last], self._samples[last]
            self._scans[last], self._samples[last] = 0, 0
            self._handles[row] = self._handles[last]
            self._handles.pop()
        return bool(rows)
