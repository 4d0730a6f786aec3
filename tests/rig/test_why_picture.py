"""Receipt lines as pictures: what is marked is where it was, and what is not there is told."""

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from matplotlib.figure import Figure

from contracts.clock import SECOND
from contracts.records import Frame, ShelfEvent
from contracts.run import RunStart
from rig.judge.story import Story, gather
from rig.recording.reader import Recording
from rig.recording.recorder import Recorder
from rig.view.why.moment import moment_of
from rig.view.why.sights import best_sights
from rig.view.why.stills import draw_still, frames_at
from rig.view.why.trace import draw_trace, traces
from rig.why import Ground, explain_receipts
from tests.rig.kiosk import Here, Made, made


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return made(tmp_path_factory, "first")


@pytest.fixture(scope="module")
def recording(first: Made) -> Recording:
    return first.recording("two")


@pytest.fixture(scope="module")
def story(recording: Recording) -> Story:
    return gather(recording)


@pytest.fixture(scope="module")
def taken(story: Story) -> Ground:
    (explained,) = explain_receipts(story, "ben")
    return explained.reasons[0].grounds[0]


@pytest.fixture(scope="module")
def blind(recording: Recording, tmp_path_factory: pytest.TempPathFactory) -> Recording:
    """The same run with neither frames nor weights."""
    path = tmp_path_factory.mktemp("blind") / "two.mcap"
    kept = [topic for topic in recording.topics() if not topic.startswith(("/camera/", "/weights/"))]
    with Recorder(path, recording.start) as recorder:
        recorder.write(record for record in recording.records(kept) if not isinstance(record, RunStart))
    return Recording(path)


def texts(figure: Figure) -> str:
    return "\n".join(t.get_text() for t in figure.findobj() if hasattr(t, "get_text"))


def test_every_receipt_and_every_change_gets_its_picture(first: Made, tmp_path: Path, capsys) -> None:
    here = Here(capsys)
    code, out, _ = here("why", first.path("two"), "--picture", tmp_path / "new/why.png")
    assert (code, "why.png" in out) == (0, True)
    image = cv2.imread(str(tmp_path / "new/why.png"))
    assert image is not None
    code, _, _ = here("why", first.path("two"), "--event", "e3", "--picture", tmp_path / "one.png")
    one = cv2.imread(str(tmp_path / "one.png"))
    assert code == 0
    assert one is not None
    assert one.shape[1] == image.shape[1] == 1300
    # Two headings and three changes; one heading and one change.
    assert image.shape[0] == pytest.approx(3 * 670 + 2 * 71, abs=4)
    assert one.shape[0] == pytest.approx(670 + 71, abs=4)
    assert image.std() > 30


def test_only_what_was_asked_for(first: Made, taken: Ground, capsys) -> None:
    here = Here(capsys)
    code, out, _ = here("why", first.path("two"), "--line", "aurel-500")
    assert code == 0
    assert "ana in two" in out
    assert "ben" not in out
    assert "e1, " in out
    for arguments, said in [
        (["--line", "aurel-501"], "expected: aurel-500, brume-green-500"),
        (["--event", "e77"], "expected: e1, e2, e3"),
        (["--line", "aurel-500", "--event", taken.change.event], f"--line aurel-500 --event {taken.change.event}"),
        (["--picture", "x.jpg"], "pictures are PNG files"),
    ]:
        code, _, complaint = here("why", first.path("two"), *arguments)
        assert code == 4
        assert said in complaint


def test_the_moment_is_that_of_the_hand_with_the_person_the_stack_believes_in(story: Story, taken: Ground) -> None:
    moment = moment_of(story, taken)
    assert moment.t_ns == taken.change.hand_ns
    assert moment.hand == taken.change.hand
    assert moment.person is not None
    assert moment.person.visit == taken.change.chosen.visit
    assert taken.change.chosen.visit not in {other.visit for other in moment.others}
    assert np.hypot(*np.subtract(moment.person.head[:2], taken.change.hand[:2])) < 1.0


def test_a_reading_that_replaced_another_is_shown_with_the_hand_of_the_first(story: Story, taken: Ground) -> None:
    revised = replace(taken, change=replace(taken.change, hand=None, cameras=(), revises=taken.change.event))
    assert moment_of(story, revised).hand == taken.change.hand
    stranger = replace(taken, change=replace(revised.change, chosen=replace(taken.change.chosen, visit="v99")))
    assert moment_of(story, stranger).hand is None


def test_the_hand_is_in_every_picture_and_the_last_is_depth_of_a_camera_that_the_stack_names(
    story: Story, taken: Ground
) -> None:
    sights = best_sights(story.layout, moment_of(story, taken))
    assert 2 <= len(sights) <= 3
    assert [sight.depth for sight in sights] == [False] * (len(sights) - 1) + [True]
    assert sights[-1].camera.id in taken.change.cameras
    assert [s.score for s in sights[:-1]] == sorted((s.score for s in sights[:-1]), reverse=True)


def test_a_camera_that_looks_elsewhere_shows_nothing(story: Story, taken: Ground) -> None:
    moment = replace(moment_of(story, taken), hand=(-30.0, 0.0, 1.0))
    assert best_sights(story.layout, moment) == ()
    assert best_sights(story.layout, replace(moment, hand=None)) == ()


def test_the_marks_stand_on_the_hand_and_the_head(recording: Recording, story: Story, taken: Ground) -> None:
    moment = moment_of(story, taken)
    sight = best_sights(story.layout, moment)[0]
    frame = frames_at(recording, [sight.camera], moment.t_ns)[sight.camera.id]
    axes = Figure().add_subplot()
    draw_still(axes, sight, frame, moment, "ben")
    assert texts(axes.figure).count("hand") == 1
    assert "ben" in texts(axes.figure)
    camera = sight.camera
    x, y, z = camera.pose.unapply(moment.hand)
    at = (camera.fx * x / z + camera.cx - 0.5, camera.fy * y / z + camera.cy - 0.5)
    assert any(np.allclose(line.get_xydata(), [at]) for line in axes.lines)
    (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
    assert left < at[0] < right
    assert top < at[1] < bottom


def test_the_frame_nearest_to_the_moment_is_taken(recording: Recording) -> None:
    cameras = recording.layout.cameras
    found = frames_at(recording, cameras, 5 * SECOND + 40_000_000)
    assert sorted(found) == ["c1", "c2", "c4"]
    assert all(isinstance(f, Frame) and abs(f.captured_ns - 5.04 * SECOND) <= SECOND / 20 for f in found.values())


def test_the_load_stands_at_zero_before_and_at_what_was_weighed_after(recording: Recording, taken: Ground) -> None:
    event = taken.event
    assert event is not None
    (plate, (seconds, grams)), *_ = traces(recording, recording.layout, event).items()
    before, after = seconds < event.started_ns / SECOND, seconds > event.ended_ns / SECOND + 0.2
    assert plate in event.plates
    assert np.median(grams[before]) == pytest.approx(0, abs=10)
    assert np.median(grams[after]) == pytest.approx(event.deltas_g[event.plates.index(plate)], abs=10)


def test_what_the_recording_lacks_is_told_in_the_picture(
    blind: Recording, taken: Ground, tmp_path: Path, capsys
) -> None:
    story = gather(blind)
    moment = moment_of(story, taken)
    sight = best_sights(blind.layout, moment)[0]
    assert frames_at(blind, [sight.camera], moment.t_ns) == {}
    axes, below = Figure().subplots(2)
    draw_still(axes, sight, None, moment, "ben")
    draw_trace(below, blind, blind.layout, taken.event)
    assert "the recording holds\nno frame" in texts(axes.figure)
    assert "the recording holds no weights of this moment" in texts(axes.figure)
    code, _, _ = Here(capsys)("why", blind.path, "--picture", tmp_path / "why.png")
    assert code == 0


@pytest.mark.parametrize("event", [None, ShelfEvent(t_ns=0, source="stack", event="e1", plates=(), deltas_g=(),
                                                    started_ns=0, ended_ns=SECOND)])  # fmt: skip
def test_a_change_without_plates_has_no_trace(recording: Recording, event: ShelfEvent | None) -> None:
    axes = Figure().add_subplot()
    draw_trace(axes, recording, recording.layout, event)
    assert "no plate weighed this change" in texts(axes.figure)
