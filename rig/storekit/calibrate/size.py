"""Whether boards have the size that their file says, by what cameras see of them together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from contracts.errors import UsageError
from contracts.geometry import Floats
from contracts.layout import CameraInfo
from rig.storekit.calibrate.board import Board
from rig.storekit.calibrate.detect import View
from rig.storekit.calibrate.found import stepped
from rig.storekit.calibrate.project import project

STEPS = 10
LEAST_SD = 0.001
WRONG = 0.005
"""A print that is off by less than half a percent is a matter of measuring it better."""
GOOD_PX = 0.7
"""Root of the mean square of one coordinate, of boards that fit."""
SURE = 4.0
"""Standard deviations."""
FEW = 3
"""So many cameras that each see one board must agree on its size."""
ALIKE = 0.3
"""They agree when their sizes spread by less than this share of the common error: cameras hang off by chance."""
PLAIN_WRONG = 0.03
"""Errors of poses in the file hide smaller errors of size from cameras that see one board each."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """What one camera saw.

    Args:
        before: as the file has it.
        after: as it was found.
        views: surveyed boards.
    """

    before: CameraInfo
    after: CameraInfo
    views: tuple[View, ...]

    @property
    def boards(self) -> int:
        """How many boards it saw."""
        return len({view.copy.name for view in self.views})


def check_size(sightings: Sequence[Sighting], board: Board) -> None:
    """Refuse boards of another size.

    Two boards that one camera sees tell it: their distance is surveyed. One board looks like a larger one further off,
    so then several cameras must all seem further from it, or nearer to it, than the file has them, by the same share.

    Raises:
        UsageError: the squares have another size.
    """
    sizes = [size for sighting in sightings if sighting.boards > 1 and (size := _scale(sighting, board))]
    if sizes:
        weight = np.array([max(sd, LEAST_SD) ** -2 for _, sd in sizes])
        scale = float(np.array([scale for scale, _ in sizes]) @ weight / weight.sum())
        if abs(scale - 1) > max(WRONG, SURE * float(weight.sum() ** -0.5)):
            raise _wrong(scale, board)
        return
    shares = np.array([_share(sighting) for sighting in sightings if sighting.boards == 1])
    if len(shares) >= FEW:
        middle = float(np.median(shares))
        if abs(middle - 1) > PLAIN_WRONG and np.ptp(shares) < ALIKE * abs(middle - 1):
            raise _wrong(middle, board)


def _wrong(scale: float, board: Board) -> UsageError:
    return UsageError(
        "the boards have another size than their file says",
        where=str(board.path),
        expected=f"squares of {1000 * board.square_m:.4g} mm",
        found=f"squares that look like {1000 * board.square_m * scale:.4g} mm",
        hint="measure ten squares of the print: printers scale pages to fit; or is a lens not as in the store file?",
    )


def _scale(sighting: Sighting, board: Board) -> tuple[float, float] | None:
    """Return by how much a camera's boards are larger than their file says, and its standard deviation.

    Returns:
        None where no size makes them fit: then something else is wrong.
    """
    camera, scale, sd, noise = sighting.after, 1.0, np.inf, np.inf
    for _ in range(STEPS):
        rows, errors = _equations(camera, sighting.views, board, scale)
        if not len(rows):
            return None
        step: Floats = np.linalg.lstsq(rows, errors, rcond=None)[0].astype(np.float64)
        scale += float(np.clip(step[6], -0.2, 0.2))
        camera = replace(camera, pose=stepped(camera.pose, step[:6]))
        noise = float(np.sqrt(max((errors**2).mean(), 0.01)))
        sd = noise * float(np.sqrt(np.linalg.pinv(rows.T @ rows)[6, 6]))
    return (scale, sd) if noise < GOOD_PX and sd < 1 else None


def _equations(camera: CameraInfo, views: tuple[View, ...], board: Board, scale: float) -> tuple[Floats, Floats]:
    """Return how corners move with pose and size (2 N, 7), and how far they are off (2 N,)."""
    rows, errors = [np.zeros((0, 7))], [np.zeros(0)]
    for view in views:
        assert view.copy.pose is not None
        flat = board.corners()[view.corners] @ view.copy.pose.rotation.T
        shown = project(camera, np.asarray(view.copy.pose.position) + scale * flat)
        if not shown.ahead.all():
            return np.zeros((0, 7)), np.zeros(0)
        grows = np.einsum("nij,nj->ni", shown.of_point, flat)
        rows.append(np.concatenate([shown.of_pose, grows[..., None]], axis=2).reshape(-1, 7))
        errors.append((view.pixels - shown.pixels).ravel())
    return np.concatenate(rows), np.concatenate(errors)


def _share(sighting: Sighting) -> float:
    """Return the size that would put a camera as far from its one board as the file has it."""
    pose = sighting.views[0].copy.pose
    assert pose is not None
    before, after = (np.subtract(c.pose.position, pose.position) for c in (sighting.before, sighting.after))
    return float(np.linalg.norm(before)) / max(float(np.linalg.norm(after)), 1e-9)
