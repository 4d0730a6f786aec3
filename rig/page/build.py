"""From a recording to its page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from contracts.clock import MILLISECOND
from contracts.errors import RigFault, UsageError
from contracts.layout import Layout
from contracts.record import Record
from rig.judge.judge import judge_story
from rig.judge.story import Story, gather, tell
from rig.judge.whole import with_ending
from rig.page.again import again
from rig.page.ending import ending
from rig.page.html import page
from rig.page.model import Batch, Gatherer
from rig.page.model.head import head_of
from rig.page.pictures import Shots, thinned
from rig.page.pictures.shots import as_batch
from rig.page.topics import topics
from rig.recording.reader import Recording
from rig.scenario import expectation

# Five pictures a second look like a clip; what does not fit the budget is left out.
SHOT_NS = 200 * MILLISECOND
SKIPPED = ("/camera/", "/rig/checkpoint")
BUDGET = 3_900_000
"""Bytes of pictures on a page: with the rest it stays below 5 MB."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a page shows of a recording.

    Args:
        cameras: which; none = the six that see most.
        again: the command that runs it again; "" works it out.
    """

    cameras: tuple[str, ...] = ()
    again: str = ""


def write_page(path: Path, output: Path, look: Look = Look()) -> Path:
    """Write a recording's page.

    Args:
        path: the recording.
        output: HTML file; its folder is made.
        look: what it shows.

    Returns:
        The file.

    Raises:
        RigFault: it cannot be written.
    """
    text = page_of(Recording(path), look)
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise RigFault(
            "the page cannot be written",
            where=str(output),
            expected="a file that can be written",
            found=error.strerror or str(error),
            hint="-o names another",
        ) from error
    return output


def page_of(recording: Recording, look: Look = Look()) -> str:
    """Return a recording's page."""
    start = recording.start
    return page(f"{start.scenario} in {start.store}", [batch_of(recording, look)])


def batch_of(recording: Recording, look: Look = Look()) -> Batch:
    """Return all that a recording's page shows."""
    shots = Shots(SHOT_NS, _known(look.cameras, recording.layout))
    start = recording.start
    head = head_of(start, look.again or again(start))
    gatherer = Gatherer(head, [shots])

    def passing() -> Iterator[Record]:
        """Let every record be seen by the page on its way to the judge: the file is read once."""
        for record in _records(recording, shots):
            gatherer.take([record])
            yield record

    end = _judged(recording, tell(recording.layout, passing()))
    made, shots.made = shots.made, []
    batch = gatherer.drain()
    opens_ms = end["end"]["opens"]  # type: ignore[index]  # a batch is plain data
    batch |= as_batch(thinned(made, BUDGET, opens_ms * MILLISECOND))

    return batch | end


def end_of(recording: Recording) -> Batch:
    """Return what a page says when a run is over: the verdict, and where receipt and truth part."""
    return _judged(recording, gather(recording))


def _judged(recording: Recording, story: Story) -> Batch:
    expect = expectation(recording.start.script)
    return ending(story, with_ending(judge_story(story, expect), recording), expect)


def _records(recording: Recording, shots: Shots) -> Iterator[Record]:
    """Yield everything but the pictures that nobody wants: depth costs most of the time."""
    shots.take(recording.setup)
    colour = {camera.id for camera in recording.layout.cameras if camera.colour}
    pictures = {f"/camera/{c}/{'image' if c in colour else 'depth'}" for c in shots.cameras}
    yield from recording.records(t for t in topics(recording) if t in pictures or not t.startswith(SKIPPED))


def _known(cameras: tuple[str, ...], layout: Layout) -> tuple[str, ...]:
    """Return cameras that the store has.

    Raises:
        UsageError: it has no such camera.
    """
    unknown = [camera for camera in cameras if camera not in layout.camera]
    if unknown:
        known = ", ".join(sorted(layout.camera)) or "a camera"
        raise UsageError("no such camera", where="--camera", expected=known, found=", ".join(unknown))
    return cameras
