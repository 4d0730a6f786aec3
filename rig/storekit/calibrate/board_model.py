"""The board file: what a person writes to say which boards hang where, as YAML."""

from __future__ import annotations

from typing import Annotated

import cv2
from pydantic import Field, field_validator, model_validator

from contracts.yamlfile import StrictModel

Positive = Annotated[float, Field(gt=0)]
Point3 = tuple[float, float, float]
FLAT = 0.999
"""Cosine to the vertical from which a board counts as lying."""


class HungFile(StrictModel):
    """One board, and where it was surveyed; without a place it is moved about by hand.

    Args:
        first_marker: number of its first marker: boards that are seen together need markers of their own.
        at: the middle of its chessboard, metres, world.
        faces: world direction that its print looks in, with `at`.
        top: world direction that is up on it, with `at`; +z, or +y for one that lies.
        corners: the surveyed outer corners of its chessboard in place of those three: top left, top right, bottom
            right, bottom left, as one reads it.
    """

    first_marker: Annotated[int, Field(ge=0)] = 0
    at: Point3 | None = None
    faces: Point3 | None = None
    top: Point3 | None = None
    corners: tuple[Point3, Point3, Point3, Point3] | None = None

    @model_validator(mode="after")
    def _one_way(self) -> HungFile:
        if (self.at is None) != (self.faces is None) or (self.at is not None and self.corners is not None):
            raise ValueError("a board hangs `at` a point and `faces` a direction, or has four surveyed `corners`")
        if self.top is not None and self.at is None:
            raise ValueError("`top` goes with `at` and `faces`")
        return self


class BoardFile(StrictModel):
    """A kind of ChArUco board and its copies.

    Args:
        about: one line for people.
        squares: across, down.
        square_m: side of a square, as measured on the print.
        marker_m: side of a marker.
        dictionary: of its markers: "4X4_50", "5X5_100", "APRILTAG_36h11", ...
        boards: copies by name.
    """

    about: str = ""
    squares: tuple[Annotated[int, Field(ge=3, le=100)], Annotated[int, Field(ge=3, le=100)]]
    square_m: Positive
    marker_m: Positive
    dictionary: str
    boards: Annotated[dict[str, HungFile], Field(min_length=1)]

    @field_validator("dictionary")
    @classmethod
    def _known(cls, name: str) -> str:
        if name not in DICTIONARIES:
            raise ValueError(f"no dictionary of that name; there are {', '.join(DICTIONARIES)}")
        return name

    @model_validator(mode="after")
    def _fits(self) -> BoardFile:
        if self.marker_m >= self.square_m:
            raise ValueError("`marker_m` must be less than `square_m`: a marker has white around it")
        return self

    @property
    def markers(self) -> int:
        """How many markers one board has."""
        return self.squares[0] * self.squares[1] // 2


def _dictionaries() -> tuple[str, ...]:
    return tuple(sorted(name.removeprefix("DICT_") for name in dir(cv2.aruco) if name.startswith("DICT_")))


DICTIONARIES = _dictionaries()
"""Names that OpenCV knows."""
