"""The work behind `rig store calibrate`: read, find, print, draw, write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from contracts.clock import SECOND
from contracts.errors import UsageError
from contracts.layout import CameraInfo
from rig.paths import find_store
from rig.storekit.calibrate.found import Found
from rig.storekit.calibrate.tell import Wanted, check_png, say, tell
from twin.store import load_store

if TYPE_CHECKING:
    from rig.storekit.calibrate.board import Board
    from rig.storekit.calibrate.detect import View
    from rig.storekit.calibrate.intrinsics import Lens


def print_boards(board: Path, output: Path) -> None:
    """Draw boards to print, and print the names of the files."""
    from rig.storekit.calibrate.board import load_board
    from rig.storekit.calibrate.printing import print_board

    for file in print_board(load_board(board), output):
        say(str(file))


def by_boards(
    images: Sequence[Path], file: str, board_file: Path, wanted: Wanted, *, rectified: bool, lenses: bool
) -> int:
    """Find cameras by pictures of boards; return 4 when one that saw a board was refused, else 0.

    Args:
        images: folders and pictures.
        file: the store: a name or a file.
        board_file: the boards.
        wanted: what to make of the findings.
        rectified: whether the pictures are straight already.
        lenses: whether to estimate lenses too.
    """
    from rig.storekit.calibrate.board import load_board
    from rig.storekit.calibrate.charuco import Corners, locate, look
    from rig.storekit.calibrate.overlay import draw_found
    from rig.storekit.calibrate.pictures import find_pictures, read_picture

    check_png(wanted.picture)
    store, board = load_store(find_store(file)), load_board(board_file)
    pictures = find_pictures(images, store.layout)
    views = look(pictures, store.layout, board)
    if not any(views.values()):
        raise _no_board(images, board, len(pictures))
    cameras = [_through(camera, rectified) for camera in store.layout.cameras if camera.colour]
    found_lenses = _lenses(cameras, views, board) if lenses else {}
    ready = [lens.camera if (lens := found_lenses.get(c.id)) else c for c in cameras]
    placed = {one.camera.id: one for one in locate(views, [c for c in ready if c], board, store.layout, wanted.limits)}
    found = [_with_lens(camera, placed.get(camera.id), found_lenses.get(camera.id)) for camera in cameras]
    tell(found, wanted, store, lenses=lenses)
    if wanted.picture is not None:
        shown = {p.camera: read_picture(p, store.layout.camera[p.camera]) for p in reversed(pictures)}
        corners = {camera.id: Corners.of(views[camera.id], board) for camera in cameras}
        draw_found(found, shown, corners, store, wanted.picture)
    return _outcome([one for one in found if views[one.camera.id]])


def by_depth(path: Path, file: str, from_s: float, lasting_s: float, wanted: Wanted) -> int:
    """Find cameras by the depth of a recording; return 4 when one that measured was refused, else 0.

    Args:
        path: the recording.
        file: the store: a name or a file.
        from_s: where the stretch begins in which nobody is there, seconds.
        lasting_s: how long it lasts, seconds.
        wanted: what to make of the findings.
    """
    from rig.recording.reader import Recording
    from rig.storekit.calibrate.depth import locate
    from rig.storekit.calibrate.overlay import draw_found
    from rig.storekit.calibrate.recorded import read_stills
    from rig.storekit.render import false_colours

    check_png(wanted.picture)
    store = load_store(find_store(file))
    recording = Recording(path)
    cameras = tuple(camera for camera in store.layout.cameras if camera.depth)
    stills = read_stills(recording, cameras, round(from_s * SECOND), round(lasting_s * SECOND))
    found = locate(stills, _as_recorded(cameras, recording.layout.camera), store, wanted.limits)
    tell(found, wanted, store)
    if wanted.picture is not None:
        shown = {id_: false_colours(np.nan_to_num(still.depth_m, nan=np.inf)) for id_, still in stills.items()}
        draw_found(found, shown, {}, store, wanted.picture)
    return _outcome([one for one in found if one.camera.id in stills])


def _as_recorded(cameras: Sequence[CameraInfo], recorded: Mapping[str, CameraInfo]) -> tuple[CameraInfo, ...]:
    """Return cameras whose pictures are as the recording has them: bent by the lens, or rectified."""
    bent = {id_ for id_, camera in recorded.items() if camera.distorted}
    return tuple(replace(camera, distorted=camera.id in bent) for camera in cameras)


def _through(camera: CameraInfo, rectified: bool) -> CameraInfo:
    """Return a camera whose pictures are as its lens bends them, unless somebody has rectified them."""
    return replace(camera, distorted=any(camera.distortion) and not rectified)


def _lenses(cameras: Sequence[CameraInfo], views: Mapping[str, Sequence[View]], board: Board) -> dict[str, Lens]:
    from rig.storekit.calibrate.intrinsics import estimate

    return {camera.id: estimate(camera, views[camera.id], board) for camera in cameras if views[camera.id]}


def _with_lens(camera: CameraInfo, one: Found | None, lens: Lens | None) -> Found:
    """Return a finding with what was found of the lens; without a lens that was asked for, there is none."""
    if one is None:
        return Found(camera, why=lens.why if lens else "")
    return replace(one, measures={**one.measures, **(lens.measures or {})}) if lens else one


def _outcome(tried: Sequence[Found]) -> int:
    return UsageError.exit_code if any(one.better is None for one in tried) else 0


def _no_board(images: Sequence[Path], board: Board, pictures: int) -> UsageError:
    return UsageError(
        "no picture shows a board",
        where=", ".join(map(str, images)),
        expected=f"{board.squares[0]} x {board.squares[1]} squares, {board.dictionary}",
        found=f"{pictures} pictures without one",
        hint="a marker's module should be 3 pixels or more; is it the right dictionary?",
    )
