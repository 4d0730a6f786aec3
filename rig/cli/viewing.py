"""`rig view`: a camera's frame, or the floor plan."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from contracts.clock import SECOND
from contracts.errors import UsageError
from rig.judge.story import gather
from rig.recording.reader import Recording
from rig.view import contact_sheet, draw_plan, frame_picture
from rig.view.pictures import busiest_ns

# A day: nobody has a recording that is longer.
LONGEST_S = 86_400.0


def view_recording(path: Path, output: Path, *, at_s: float | None, camera: str) -> None:
    """Write one picture of a recording."""
    if output.suffix.lower() != ".png":
        raise UsageError("pictures are PNG files", where="-o", expected="a name ending in .png", found=str(output))
    at_ns = None if at_s is None else _time_ns(at_s)
    recording = Recording(path)
    if camera:
        frame = frame_picture(recording, camera, busiest_ns(gather(recording)) if at_ns is None else at_ns, output)
        Console().print(f"{output}: {camera} at {frame.captured_ns / SECOND:.2f} s", soft_wrap=True)
    elif at_ns is not None:
        if not contact_sheet(recording, at_ns, output):
            raise UsageError(
                "no camera took a frame there",
                where=f"--at {at_s:g}",
                expected="a time within the run",
                hint="rig inspect lists the channels",
            )
        Console().print(f"{output}: all cameras at {at_ns / SECOND:.2f} s", soft_wrap=True)
    else:
        draw_plan(recording, gather(recording), output)
        Console().print(f"{output}: floor plan", soft_wrap=True)


def _time_ns(seconds: float) -> int:
    """Return a time of the command line in nanoseconds."""
    if not 0 <= seconds <= LONGEST_S:
        raise UsageError("no run has such a time", where="--at", expected="seconds from 0 on", found=f"{seconds:g}")
    return round(seconds * SECOND)
