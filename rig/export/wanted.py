"""What is asked of an export, and the cameras that it goes through."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from contracts.errors import UsageError
from contracts.layout import CameraInfo
from rig.export.shots import Shot, shots
from rig.export.sight import Sight, Thing
from rig.recording.reader import Recording
from rig.rerender.history import History, read_history

FOREVER_NS = 1 << 62


@dataclass(frozen=True, slots=True)
class Look:
    """A shot, and what is to be seen in it.

    Args:
        shot: the frame.
        things: people first.
    """

    shot: Shot
    things: tuple[Thing, ...]


@dataclass(frozen=True)
class Wanted:
    """What goes into a data set.

    Args:
        recording: where from.
        names: cameras; () for all.
        every_ns: the shortest time between two frames; 0 for every frame.
        store: another store file than the recording's script names.
    """

    recording: Recording
    names: tuple[str, ...] = ()
    every_ns: int = 0
    store: Path | None = None

    @property
    def title(self) -> str:
        """What the recording is called, without what has a meaning in names of files."""
        return self.recording.path.stem.replace(".", "-")

    @property
    def cameras(self) -> tuple[CameraInfo, ...]:
        """The cameras wanted.

        Raises:
            UsageError: one of them is not in the store, or there is none.
        """
        known = self.recording.layout.camera
        for name in self.names:
            if name not in known:
                raise UsageError("no such camera", where="--camera", expected=", ".join(known) or "none", found=name)
        topics = {topic.split("/")[2] for topic in self.recording.topics() if topic.startswith("/camera/")}
        seen = tuple(known[name] for name in (self.names or known) if name in topics)
        if not seen:
            raise UsageError("no frame was recorded", where=str(self.recording.path), expected="frames of a camera")
        return seen

    @cached_property
    def history(self) -> History:
        """Where everybody and everything was.

        Raises:
            UsageError: the recording has no truth: it is of a real store.
        """
        return read_history(self.recording, FOREVER_NS)

    def shots(self, camera: CameraInfo) -> Iterator[Shot]:
        """Yield a camera's frames."""
        return shots(self.recording, camera, self.every_ns)

    def looks(self, camera: CameraInfo) -> Iterator[Look]:
        """Yield a camera's frames that something true is known of, with it."""
        sight = Sight(self.recording, camera, self.history, self.store)
        for shot in self.shots(camera):
            if sight.knows(shot.t_ns):
                yield Look(shot, sight.at(shot.t_ns))
