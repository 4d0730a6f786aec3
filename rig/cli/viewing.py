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


def view_recording(path: Path, output: Path, *, at_s: float | None, camera: str) -> None:
    """Write one picture of a recording."""
    if output.suffix.lower() != ".png":
        raise UsageError("pictures are PNG files", where="-o", expected="a name ending in .png", found=str(output))
    recording = Recording(path)
    if camera:
        story_ns = busiest_ns(gather(recording)) if at_s is None else round(at_s * SECOND)
        frame = frame_picture(recording, camera, story_ns, output)
        Console().print(f"{output}: {camera} at {frame.captured_ns / SECOND:.2f} s", soft_wrap=True)
    elif at_s is not None:
        if not contact_sheet(recording, round(at_s * SECOND), output):
            raise UsageError("no camera took a frame there", where=f"--at {at_s:g}", hint="rig inspect lists channels")
        Console().print(f"{output}: all cameras at {at_s:.2f} s", soft_wrap=True)
    else:
        draw_plan(recording, gather(recording), output)
        Console().print(f"{output}: floor plan", soft_wrap=True)
