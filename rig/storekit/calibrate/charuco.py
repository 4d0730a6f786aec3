"""Where cameras hang, from pictures of boards whose places are surveyed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from contracts.geometry import Floats
from contracts.layout import CameraInfo, Layout
from rig.storekit.calibrate.board import Board
from rig.storekit.calibrate.detect import View, find_boards
from rig.storekit.calibrate.found import Found
from rig.storekit.calibrate.limits import Limits, impossible
from rig.storekit.calibrate.pictures import Picture, read_picture
from rig.storekit.calibrate.pose import Fit, refined, solve
from rig.storekit.calibrate.size import Sighting, check_size
from rig.storekit.calibrate.words import named_way

MOST_RMS_PX = 1.5
"""Corners of a good picture fit to 0.3 px; a board that hangs elsewhere than surveyed, or of another size, does not."""
SURE_M = 0.005
"""Less certain than this, and the report names the direction."""


@dataclass(frozen=True, slots=True)
class Corners:
    """All surveyed corners that one camera saw.

    Args:
        points: (N, 3) world.
        pixels: (N, 2).
        owner: (N,) which of the views each is of.
        views: with a surveyed board each.
    """

    points: Floats
    pixels: Floats
    owner: np.ndarray[tuple[int, ...], np.dtype[np.int64]]
    views: tuple[View, ...]

    @classmethod
    def of(cls, views: Sequence[View], board: Board) -> Corners:
        """Return the corners of those views whose boards are surveyed."""
        fixed = tuple(view for view in views if view.copy.pose is not None)
        points, pixels, owner = [np.zeros((0, 3))], [np.zeros((0, 2))], [np.zeros(0, np.int64)]
        for number, view in enumerate(fixed):
            assert view.copy.pose is not None
            points.append(view.copy.pose.apply(board.corners()[view.corners]))
            pixels.append(view.pixels)
            owner.append(np.full(len(view.pixels), number))
        return cls(np.concatenate(points), np.concatenate(pixels), np.concatenate(owner), fixed)

    def without(self, copy: str) -> Corners:
        """Return all corners but those of one copy."""
        numbers = [i for i, view in enumerate(self.views) if view.copy.name == copy]
        kept = ~np.isin(self.owner, numbers)
        return replace(self, points=self.points[kept], pixels=self.pixels[kept], owner=self.owner[kept])

    @property
    def copies(self) -> tuple[str, ...]:
        """Names of the boards that were seen."""
        return tuple(dict.fromkeys(self.views[i].copy.name for i in np.unique(self.owner).tolist()))


def look(pictures: Sequence[Picture], layout: Layout, board: Board) -> dict[str, tuple[View, ...]]:
    """Return the boards that each camera saw, by camera id; () for one that saw none."""
    views: dict[str, list[View]] = {camera.id: [] for camera in layout.cameras}
    for picture in pictures:
        image = read_picture(picture, layout.camera[picture.camera])
        views[picture.camera] += find_boards(image, picture, board)
    return {id_: tuple(seen) for id_, seen in views.items()}


def locate(
    views: Mapping[str, Sequence[View]], cameras: Sequence[CameraInfo], board: Board, layout: Layout, limits: Limits
) -> tuple[Found, ...]:
    """Return how cameras hang.

    Args:
        views: what each saw.
        cameras: with the lenses that took the pictures and the poses of the file.
        board: the boards.
        layout: the store, for what a pose cannot be.
        limits: how far from the file a camera may be.

    Raises:
        UsageError: what all cameras saw says that the board has another size.
    """
    seen = {camera.id: Corners.of(views[camera.id], board) for camera in cameras}
    fits = {c.id: solve(c, seen[c.id].points, seen[c.id].pixels) if len(seen[c.id].points) else None for c in cameras}
    placed = {c.id: replace(c, pose=fit.pose) for c in cameras if (fit := fits[c.id])}
    check_size([Sighting(c, placed[c.id], seen[c.id].views) for c in cameras if c.id in placed], board)
    return tuple(_found(camera, seen[camera.id], fits[camera.id], layout, limits) for camera in cameras)


def _found(camera: CameraInfo, corners: Corners, fit: Fit | None, layout: Layout, limits: Limits) -> Found:
    if not len(corners.points):
        return Found(camera, why="no surveyed board in its pictures")
    if fit is None:
        return Found(camera, why="no pose shows these corners: is the board's place right?")
    measures = {"rms_px": fit.rms_px, "corners": float(len(corners.points)), "boards": float(len(corners.copies))}
    better = replace(camera, pose=fit.pose)
    why = _misfit(camera, corners, fit) if fit.rms_px > MOST_RMS_PX else impossible(camera, better, layout, limits)
    if why:
        return Found(camera, why=why, measures=measures)
    variance, ways = np.linalg.eigh(fit.spread[:3, :3])
    sd_deg = float(np.degrees(np.sqrt(np.linalg.eigvalsh(fit.spread[3:, 3:])[-1])))
    sd_m = float(np.sqrt(variance[-1]))
    return Found(
        camera,
        better,
        sd_m=sd_m,
        sd_deg=sd_deg,
        measures=measures,
        notes=_notes(fit, corners, sd_m, ways[:, -1]),
    )


def _notes(fit: Fit, corners: Corners, sd_m: float, way: Floats) -> tuple[str, ...]:
    notes = []
    if fit.rival:
        notes.append("another pose fits nearly as well; this is the one nearer to the file: tilt the board more")
    if sd_m > SURE_M:
        notes.append(f"least certain along {named_way(way)}: show it a second board, nearer or tilted")
    if len(corners.copies) == 1:
        notes.append("one board: whether its size and place are right cannot be told from this camera")
    return tuple(notes)


def _misfit(camera: CameraInfo, corners: Corners, fit: Fit) -> str:
    """Say that corners do not fit, and which board spoils it, where leaving it out heals it."""
    text = f"the corners do not fit together: {fit.rms_px:.1f} px, at most {MOST_RMS_PX:g}"
    for copy in corners.copies if len(corners.copies) > 2 else ():
        fewer = corners.without(copy)
        rest = refined(replace(camera, pose=fit.pose), fewer.points, fewer.pixels)
        if rest is not None and rest.rms_px < MOST_RMS_PX:
            return f"{text}; without {copy} they do: is that one where the file has it?"
    return (
        f"{text}: a board hangs elsewhere than surveyed or has another size, or the lens is not as the store file says"
    )
