"""One colour camera's view of the fronts of racks: what each pixel shows now, when last settled, and at the opening."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from contracts.geometry import Floats
from contracts.layout import CameraInfo, Gondola
from contracts.records import Frame
from stack.seen.colour_kernels import STEADY, differ, follow
from stack.seen.dots import UNKNOWN, Box, Dots, Mask, in_box, on_boards
from stack.seen.fronts import fronts
from stack.seen.pixel_kernels import I64
from stack.silhouettes.picture import picture, small

EVERY_NS = 190_000_000
"""Pictures are looked at so often; decoding them is what costs."""
SAMPLE = 997
"""Every so many pixels tell whether the whole picture became brighter: an exposure, a cloud."""
FAINT = 24.0
"""Darker pixels tell nothing of that."""


class FrontPixels:
    """The fronts of some racks in one camera's pictures.

    Args:
        info: the camera.
        racks: those that do not weigh.
        others: all racks, which may stand in the way.
    """

    fewest = 15

    def __init__(self, info: CameraInfo, racks: Sequence[Gondola], others: Sequence[Gondola]) -> None:
        self.info, self._times = small(info)
        self._fronts = fronts(self.info, racks, others)
        self._of_rack = [np.nonzero(self._fronts.rack == number)[0] for number in range(len(racks))]
        self._eye = np.asarray(info.pose.position)
        n = len(self._fronts.pixels)
        self.mean, self.settled = np.zeros((n, 3), np.float32), np.full((n, 3), -1, np.float32)
        self.opening = np.full((n, 3), -1, np.float32)
        self.count = np.zeros(n, np.int16)
        self.since_ns, self.settled_ns = np.zeros(n, np.int64), np.zeros(n, np.int64)
        self._next_ns = 0

    def __len__(self) -> int:
        return len(self._fronts.pixels)

    def look(self, frame: Frame, heads: Floats) -> None:
        """Take in one frame, while people's heads (M, 3) are at these places in the world."""
        if frame.captured_ns < self._next_ns:
            return
        image = picture(frame, self.info, self._times)
        if image is None:
            return
        self._next_ns = frame.captured_ns + EVERY_NS
        flat = image.reshape(-1, 3)
        follow(
            flat, self._gain(flat), self._fronts.pixels, self._eye, self._fronts.world, heads, frame.captured_ns,
            self.mean, self.count, self.since_ns, self.settled, self.settled_ns,
        )  # fmt: skip
        new = (self.opening[:, 0] < 0) & (self.settled[:, 0] >= 0)
        self.opening[new] = self.settled[new]

    @property
    def steady(self) -> Mask:
        """(N,) which pixels show something that stands still."""
        return np.asarray((self.count >= STEADY) & (self.settled[:, 0] >= 0))

    def accept(self, which: I64) -> None:
        """Take what some pixels show as settled."""
        self.settled[which] = self.mean[which]

    def within(self, rack: int, box: Box) -> I64:
        """Return the pixels that show a stretch of a rack."""
        mine = self._of_rack[rack]
        return mine[in_box(self._fronts.at[mine], box)]

    def dots(self, number: int, boards: Sequence[Floats]) -> Dots:
        """Return what has changed and stands still; whether it came or went no colour tells."""
        which = np.nonzero(differ(self.mean, self.count, self.settled))[0]
        seen, rack = self._fronts, self._fronts.rack[which].astype(np.int64)
        return Dots(
            at=seen.at[which],
            rack=rack,
            board=on_boards(boards, rack, seen.at[which, 2]),
            way=np.full(len(which), UNKNOWN),
            half_m=seen.half_m[which],
            deeper_m=np.zeros(len(which)),
            slant=seen.slant[which],
            camera=np.full(len(which), number),
            pixel=which,
        )

    def restored(self, which: I64) -> float:
        """Return how far some pixels came back to what they showed at the opening: 0 they left it, 1 they came back."""
        before = float(np.abs(self.settled[which] - self.opening[which]).sum())
        now = float(np.abs(self.mean[which] - self.opening[which]).sum())
        return before / max(before + now, 1e-6)

    def _gain(self, flat: NDArray[np.uint8]) -> float:
        """Return what makes a picture as bright as what is settled."""
        some = slice(None, None, max(1, len(self) // SAMPLE))
        settled = self.settled[some].sum(axis=1)
        seen = flat[self._fronts.pixels[some]].astype(np.float32).sum(axis=1)
        known = (settled > FAINT) & (seen > FAINT) & (self.count[some] > 0)
        return float(np.median(settled[known] / seen[known])) if known.sum() > 50 else 1.0
