"""Cut-outs of the frames of a few seconds: what happened before racks while hands were there."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contracts.clock import MILLISECOND, SECOND
from contracts.layout import Gondola
from contracts.records import Frame
from stack.goods.eyes import Eye

KEPT_NS = 12 * SECOND
"""Changes that are seen are told some seconds late, those that are weighed within two."""
BEFORE_M, NEAR_M = 0.40, 0.03
"""Hands with goods are looked at in this stretch before a rack's front."""
Window = tuple[slice, slice]


@dataclass(frozen=True, slots=True)
class Shot:
    """What one RGB-D camera saw before one rack.

    Args:
        t_ns: capture time.
        eye: number of the camera.
        corner: row and column of the cut-out's first pixel.
        depth_mm: (h, w) the cut-out.
        frame: the colour frame, not decoded.
    """

    t_ns: int
    eye: int
    corner: tuple[int, int]
    depth_mm: NDArray[np.uint16]
    frame: Frame


class Album:
    """Keeps cut-outs by rack.

    Args:
        eyes: the RGB-D cameras.
        gondolas: the racks.
    """

    def __init__(self, eyes: Sequence[Eye], gondolas: Sequence[Gondola]) -> None:
        self._windows = {(g.id, n): window(eye, g) for g in gondolas for n, eye in enumerate(eyes)}
        self._eyes = eyes
        self._shots: dict[str, deque[Shot]] = {gondola.id: deque() for gondola in gondolas}

    def keep(self, gondola: str, frames: Mapping[str, Frame], colours: Mapping[str, Frame], t_ns: int) -> None:
        """Keep what cameras see before a rack now.

        Args:
            gondola: its id.
            frames: depth frames of this moment by camera.
            colours: the latest colour frames by camera.
            t_ns: capture time.
        """
        shots = self._shots[gondola]
        while shots and shots[0].t_ns < t_ns - KEPT_NS:
            shots.popleft()
        for number, eye in enumerate(self._eyes):
            part, frame = self._windows[gondola, number], frames.get(eye.depth.id)
            colour = colours.get(eye.colour.id)
            if part is None or frame is None or frame.depth_mm is None or colour is None:
                continue
            if abs(colour.captured_ns - frame.captured_ns) <= 60 * MILLISECOND:
                rows, columns = part
                cut = frame.depth_mm[part].copy()
                shots.append(Shot(t_ns, number, (rows.start, columns.start), cut, colour))

    def between(self, gondola: str, since_ns: int, until_ns: int) -> list[Shot]:
        """Return what was seen before a rack in a time, oldest first."""
        return [shot for shot in self._shots[gondola] if since_ns <= shot.t_ns <= until_ns]


def window(eye: Eye, gondola: Gondola) -> Window | None:
    """Return the part of a camera's picture that may show hands before a rack, None when there is none."""
    far = np.array([0.6, 1.2, 1.8, 2.4, 3.0])
    rows, columns = np.mgrid[: eye.depth.height : 4, : eye.depth.width : 4]
    at = np.asarray(eye.depth.pose.position) + far[:, None, None, None] * eye.rays[::4, ::4]
    local = gondola.pose.unapply(at.reshape(-1, 3)).reshape(at.shape)
    half = gondola.width_m / 2
    inside = (np.abs(local[..., 0]) < half) & (local[..., 1] > -BEFORE_M - 0.2) & (local[..., 1] < 0.1)
    shown = (inside & (local[..., 2] > 0.1) & (local[..., 2] < gondola.height_m + 0.3)).any(axis=0)
    if shown.sum() < 12:
        return None
    v, u = rows[shown], columns[shown]
    return slice(int(v.min()), int(v.max()) + 4), slice(int(u.min()), int(u.max()) + 4)
