"""Boards drawn at their true size, to print."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from contracts.errors import UsageError
from rig.storekit.calibrate.board import Board, Hung
from rig.view.frames import writing

MARGIN_MM = 15.0
"""White around the chessboard; there the caption stands."""
RULER_MM = 100.0
INCH_MM = 25.4
PNG_DPI = 150
LARGEST_MM = 5000.0
"""Larger boards are a mistake of units; the largest plotters print 1.6 m wide."""


def print_board(board: Board, output: Path) -> tuple[Path, ...]:
    """Write every copy of a board at its true size; return the files: one PDF, or a PNG for each copy.

    Args:
        board: what to draw.
        output: a name that ends in .pdf or .png.

    Raises:
        UsageError: another kind of file, or a board that no printer takes.
    """
    if output.suffix.lower() not in (".pdf", ".png"):
        raise UsageError("boards are PDF or PNG files", where="-o", expected=".pdf or .png", found=str(output))
    if max(board.size_m) * 1000 > LARGEST_MM:
        raise UsageError(
            "no printer takes a board of this size",
            where=str(board.path),
            expected=f"at most {LARGEST_MM / 1000:g} m across; lengths are in metres",
            found=f"{board.size_m[0]:g} x {board.size_m[1]:g} m",
        )
    if output.suffix.lower() == ".pdf":
        return (_write_pdf(board, output),)
    several = len(board.copies) > 1
    files = [output.with_stem(f"{output.stem}-{copy.name}") if several else output for copy in board.copies]
    for copy, file in zip(board.copies, files, strict=True):
        with writing(file):
            _page(board, copy).savefig(file, dpi=PNG_DPI, metadata={"Software": None})
    return tuple(files)


def _write_pdf(board: Board, output: Path) -> Path:
    from matplotlib.backends.backend_pdf import PdfPages

    with writing(output), PdfPages(output, metadata={"CreationDate": None}) as pages:
        for copy in board.copies:
            pages.savefig(_page(board, copy))
    return output


def _page(board: Board, copy: Hung) -> Any:
    """Return a figure of the board's true size with a margin around it."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    width, height = (1000 * side + 2 * MARGIN_MM for side in board.size_m)
    figure = Figure(figsize=(width / INCH_MM, height / INCH_MM), facecolor="white")
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    axes.set(xlim=(0, width), ylim=(height, 0))
    axes.set_axis_off()
    _draw(axes, board, copy)
    _caption(axes, board, copy, height)
    return figure


def _draw(axes: Any, board: Board, copy: Hung) -> None:
    from matplotlib.collections import PatchCollection
    from matplotlib.patches import Rectangle

    black = [Rectangle((MARGIN_MM + x, MARGIN_MM + y), w, h) for x, y, w, h in black_mm(board, copy)]
    # No seams between neighbouring modules.
    axes.add_collection(PatchCollection(black, facecolor="black", edgecolor="none", antialiased=False))


def black_mm(board: Board, copy: Hung) -> Iterator[tuple[float, float, float, float]]:
    """Yield the black parts of a board: x, y, width, height in mm from its top left corner, y downwards."""
    side, marker = 1000 * board.square_m, 1000 * board.marker_m
    known = cv2.aruco.getPredefinedDictionary(getattr(cv2.aruco, f"DICT_{board.dictionary}"))
    cells = known.markerSize + 2
    numbers = iter(board.numbers(copy))
    for row, column in np.ndindex(board.squares[1], board.squares[0]):
        if (row + column) % 2 == 0:
            yield column * side, row * side, side, side
            continue
        picture = cv2.aruco.generateImageMarker(known, next(numbers), cells)
        x, y = column * side + (side - marker) / 2, row * side + (side - marker) / 2
        for i, line in enumerate(picture):
            for first, last in _runs(line):
                module = marker / cells
                yield x + first * module, y + i * module, (last - first) * module, module


def _runs(line: np.ndarray[Any, np.dtype[np.uint8]]) -> Iterator[tuple[int, int]]:
    """Yield first and past-the-last index of each run of black."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], (line == 0).astype(np.int8), [0]])))
    yield from zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)


def _caption(axes: Any, board: Board, copy: Hung, height: float) -> None:
    """Write what it is, and a line of known length to hold a ruler to."""
    numbers = board.numbers(copy)
    text = (
        f"{copy.name}: {board.squares[0]} x {board.squares[1]} squares of {1000 * board.square_m:g} mm, "
        f"markers {1000 * board.marker_m:g} mm, {board.dictionary} {numbers[0]}-{numbers[-1]}; "
        f"print at 100 %; the line is {RULER_MM:g} mm"
    )
    y = height - MARGIN_MM * 0.4
    axes.text(MARGIN_MM, y, text, fontsize=6, va="center")
    axes.plot([MARGIN_MM, MARGIN_MM + RULER_MM], [height - MARGIN_MM * 0.75] * 2, color="black", lw=0.6)
