"""Messages of two runs, byte for byte: the first that differs, in the words of its fields."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from contracts.record import Record
from contracts.records import Frame
from rig.compare.difference import Difference, shown
from rig.compare.names import name_of
from rig.compare.rules import STRICT
from rig.compare.values import first_mismatch
from rig.recording.channels import Entry, record_of

NOTHING = "nothing"


def counts(entry: Entry) -> bool:
    """Whether a message belongs to the run itself, and not to what the rig says of it."""
    return not entry.topic.startswith("/rig/")


def first_of(recorded: Entry | None, now: Entry | None, number: int) -> Difference:
    """Return how two messages differ that stand at one place of two runs; None stands for the end of one."""
    known = [entry for entry in (recorded, now) if entry is not None]
    # Whichever has the earlier place in its run is the one that the other lacks.
    first = min(known, key=lambda entry: (entry.t_ns, entry.seq))
    name, source = _named(first)
    for path, mine, its in _fields(recorded, now):
        return Difference(name, source, first.t_ns, number, path, mine, its)
    return Difference(name, source, first.t_ns, number, "", _whole(recorded), _whole(now))


def _fields(recorded: Entry | None, now: Entry | None) -> Iterator[tuple[str, str, str]]:
    """Yield the fields that differ, most telling first; none where the messages are not of one kind."""
    if recorded is None or now is None or (recorded.topic, recorded.schema) != (now.topic, now.schema):
        return
    mine, its = record_of(recorded), record_of(now)
    if recorded.data != now.data:
        if isinstance(mine, Frame) and isinstance(its, Frame):
            yield from _pixels(mine, its)
        elif mine is not None and its is not None and (found := first_mismatch(mine, its, STRICT, name_of(mine))):
            yield found.path, shown(found.recorded), shown(found.found)
    for name in ("t_ns", "captured_ns", "seq"):
        if getattr(recorded, name) != getattr(now, name):
            yield name, str(getattr(recorded, name)), str(getattr(now, name))
    if recorded.data != now.data:
        yield "data", shown(recorded.data), shown(now.data)


def _pixels(mine: Frame, its: Frame) -> Iterator[tuple[str, str, str]]:
    """Say where two pictures differ first, and by how much in all."""
    for name, a, b in (("image", _image(mine), _image(its)), ("depth_mm", mine.depth_mm, its.depth_mm)):
        if a is None or b is None:
            continue
        if a.shape != b.shape:
            yield name, f"{a.shape}", f"{b.shape}"
            return
        away = np.abs(a.astype(np.int32) - b.astype(np.int32))
        if away.any():
            row, column = (int(v) for v in np.argwhere(away.reshape(*a.shape[:2], -1).any(axis=-1))[0])
            wrong = int(np.count_nonzero(away.reshape(a.shape[0] * a.shape[1], -1).any(axis=-1)))
            told = f" ({wrong} of {a.shape[0] * a.shape[1]} pixels differ, by {int(away.max())} at most)"
            yield f"{name}[{row}, {column}]", str(a[row, column].tolist()), str(b[row, column].tolist()) + told


def _image(frame: Frame) -> NDArray[np.uint8] | None:
    """Return a frame's colours (H, W, 3), RGB."""
    if not frame.jpeg:
        return frame.rgb
    image = cv2.imdecode(np.frombuffer(frame.jpeg, np.uint8), cv2.IMREAD_COLOR_RGB)
    return None if image is None else np.asarray(image, np.uint8)


def _named(entry: Entry) -> tuple[str, str]:
    """Return the kind of a message and who sent it."""
    record = record_of(entry)
    if isinstance(record, Record):
        return name_of(record), record.source
    return entry.topic.rpartition("/")[2], entry.topic.split("/")[2]


def _whole(entry: Entry | None) -> str:
    if entry is None:
        return NOTHING
    record = record_of(entry)
    return f"{entry.topic}: {len(entry.data)} bytes" if record is None else shown(record)
