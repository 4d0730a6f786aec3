"""What is recorded can be read again, also after a cut, and two equal runs have equal digests."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from foxglove_schemas_protobuf.RawImage_pb2 import RawImage

from contracts.errors import BadRecording
from contracts.record import Record
from contracts.records import Frame
from contracts.run import Checkpoint
from rig.recording.reader import Recording
from rig.recording.recorder import Recorder
from rig.recording.redact import redacted
from rig.view.frames import picture_of
from tests.contracts.test_wire import EXAMPLES, plain
from tests.rig.fakes import SETUP, START, FakeSource


def write(path: Path, records: list[Record], seconds: int = 0) -> Recorder:
    recorder = Recorder(path, START)
    for record in [SETUP, *records]:
        recorder.write([record])
        recorder.tick(record.t_ns)
    recorder.close("finished", now_ns=seconds * 10**9)
    return recorder


def stamped(seconds: float) -> list[Record]:
    return [replace(record, seq=index) for index, record in enumerate(FakeSource(seconds).all())]


def test_every_kind_of_record_comes_back(tmp_path: Path) -> None:
    write(tmp_path / "a.mcap", EXAMPLES)
    recording = Recording(tmp_path / "a.mcap")
    back = [r for r in recording.records() if r.source != "rig"]
    assert [plain(r) for r in back] == [plain(redacted(r)) for r in EXAMPLES]
    assert recording.start.seed == 7
    assert recording.end is not None
    assert recording.end.status == "finished"


def test_the_digest_in_the_file_is_the_digest_of_the_file(tmp_path: Path) -> None:
    first = write(tmp_path / "a.mcap", stamped(3))
    write(tmp_path / "b.mcap", stamped(3))
    recording = Recording(tmp_path / "a.mcap")
    checkpoints = [r for r in recording.records(["/rig/checkpoint"]) if isinstance(r, Checkpoint)]
    assert checkpoints[-1].digest == first.digest == recording.digest() == Recording(tmp_path / "b.mcap").digest()
    assert len(checkpoints) == 4
    assert len({c.digest for c in checkpoints}) > 2


def test_one_changed_byte_changes_the_digest(tmp_path: Path) -> None:
    records = stamped(1)
    write(tmp_path / "a.mcap", records)
    frame = next(r for r in records if isinstance(r, Frame))
    write(tmp_path / "b.mcap", [Frame(t_ns=0, source="c1", seq=frame.seq, captured_ns=0, jpeg=b"jpeG"), *records[1:]])
    assert Recording(tmp_path / "a.mcap").digest() != Recording(tmp_path / "b.mcap").digest()


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.8])
def test_a_cut_recording_is_read_up_to_the_cut(tmp_path: Path, kept: float) -> None:
    write(tmp_path / "a.mcap", stamped(20))
    data = (tmp_path / "a.mcap").read_bytes()
    (tmp_path / "cut.mcap").write_bytes(data[: int(len(data) * kept)])
    whole, cut = Recording(tmp_path / "a.mcap"), Recording(tmp_path / "cut.mcap")
    seen = [plain(r) for r in cut.records()]
    assert cut.cut_at
    assert seen == [plain(r) for r in whole.records()][: len(seen)]
    assert len(seen) > kept * 40
    assert cut.end is None


def test_a_file_never_closed_is_read_up_to_the_last_second(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "a.mcap", START)
    for record in stamped(3):
        recorder.write([record])
        recorder.tick(record.t_ns)
    times = [r.t_ns for r in Recording(tmp_path / "a.mcap").records() if isinstance(r, Frame)]
    recorder.close("failed")
    assert times[-1] >= 2_900_000_000


def test_time_ranges_and_channels(tmp_path: Path) -> None:
    write(tmp_path / "a.mcap", stamped(2))
    recording = Recording(tmp_path / "a.mcap")
    some = list(recording.records(["/camera/c1/image", "/camera/c1/depth"], 500_000_000, 800_000_000))
    assert [r.t_ns for r in some] == [500_000_000, 600_000_000, 700_000_000, 800_000_000]
    assert all(isinstance(r, Frame) and r.jpeg and r.depth_mm is not None for r in some)
    stats = {c.topic: c for c in recording.channels()}
    assert stats["/camera/c1/depth"].count == 21
    assert stats["/camera/c1/depth"].rate_hz == pytest.approx(10.0)
    assert stats["/weights/gondola-1"].longest_gap_ns == 200_000_000


def test_what_is_not_a_recording_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.mcap").write_bytes(b"hello, this is not a recording at all" * 10)
    with pytest.raises(BadRecording, match="this is not a recording"):
        Recording(tmp_path / "x.mcap")
    with pytest.raises(BadRecording, match="no such recording"):
        Recording(tmp_path / "y.mcap")
    (tmp_path / "z.mcap").write_bytes(b"")
    with pytest.raises(BadRecording, match="not a recording"):
        Recording(tmp_path / "z.mcap")


def raw_frame(t_ns: int, *, depth: bool) -> Frame:
    rgb = np.random.default_rng(t_ns).integers(0, 256, (3, 4, 3), np.uint8)
    depth_mm = np.full((3, 4), t_ns, np.uint16) if depth else None
    return Frame(t_ns=t_ns, source="c1", seq=t_ns, captured_ns=t_ns, rgb=rgb, depth_mm=depth_mm)


def test_raw_colour_comes_back_as_it_was_beside_frames_of_every_other_kind(tmp_path: Path) -> None:
    bare = Frame(t_ns=4, source="c1", seq=4, captured_ns=4, depth_mm=np.ones((3, 4), np.uint16))
    packed = Frame(t_ns=5, source="c1", seq=5, captured_ns=5, jpeg=b"jpeg")
    frames: list[Record] = [raw_frame(1, depth=True), raw_frame(2, depth=False), raw_frame(3, depth=True), bare, packed]
    write(tmp_path / "a.mcap", frames)
    recording = Recording(tmp_path / "a.mcap")
    assert [plain(r) for r in recording.records() if isinstance(r, Frame)] == [plain(r) for r in frames]
    images = [entry for entry in recording.entries(["/camera/c1/image"]) if entry.schema == "foxglove.RawImage"]
    first = RawImage.FromString(images[0].data)
    assert (first.encoding, first.width, first.height, first.step, len(images)) == ("rgb8", 4, 3, 12, 3)


def test_another_pixel_is_another_digest(tmp_path: Path) -> None:
    frame = raw_frame(1, depth=False)
    assert frame.rgb is not None
    other = frame.rgb.copy()
    other[2, 3, 1] ^= 1
    digests = [
        write(tmp_path / f"{name}.mcap", [replace(frame, rgb=rgb)]).digest
        for name, rgb in (("a", frame.rgb), ("b", np.asfortranarray(frame.rgb)), ("c", other))
    ]
    assert digests[0] == digests[1] != digests[2]


def test_a_raw_frame_is_shown_in_its_own_colours() -> None:
    rgb = np.zeros((3, 4, 3), np.uint8)
    rgb[..., 0] = 200
    frame = Frame(t_ns=0, source="c1", captured_ns=0, rgb=rgb, depth_mm=np.ones((3, 4), np.uint16))
    assert picture_of(frame)[0, 0].tolist() == [0, 0, 200]
