"""Camera frames out of a recording, as PNG files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from contracts.clock import SECOND
from contracts.errors import RigFault, UsageError
from contracts.records import Frame
from rig.recording.reader import Recording

# Depth pictures show this range, near bright, far dark: a ceiling camera sees heads at 1 m and the floor at 3 m.
FAR_MM = 3500
SHEET_COLUMNS = 4
SHEET_WIDTH = 320
# A frame is looked for this far back from the time asked for: slow cameras take one a second.
BACK_NS = 2 * SECOND


def frame_picture(recording: Recording, camera: str, at_ns: int, output: Path) -> Frame:
    """Write the last frame that a camera took up to a time.

    Args:
        recording: where from.
        camera: camera id.
        at_ns: capture time wanted.
        output: PNG file.

    Returns:
        The frame that was written.

    Raises:
        UsageError: no such camera, or no frame there.
    """
    frame = find_frame(recording, camera, at_ns)
    write_png(output, picture_of(frame))
    return frame


def find_frame(recording: Recording, camera: str, at_ns: int) -> Frame:
    """Return the last frame that a camera took up to a time."""
    known = sorted(recording.layout.camera)
    if camera not in known:
        raise UsageError("no such camera", where="--camera", expected=", ".join(known) or "a camera", found=camera)
    if at_ns < 0:
        raise UsageError("a run begins at 0 s", where="--at", expected="0 or more", found=f"{at_ns / SECOND:g} s")
    topics = [f"/camera/{camera}/image", f"/camera/{camera}/depth"]
    latency_ns = recording.layout.camera[camera].latency_ns
    found: Frame | None = None
    for record in recording.records(topics, max(0, at_ns - BACK_NS), at_ns + latency_ns):
        if isinstance(record, Frame) and record.captured_ns <= at_ns:
            found = record
    if found is None:
        raise UsageError(
            f"camera {camera} took no frame there",
            where=str(recording.path),
            expected=f"a frame in the {BACK_NS // SECOND} s before {at_ns / SECOND:.2f} s",
            hint="rig inspect shows from when to when each channel reaches",
        )
    return found


def contact_sheet(recording: Recording, at_ns: int, output: Path) -> bool:
    """Write all cameras' frames of one moment as one picture; return False when there are none."""
    tiles = []
    for camera in recording.layout.cameras:
        try:
            image = picture_of(find_frame(recording, camera.id, at_ns))
        except UsageError:
            continue
        height = SHEET_WIDTH * image.shape[0] // image.shape[1]
        tile = cv2.resize(image, (SHEET_WIDTH, height), interpolation=cv2.INTER_AREA)
        _title(tile, f"{camera.id}  {at_ns / SECOND:.1f} s")
        tiles.append(tile)
    if not tiles:
        return False
    write_png(output, _grid(tiles))
    return True


def write_png(output: Path, image: np.ndarray[Any, Any]) -> None:
    """Write a picture.

    Args:
        output: PNG file; its folder is made.
        image: (H, W, 3) uint8 BGR.

    Raises:
        RigFault: the system does not let us.
    """
    data = cv2.imencode(".png", image)[1].tobytes()
    with writing(output):
        output.write_bytes(data)


@contextmanager
def writing(output: Path) -> Iterator[None]:
    """Make a picture's folder, and say which file it was that the system refused.

    Raises:
        RigFault: the folder or the file cannot be written.
    """
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        yield
    except OSError as error:
        raise RigFault(
            "the picture cannot be written",
            where=str(output),
            expected="a file that can be written",
            found=error.strerror or str(error),
            hint="-o names another",
        ) from error


def picture_of(frame: Frame) -> np.ndarray[Any, Any]:
    """Return a frame as (H, W, 3) uint8 BGR: its image, or its depth in false colours."""
    if frame.jpeg:
        return np.asarray(cv2.imdecode(np.frombuffer(frame.jpeg, np.uint8), cv2.IMREAD_COLOR))
    if frame.rgb is not None:
        return np.asarray(cv2.cvtColor(frame.rgb, cv2.COLOR_RGB2BGR))
    depth = frame.depth_mm if frame.depth_mm is not None else np.zeros((1, 1), np.uint16)
    near = np.clip(255 - depth.astype(np.int32) * 255 // FAR_MM, 0, 255).astype(np.uint8)
    coloured = np.asarray(cv2.applyColorMap(near, cv2.COLORMAP_VIRIDIS))
    coloured[depth == 0] = 0
    return coloured


def _title(tile: np.ndarray[Any, Any], text: str) -> None:
    """Write white on a dark bar: readable on any picture."""
    (width, height), _ = cv2.getTextSize(text, cv2.FONT_HERSHEY_SIMPLEX, 0.45, 1)
    cv2.rectangle(tile, (0, 0), (width + 12, height + 10), (40, 40, 40), cv2.FILLED)
    cv2.putText(tile, text, (6, height + 5), cv2.FONT_HERSHEY_SIMPLEX, 0.45, (255, 255, 255), 1, cv2.LINE_AA)


def _grid(tiles: list[np.ndarray[Any, Any]]) -> np.ndarray[Any, Any]:
    height = max(tile.shape[0] for tile in tiles)
    padded = [cv2.copyMakeBorder(t, 0, height - t.shape[0], 0, 0, cv2.BORDER_CONSTANT) for t in tiles]
    columns = min(SHEET_COLUMNS, len(padded))
    while len(padded) % columns:
        padded.append(np.zeros_like(padded[0]))
    rows = [np.hstack(padded[i : i + columns]) for i in range(0, len(padded), columns)]
    return np.vstack(rows)
