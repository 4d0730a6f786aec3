"""The work behind `rig store calibrate`: read, find, print, draw, write."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rich.console import Console

from contracts.errors import UsageError
from contracts.layout import CameraInfo
from rig.paths import find_store
from rig.storekit.calibrate.found import Found
from rig.storekit.calibrate.limits import Limits
from rig.view.frames import writing
from twin.store import Store, load_store


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to make of the findings.

    Args:
        output: a store file with the true poses, or None.
        picture: a PNG file, or None.
        as_json: whether to print for programs.
        limits: how far from the file a camera may be.
    """

    output: Path | None
    picture: Path | None
    as_json: bool
    limits: Limits


def print_boards(board: Path, output: Path) -> None:
    """Draw boards to print, and print the names of the files."""
    from rig.storekit.calibrate.board import load_board
    from rig.storekit.calibrate.printing import print_board

    for file in print_board(load_board(board), output):
        _print(str(file))


def by_boards(
    images: Sequence[Path], file: str, board_file: Path, wanted: Wanted, *, rectified: bool, lenses: bool
) -> int:
    """Find cameras by pictures of boards; return 4 when one that saw a board was refused."""
    from rig.storekit.calibrate.board import load_board
    from rig.storekit.calibrate.charuco import Corners, locate, look
    from rig.storekit.calibrate.intrinsics import estimate
    from rig.storekit.calibrate.overlay import draw_found
    from rig.storekit.calibrate.pictures import find_pictures, read_picture

    _png(wanted.picture)
    store = load_store(find_store(file))
    board = load_board(board_file)
    pictures = find_pictures(images, store.layout)
    views = look(pictures, store.layout, board)
    taken = {picture.camera for picture in pictures}
    cameras = [_through(camera, rectified) for camera in store.layout.cameras if camera.colour]
    unclear: dict[str, Found] = {}
    measures: dict[str, dict[str, float]] = {}
    if lenses:
        for number, camera in enumerate(cameras):
            if views[camera.id]:
                lens = estimate(camera, views[camera.id], board)
                cameras[number], measures[camera.id] = lens.camera or camera, lens.measures or {}
                if lens.camera is None:
                    unclear[camera.id] = Found(camera, why=lens.why)
    located = locate(views, cameras, board, store.layout, wanted.limits)
    found = [unclear.get(one.camera.id) or _measured(one, measures.get(one.camera.id, {})) for one in located]
    if not any(views.values()):
        raise UsageError(
            "no picture shows a board",
            where=", ".join(map(str, images)),
            expected=f"{board.squares[0]} x {board.squares[1]} squares, {board.dictionary}",
            found=f"{len(pictures)} pictures of {len(taken)} cameras",
            hint="a marker's module should be 3 pixels or more; is it the right dictionary?",
        )
    _tell(found, wanted, store, lenses=lenses)
    if wanted.picture is not None:
        shown = {p.camera: read_picture(p, store.layout.camera[p.camera]) for p in reversed(pictures)}
        corners = {camera.id: Corners.of(views[camera.id], board) for camera in cameras}
        draw_found(found, shown, corners, store, wanted.picture)
    refused = [one for one in found if one.better is None and views[one.camera.id]]
    return UsageError.exit_code if refused else 0


def _through(camera: CameraInfo, rectified: bool) -> CameraInfo:
    """Return a camera whose pictures are as its lens bends them, unless somebody has rectified them."""
    return replace(camera, distorted=any(camera.distortion) and not rectified)


def _measured(one: Found, more: dict[str, float]) -> Found:
    return replace(one, measures={**one.measures, **more})


def _tell(found: Sequence[Found], wanted: Wanted, store: Store, *, lenses: bool = False) -> None:
    """Print the findings, and write the store file."""
    from rig.storekit.calibrate.report import as_data, as_table, as_text

    if wanted.as_json:
        sys.stdout.write(json.dumps({"store": str(store.path), "cameras": as_data(found)}, indent=2) + "\n")
    else:
        if any(one.better for one in found):
            Console().print(as_table(found))
        for line in as_text(found):
            _print(line)
    if wanted.output is not None:
        _write_corrected(store.path, found, wanted.output, lenses=lenses)


def _write_corrected(path: Path, found: Sequence[Found], output: Path, *, lenses: bool) -> None:
    """Write a store file with true poses, and read it again."""
    from rig.storekit.calibrate.write_back import corrected

    better = {one.camera.id: one.better for one in found if one.better is not None}
    text = corrected(path.read_text(encoding="utf-8"), better, lenses, path)
    with writing(output):
        output.write_text(text, encoding="utf-8")
    load_store(output)


def _png(picture: Path | None) -> None:
    if picture is not None and picture.suffix.lower() != ".png":
        raise UsageError(
            "pictures are PNG files", where="--picture", expected="a name ending in .png", found=str(picture)
        )


def _print(text: str) -> None:
    Console().print(text, soft_wrap=True, highlight=False, markup=False)
