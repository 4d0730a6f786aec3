"""Corners of ChArUco boards in pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from contracts.errors import UsageError
from contracts.geometry import Floats
from rig.storekit.calibrate.board import Board, Hung
from rig.storekit.calibrate.pictures import Colours, Picture

LEAST_CORNERS = 6
"""A board with fewer corners in sight is left out: its markers may be chance."""
SMALL_PX = 1600
"""Narrower pictures are looked at in double size.

Measured on the twin's pictures of 640 pixels: boards are found from further away, and corners err by 0.17 px instead
of 0.23, nearly without the common shift.
"""


@dataclass(frozen=True, slots=True)
class View:
    """One copy of a board in one picture.

    Args:
        picture: which.
        copy: the board.
        corners: (N,) numbers of the corners, as `Board.corners` has them.
        pixels: (N, 2) where they are; pixel centres at integer + 0.5.
    """

    picture: Picture
    copy: Hung
    corners: np.ndarray[tuple[int, ...], np.dtype[np.int64]]
    pixels: Floats


def find_boards(image: Colours, picture: Picture, board: Board) -> list[View]:
    """Return the copies of a board that a picture shows.

    Args:
        image: (H, W, 3) BGR.
        picture: what it is called: a name that ends in a copy's stands for that one alone.
        board: what to look for.
    """
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    scale = 2 if grey.shape[1] < SMALL_PX else 1
    grey = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC) if scale > 1 else grey
    views = []
    for copy in _looked_for(picture, board):
        detector = cv2.aruco.CharucoDetector(board.pattern(copy))
        pixels, numbers, _, _ = detector.detectBoard(grey)
        if numbers is None or len(numbers) < LEAST_CORNERS:
            continue
        # OpenCV counts from the centre of the first pixel.
        where = (np.asarray(pixels, float).reshape(-1, 2) + 0.5) / scale
        views.append(View(picture, copy, np.asarray(numbers, np.int64).ravel(), where))
    return views


def _looked_for(picture: Picture, board: Board) -> Sequence[Hung]:
    """Return the copies that a picture may show.

    Raises:
        UsageError: two of them have the same markers.
    """
    named = [copy for copy in board.copies if copy.name == picture.about or picture.about.endswith(f"-{copy.name}")]
    wanted = named or list(board.copies)
    owner: dict[int, str] = {}
    for copy in wanted:
        for number in board.numbers(copy):
            if owner.setdefault(number, copy.name) != copy.name:
                raise UsageError(
                    "two boards have the same markers",
                    where=str(picture.path),
                    expected=f"a picture that names its board, as {picture.camera}-{copy.name}.png",
                    found=f"marker {number} on {owner[number]} and {copy.name} of {board.path}",
                    hint="or print boards with a `first_marker` of their own",
                )
    return wanted
