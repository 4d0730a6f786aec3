"""Frames in shared memory: what a handle names is what was put, or an error says why not."""

import gc
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from contracts import wire
from contracts.errors import RigFault
from contracts.geometry import Pose
from contracts.layout import CameraInfo, Layout
from contracts.records import Frame
from contracts.shared import writer
from contracts.shared.handle import Handle, Offer
from contracts.shared.plan import SLOTS, plan
from contracts.shared.reader import Segment, attach
from contracts.shared.writer import SharedFrames
from tests.contracts.test_wire import plain

W, H = 31, 7  # no multiple of anything


def camera(name: str, **more: Any) -> CameraInfo:
    return CameraInfo(name, Pose.at(0, 0, 3), W, H, 20.0, 20.0, W / 2, H / 2, **more)


LAYOUT = Layout(
    name="s",
    bounds_m=(0, 0, 1, 1),
    inside_m=(0, 0, 1, 1),
    cameras=(camera("both", depth=True), camera("deep", depth=True, colour=False), camera("seeing")),
)


def shot(source: str, number: int, *, depth: bool = True, rgb: bool = False) -> Frame:
    draw = np.random.default_rng(number)
    return Frame(
        t_ns=number,
        source=source,
        captured_ns=number,
        depth_mm=draw.integers(0, 6000, (H, W), np.uint16) if depth else None,
        rgb=draw.integers(0, 256, (H, W, 3), np.uint8) if rgb else None,
    )


@pytest.fixture
def frames() -> Iterator[SharedFrames]:
    made = SharedFrames(LAYOUT)
    yield made
    made.close()


@pytest.fixture
def segment(frames: SharedFrames) -> Segment:
    return attach(frames.offer)


@pytest.mark.parametrize("read", [Segment.view, Segment.copy])
def test_what_is_put_is_what_is_read(
    frames: SharedFrames, segment: Segment, read: Callable[[Segment, Handle], Any]
) -> None:
    put = [shot("both", 1, rgb=True), shot("deep", 2), shot("seeing", 3, depth=False, rgb=True)]
    handles = [frames.put(frame) for frame in put]
    assert [sorted(found) for found in handles] == [["depth_mm", "rgb"], ["depth_mm"], ["rgb"]]
    for frame, found in zip(put, handles, strict=True):
        for field, handle in found.items():
            array = read(segment, handle)
            assert plain(array) == plain(getattr(frame, field))
            assert handle.offset % 64 == 0
            with pytest.raises(ValueError, match="read-only"):
                array[0] = 0


def test_a_view_shows_the_memory_itself_and_a_copy_does_not(frames: SharedFrames, segment: Segment) -> None:
    (handle,) = frames.put(shot("deep", 1)).values()
    view, copy = segment.view(handle), segment.copy(handle)
    for number in (2, 3):
        frames.put(shot("deep", number))
    assert plain(copy) == plain(shot("deep", 1).depth_mm)
    assert plain(view) == plain(shot("deep", 3).depth_mm)


def test_a_handle_is_good_until_the_next_but_one_frame_of_its_camera(frames: SharedFrames, segment: Segment) -> None:
    (handle,) = frames.put(shot("deep", 1)).values()
    frames.put(shot("deep", 2))
    for number in range(5):
        frames.put(shot("both", number))
    assert plain(segment.view(handle)) == plain(shot("deep", 1).depth_mm)
    frames.put(shot("deep", 3))
    for read in (segment.view, segment.copy, segment.check):
        with pytest.raises(RigFault, match="no longer there") as caught:
            read(handle)
    assert "expected: generation 2" in str(caught.value)
    assert "its slot holds generation 6" in str(caught.value)


def test_what_is_being_written_is_not_read(
    frames: SharedFrames, segment: Segment, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = []

    def interrupted(target: Any, source: Any) -> None:
        for read in (segment.view, segment.copy):
            with pytest.raises(RigFault) as caught:
                read(old)
            said.append(str(caught.value))
        target[:] = source

    (old,) = frames.put(shot("deep", 1)).values()
    frames.put(shot("deep", 2))
    monkeypatch.setattr(writer.np, "copyto", interrupted)
    (new,) = frames.put(shot("deep", 3)).values()
    assert len(said) == 2
    assert all("is being written again" in text for text in said)
    assert new.offset == old.offset
    assert plain(segment.view(new)) == plain(shot("deep", 3).depth_mm)


def test_a_copy_that_was_overtaken_is_refused(frames: SharedFrames) -> None:
    class Slow(Segment):
        def view(self, handle: Handle) -> Any:
            found = super().view(handle)
            for number in (8, 9):
                frames.put(shot("deep", number))
            return found

    mapped = attach(frames.offer)
    (handle,) = frames.put(shot("deep", 1)).values()
    with pytest.raises(RigFault, match="no longer there"):
        Slow(mapped.offer, mapped._memory).copy(handle)


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"segment": "/proc/1/fd/1"}, "of another segment"),
        ({"dtype": "object"}, "nobody sends such an array"),
        ({"dtype": "no type at all"}, "nobody sends such an array"),
        ({"dtype": "uint8"}, "does not agree with itself"),
        ({"shape": (H, W + 1)}, "does not agree with itself"),
        ({"shape": (0, W), "size": 0}, "does not agree with itself"),
        ({"size": 1 << 60, "shape": (1 << 59,)}, "outside of the segment"),
        ({"offset": 1 << 62}, "outside of the segment"),
        ({"offset": 64}, "outside of the segment"),
        ({"offset": 129}, "outside of the segment"),
        ({"generation": 0}, "no frame has such a generation"),
        ({"generation": 3}, "no frame has such a generation"),
        ({"generation": 4}, "no longer there"),
    ],
)
def test_a_malformed_handle_is_refused(frames: SharedFrames, segment: Segment, wrong: dict[str, Any], why: str) -> None:
    (handle,) = frames.put(shot("deep", 1)).values()
    with pytest.raises(RigFault, match=why) as caught:
        segment.view(replace(handle, **wrong))
    assert "expected:" in str(caught.value)
    assert "found:" in str(caught.value)


def test_the_last_slot_ends_within_the_segment(frames: SharedFrames, segment: Segment) -> None:
    for number in range(SLOTS):
        (handle,) = frames.put(shot("seeing", number, depth=False, rgb=True)).values()
        assert segment.view(handle).nbytes == handle.size
    with pytest.raises(RigFault, match="outside of the segment"):
        segment.view(replace(handle, offset=frames.offer.size // 64 * 64))


@pytest.mark.parametrize(
    "frame",
    [
        Frame(t_ns=0, source="both", captured_ns=0, jpeg=b"jpeg"),
        shot("nobody", 1),
        shot("seeing", 1),
        shot("deep", 1, depth=False, rgb=True),
        Frame(t_ns=0, source="deep", captured_ns=0, depth_mm=np.ones((H + 1, W), np.uint16)),
        Frame(t_ns=0, source="deep", captured_ns=0, depth_mm=np.ones((H, W), np.uint8)),  # type: ignore[arg-type]
        Frame(t_ns=0, source="deep", captured_ns=0, depth_mm=np.ones((0, W), np.uint16)),
    ],
)
def test_what_has_no_slot_has_no_handle(frames: SharedFrames, frame: Frame) -> None:
    assert frames.put(frame) == {}


def test_an_array_in_any_order_of_bytes_in_memory(frames: SharedFrames, segment: Segment) -> None:
    turned = np.asfortranarray(shot("deep", 1).depth_mm)
    (handle,) = frames.put(Frame(t_ns=0, source="deep", captured_ns=0, depth_mm=turned)).values()
    assert plain(segment.view(handle)) == plain(np.ascontiguousarray(turned))


def test_slots_do_not_overlap() -> None:
    found = plan(LAYOUT)
    spans = sorted((o - 64, o + found.room[picture]) for picture, slots in found.slots.items() for o in slots)
    assert spans[0][0] >= 64
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    assert spans[-1][1] <= found.size


def test_a_frame_whose_arrays_are_handles_survives_the_wire(frames: SharedFrames, segment: Segment) -> None:
    frame = replace(shot("both", 1, rgb=True), seq=4)
    as_handles = wire.wrap_sensor(frame, frames.put(frame))
    assert as_handles.ByteSize() < 200
    (back,) = wire.SharedWire(segment).unwrap([as_handles])
    assert plain(back) == plain(frame)
    (back,) = wire.SharedWire(segment).unwrap([wire.wrap_sensor(frame)])
    assert plain(back) == plain(frame)
    with pytest.raises(RigFault, match="no segment is mapped here"):
        wire.unwrap([as_handles])


def test_a_mapping_outlives_its_writer_and_nobody_maps_it_later(segment: Segment, frames: SharedFrames) -> None:
    (handle,) = frames.put(shot("deep", 1)).values()
    frames.close()
    frames.close()
    assert plain(segment.view(handle)) == plain(shot("deep", 1).depth_mm)
    with pytest.raises(RigFault, match="cannot be mapped"):
        attach(frames.offer)


def test_a_put_that_is_interrupted_does_not_keep_it_from_closing(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(target: Any, source: Any) -> None:
        raise KeyboardInterrupt

    frames = SharedFrames(LAYOUT)
    with monkeypatch.context() as patch:
        patch.setattr(writer.np, "copyto", interrupted)
        with pytest.raises(KeyboardInterrupt) as caught:
            frames.put(shot("deep", 1))
        frames.close()
    assert caught.traceback


def test_a_reader_may_close_while_somebody_still_looks(frames: SharedFrames, segment: Segment) -> None:
    (handle,) = frames.put(shot("deep", 1)).values()
    view = segment.view(handle)
    segment.close()
    segment.close()
    assert plain(view) == plain(shot("deep", 1).depth_mm)


def test_nothing_stays_open() -> None:
    here = Path("/proc/self/fd")
    gc.collect()  # what tests before this one left behind must not go meanwhile
    gc.disable()
    try:
        before = {each.name for each in here.iterdir()}
        for _ in range(3):
            made = SharedFrames(LAYOUT)
            attach(made.offer).close()
            made.close()
        assert {each.name for each in here.iterdir()} <= before
    finally:
        gc.enable()


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"path": "/proc/self/fd/0"}, "not a path of the form"),
        ({"path": "/dev/zero"}, "not a path of the form"),
        ({"path": "/proc/1000000000/fd/3"}, "No such file"),
        ({"size": 4096}, "not a segment of 4096 bytes"),
        ({"size": 0}, "not a segment of 0 bytes"),
        ({"size": 1 << 70}, "not a segment"),
        ({"token": b"x" * 16}, "somebody else's memory"),
    ],
)
def test_an_offer_that_is_not_what_it_says_is_not_mapped(frames: SharedFrames, wrong: dict[str, Any], why: str) -> None:
    with pytest.raises(RigFault, match=why):
        attach(replace(frames.offer, **wrong))


def test_memory_that_could_be_cut_away_under_the_reader_is_not_mapped(tmp_path: Path) -> None:
    with (tmp_path / "file").open("wb+") as file:
        file.truncate(64)
        with pytest.raises(RigFault, match="cannot be mapped"):
            attach(Offer(f"/proc/{os.getpid()}/fd/{file.fileno()}", 64, bytes(16)))
    loose = os.memfd_create("loose", os.MFD_ALLOW_SEALING)
    os.ftruncate(loose, 64)
    with pytest.raises(RigFault, match="not sealed"):
        attach(Offer(f"/proc/{os.getpid()}/fd/{loose}", 64, bytes(16)))
    os.close(loose)


def test_frames_put_together_are_where_they_are_put_one_by_one(frames: SharedFrames, segment: Segment) -> None:
    shots = [shot("deep", 1), shot("both", 2), shot("seeing", 3, depth=False, rgb=True)]
    for together in (shots, shots[:1], [], [shots[0], shots[1], shots[0]]):
        for taken, handles in zip(together, frames.put_all(together), strict=True):
            assert set(handles) == {field for field in ("depth_mm", "rgb") if getattr(taken, field) is not None}
            for field, handle in handles.items():
                assert np.array_equal(segment.view(handle), getattr(taken, field))
