"""A data set's folder: made under another name, and there only when it is whole."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from contracts.errors import RigFault, UsageError
from contracts.records import Frame


@contextmanager
def whole(output: Path) -> Iterator[Path]:
    """Lend a folder to write in; it gets its name when all is written, and goes when something goes wrong.

    Raises:
        UsageError: there is something of that name already: two data sets in one folder would be neither.
        RigFault: the system does not let us write.
    """
    if output.exists() and (not output.is_dir() or any(output.iterdir())):
        raise UsageError("there is something already", where="-o", expected="a new folder", found=str(output))
    part = output.with_name(f".{output.name}.{os.getpid()}.part")
    try:
        part.mkdir(parents=True)
        yield part
        part.replace(output)
    except OSError as error:
        raise RigFault(
            "the data set cannot be written", where=str(output), expected="a folder to write in",
            found=error.strerror or str(error), hint="-o names another",
        ) from error  # fmt: skip
    finally:
        shutil.rmtree(part, ignore_errors=True)


def put(path: Path, data: bytes) -> None:
    """Write a file; its folder is made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def put_json(path: Path, data: Any) -> None:
    """Write data as JSON on one line."""
    put(path, (json.dumps(data, separators=(",", ":")) + "\n").encode())


def picture(frame: Frame) -> tuple[str, bytes]:
    """Return the ending and the bytes of a frame's picture: its JPEG as it came, raw colours or only depth as PNG."""
    if frame.jpeg:
        return "jpg", frame.jpeg
    if frame.rgb is not None:
        return "png", _png(frame.rgb[..., ::-1])
    return "png", depth_png(frame)


def depth_png(frame: Frame) -> bytes:
    """Return a frame's depth as a PNG of 16 bits, millimetres, 0 where there is no reading; b"" without depth."""
    return b"" if frame.depth_mm is None else _png(frame.depth_mm)


def _png(pixels: Any) -> bytes:
    return bytes(cv2.imencode(".png", np.ascontiguousarray(pixels))[1].tobytes())
