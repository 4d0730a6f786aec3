"""Files of our own writer are read by the format's library, index and all; what the disk refuses is heard of."""

import io
from pathlib import Path

import pytest
from mcap.reader import NonSeekingReader, SeekingReader
from mcap.writer import Writer

from rig.recording.chunks import CHUNK_BYTES, MOST_WAITING, ChunkWriter
from rig.recording.index import has_sound_index

MESSAGES = [(1 + k % 2, 1000 * k, 900 * k, k, bytes([k % 251]) * (20_000 + k)) for k in range(900)]


def write(stream: io.BufferedIOBase | io.BytesIO, flush_every: int = 0) -> None:
    writer = ChunkWriter(stream)  # type: ignore[arg-type]
    writer.start("walkout-rig", "walkout-rig")
    schema = writer.register_schema("a.B", "protobuf", b"about")
    channels = [writer.register_channel(topic, "protobuf", schema) for topic in ("/one", "/two")]
    assert channels == [1, 2]
    for number, (channel, log, publish, sequence, data) in enumerate(MESSAGES):
        writer.add_message(channel_id=channel, log_time=log, data=data, publish_time=publish, sequence=sequence)
        if flush_every and number % flush_every == 0:
            writer.flush()
    writer.finish()


@pytest.mark.parametrize("kind", [SeekingReader, NonSeekingReader])
@pytest.mark.parametrize("flush_every", [0, 50])
def test_the_formats_own_library_reads_it(kind: type[SeekingReader], flush_every: int) -> None:
    stream = io.BytesIO()
    write(stream, flush_every)
    stream.seek(0)
    read = list(kind(stream, validate_crcs=True).iter_messages(log_time_order=False))
    assert [(c.id, m.log_time, m.publish_time, m.sequence, m.data) for _, c, m in read] == MESSAGES
    assert {(s.name, s.data) for s, _, _ in read if s} == {("a.B", b"about")}
    assert [c.topic for _, c, _ in read[:2]] == ["/one", "/two"]


def test_its_index_is_that_of_the_librarys_own_writer() -> None:
    ours, theirs = io.BytesIO(), io.BytesIO()
    write(ours)
    writer = Writer(theirs, chunk_size=CHUNK_BYTES)
    writer.start("walkout-rig", "walkout-rig")
    schema = writer.register_schema("a.B", "protobuf", b"about")
    for topic in ("/one", "/two"):
        writer.register_channel(topic, "protobuf", schema)
    for channel, log, publish, sequence, data in MESSAGES:
        writer.add_message(channel, log, data, publish, sequence)
    writer.finish()
    for stream in (ours, theirs):
        stream.seek(0)
    mine, its = (SeekingReader(stream).get_summary() for stream in (ours, theirs))
    assert mine is not None
    assert its is not None
    assert mine.statistics == its.statistics
    assert mine.channels == its.channels
    assert mine.schemas == its.schemas
    spans = [
        [(c.message_start_time, c.message_end_time, c.uncompressed_size) for c in each.chunk_indexes]
        for each in (mine, its)
    ]
    assert len(spans[0]) > MOST_WAITING
    assert spans[0] == spans[1]


def test_a_time_range_is_found_by_the_index() -> None:
    stream = io.BytesIO()
    write(stream)
    assert has_sound_index(stream)
    stream.seek(0)
    found = SeekingReader(stream).iter_messages(["/two"], starting_at=600_000, ending_at=699_999, log_time_order=False)
    assert [m.log_time for _, _, m in found] == [m[1] for m in MESSAGES if m[0] == 2 and 600_000 <= m[1] < 700_000]


def test_two_files_of_the_same_messages_are_the_same_bytes(tmp_path: Path) -> None:
    for name in "ab":
        with (tmp_path / name).open("wb") as stream:
            write(stream)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


class Full(io.BytesIO):
    """A disk with little room."""

    def write(self, data: object) -> int:
        if self.tell() > 10_000:
            raise OSError(28, "No space left on device")
        return super().write(data)  # type: ignore[arg-type]


def test_a_full_disk_is_heard_of() -> None:
    with pytest.raises(OSError, match="No space left"):
        write(Full(), flush_every=50)
