"""The pictures that every kept run gets."""

from __future__ import annotations

from pathlib import Path

from contracts.truth import TruePoses
from rig.judge.story import Story, gather
from rig.recording.reader import Recording
from rig.view.frames import contact_sheet
from rig.view.plan import draw_plan


def draw_pictures(path: Path) -> tuple[Path, ...]:
    """Draw the floor plan and a contact sheet beside a recording.

    Returns:
        The files written: the sheet only when the store has cameras.
    """
    recording = Recording(path)
    story = gather(recording)
    plan, sheet = path.with_name(f"{path.stem}-plan.png"), path.with_name(f"{path.stem}-cameras.png")
    draw_plan(recording, story, plan)
    return (plan, sheet) if contact_sheet(recording, busiest_ns(story), sheet) else (plan,)


def busiest_ns(story: Story) -> int:
    """Return when most people were inside: the moment worth a look."""
    x0, y0, x1, y1 = story.layout.inside_m
    best, when = -1, 0
    for poses in story.all(TruePoses):
        heads = (j.position for person in poses.people for j in person.joints if j.name == "head")
        inside = sum(x0 <= x <= x1 and y0 <= y <= y1 for x, y, _ in heads)
        if inside > best:
            best, when = inside, poses.t_ns
    return when
