"""ChArUco boards as calibration uses them: pattern, corners, and where each copy hangs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from contracts.document import Document
from contracts.errors import BadFile
from contracts.geometry import Floats, Pose
from contracts.yamlfile import check_model, raise_all, read_document
from rig.storekit.calibrate.board_model import FLAT, BoardFile, HungFile

SURVEY_M = 0.005
"""Surveyed corners may miss the board's shape by so much."""


@dataclass(frozen=True, slots=True)
class Hung:
    """One copy of a board.

    Args:
        name: of the copy.
        first_marker: number of its first marker.
        pose: world from the board's frame: origin in its middle, x to the right and y down as one reads it, z into
            it; None for one that is moved about by hand.
    """

    name: str
    first_marker: int
    pose: Pose | None


@dataclass(frozen=True, slots=True)
class Board:
    """A kind of board and its copies.

    Args:
        path: the file that says so.
        squares: across, down.
        square_m: side of a square.
        marker_m: side of a marker.
        dictionary: name of the markers' dictionary.
        copies: where they hang, in the order of the file.
    """

    path: Path
    squares: tuple[int, int]
    square_m: float
    marker_m: float
    dictionary: str
    copies: tuple[Hung, ...]

    @property
    def size_m(self) -> tuple[float, float]:
        """Width and height of the chessboard."""
        return self.squares[0] * self.square_m, self.squares[1] * self.square_m

    @property
    def markers(self) -> int:
        """How many markers one copy has."""
        return self.squares[0] * self.squares[1] // 2

    def numbers(self, copy: Hung) -> range:
        """Return the numbers of a copy's markers."""
        return range(copy.first_marker, copy.first_marker + self.markers)

    def pattern(self, copy: Hung) -> Any:
        """Return a copy as OpenCV's `CharucoBoard`."""
        known = cv2.aruco.getPredefinedDictionary(getattr(cv2.aruco, f"DICT_{self.dictionary}"))
        ids = np.array(self.numbers(copy), np.int32)
        return cv2.aruco.CharucoBoard(self.squares, self.square_m, self.marker_m, known, ids)

    def corners(self) -> Floats:
        """Return the inner corners (N, 3) in a board's frame, row by row, as OpenCV numbers them."""
        across, down = self.squares
        y, x = np.mgrid[1:down, 1:across]
        flat = np.stack([x - across / 2, y - down / 2, np.zeros(x.shape)], axis=-1)
        return np.asarray(flat.reshape(-1, 3) * self.square_m, float)


def load_board(path: Path) -> Board:
    """Read and check a board file.

    Raises:
        BadFile: for everything that is wrong with it, line by line.
    """
    document = read_document(path)
    file = check_model(document, BoardFile)
    raise_all(list(_complaints(document, file)))
    copies = tuple(Hung(name, hung.first_marker, _pose(hung)) for name, hung in file.boards.items())
    return Board(path, file.squares, file.square_m, file.marker_m, file.dictionary, copies)


def _complaints(document: Document, file: BoardFile) -> Iterator[BadFile]:
    known = cv2.aruco.getPredefinedDictionary(getattr(cv2.aruco, f"DICT_{file.dictionary}"))
    most = len(known.bytesList)
    for name, hung in file.boards.items():
        last = hung.first_marker + file.markers - 1
        if last >= most:
            yield document.bad(
                "the dictionary has too few markers for this board",
                "boards",
                name,
                expected=f"markers up to {most - 1}",
                found=f"{hung.first_marker} to {last}",
                hint="take a dictionary with more markers, or fewer and larger squares",
            )
        if hung.corners is not None:
            yield from _misshapen(document, file, name, np.array(hung.corners))
        if hung.faces is not None and np.linalg.norm(np.cross(hung.faces, _top(hung))) < 1e-6:
            yield document.bad("`top` and `faces` are one direction", "boards", name, found=str(hung.faces))


def _misshapen(document: Document, file: BoardFile, name: str, corners: Floats) -> Iterator[BadFile]:
    """Yield a complaint when surveyed corners are not those of this board: its size is wrong, or a point is."""
    off = np.linalg.norm(_laid(corners).apply(_outer(file)) - corners, axis=1).max()
    if off > SURVEY_M:
        sides = np.linalg.norm(corners - np.roll(corners, -1, axis=0), axis=1)
        across, down = (n * file.square_m for n in file.squares)
        yield document.bad(
            "the surveyed corners are not those of this board",
            "boards",
            name,
            "corners",
            expected=f"sides of {across:.4g}, {down:.4g}, {across:.4g}, {down:.4g} m, to {SURVEY_M * 1000:g} mm",
            found=", ".join(f"{side:.4g}" for side in sides) + " m",
            hint="measure a square on the print; the order is top left, top right, bottom right, bottom left",
        )


def _pose(hung: HungFile) -> Pose | None:
    if hung.corners is not None:
        return _laid(np.array(hung.corners))
    if hung.at is None or hung.faces is None:
        return None
    into = -np.asarray(hung.faces) / np.linalg.norm(hung.faces)
    right = np.cross(into, _top(hung))
    right /= np.linalg.norm(right)
    return _framed(np.asarray(hung.at), np.stack([right, np.cross(into, right), into], axis=1))


def _top(hung: HungFile) -> Floats:
    if hung.top is not None:
        return np.asarray(hung.top, float)
    faces = np.asarray(hung.faces, float)
    lies = abs(faces[2]) > FLAT * np.linalg.norm(faces)
    return np.array([0.0, 1.0, 0.0] if lies else [0.0, 0.0, 1.0])


def _outer(file: BoardFile) -> Floats:
    """Return the outer corners (4, 3) in the board's frame, top left first and clockwise as one reads it."""
    x, y = (n * file.square_m / 2 for n in file.squares)
    return np.array([[-x, -y, 0], [x, -y, 0], [x, y, 0], [-x, y, 0]])


def _laid(corners: Floats) -> Pose:
    """Return the board's frame of surveyed corners (4, 3): their middle, and the mean directions of their sides."""
    right = corners[1] + corners[2] - corners[0] - corners[3]
    down = corners[2] + corners[3] - corners[0] - corners[1]
    u, _, v = np.linalg.svd(np.stack([right / np.linalg.norm(right), down / np.linalg.norm(down)], axis=1))
    # The nearest two directions that are square to one another.
    both = u[:, :2] @ v
    return _framed(corners.mean(axis=0), np.column_stack([both, np.cross(both[:, 0], both[:, 1])]))


def _framed(middle: Floats, axes: Floats) -> Pose:
    matrix = np.eye(4)
    matrix[:3, :3], matrix[:3, 3] = axes, middle
    return Pose.from_matrix(matrix)
