"""Reads a recording, also one that was cut short: everything before the cut."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from struct import error as StructError  # noqa: N812 - it is a class
from typing import IO

from google.protobuf.message import DecodeError
from mcap.exceptions import McapError
from mcap.reader import NonSeekingReader, SeekingReader
from mcap.records import Channel, Message, Schema
from zstandard import ZstdError

from contracts.errors import BadRecording
from contracts.layout import Layout
from contracts.record import Record
from contracts.records import Frame, Setup
from contracts.run import RunEnd, RunStart
from rig.recording.channels import Entry, record_of
from rig.recording.digest import Digest
from rig.recording.index import has_sound_index

# What a damaged file can raise: the format's own errors, and below them a broken length, block, text or message.
_DAMAGE = (
    McapError,
    ZstdError,
    DecodeError,
    StructError,
    ValueError,
    LookupError,
    ArithmeticError,
    EOFError,
    MemoryError,
    OSError,
)
# A broken length must not be believed: no block of ours comes near this.
MOST_BYTES = 256 << 20


@dataclass(frozen=True, slots=True)
class ChannelStats:
    """What one channel holds.

    Args:
        topic: its name.
        schema: its message.
        count: messages.
        bytes: of message data.
        first_ns: delivery of the first.
        last_ns: delivery of the last.
        longest_gap_ns: the longest time between two.
    """

    topic: str
    schema: str
    count: int
    bytes: int
    first_ns: int
    last_ns: int
    longest_gap_ns: int

    @property
    def rate_hz(self) -> float:
        """Messages a second between the first and the last; 0 for fewer than two."""
        span_ns = self.last_ns - self.first_ns
        return (self.count - 1) * 1e9 / span_ns if span_ns else 0.0


class Recording:
    """A recording on disk.

    Args:
        path: an MCAP file that this rig wrote.
        trusted: whether its index is believed; else it is read from the front, up to the first damage.

    Raises:
        BadRecording: it is missing, is not a recording, or holds nothing.
    """

    def __init__(self, path: Path, *, trusted: bool = True) -> None:
        self.path = path
        self.cut_at = ""
        if not path.is_file():
            raise BadRecording(
                "no such recording", where=str(path), expected="an .mcap file", hint="rig run --record DIR makes one"
            )
        self._topics: tuple[str, ...] | None = None
        self._whole = self._has_index() and trusted

    @property
    def indexed(self) -> bool:
        """Whether the file was closed in order, and its index is believed."""
        return self._whole

    @cached_property
    def start(self) -> RunStart:
        """How the run began."""
        for record in self.records(["/rig/run_start"]):
            if isinstance(record, RunStart):
                return record
        raise BadRecording(
            "the recording has no beginning",
            where=str(self.path),
            expected="a /rig/run_start message",
            found=self.cut_at or "none",
            hint="was this file written by walkout-rig?",
        )

    @cached_property
    def setup(self) -> Setup:
        """The store and the accounts."""
        for record in self.records(["/setup"]):
            if isinstance(record, Setup):
                return record
        raise BadRecording("the recording does not say which store it is of", where=str(self.path), expected="/setup")

    @property
    def layout(self) -> Layout:
        """The store."""
        return self.setup.layout

    @cached_property
    def end(self) -> RunEnd | None:
        """How the run ended; None when the file was cut short."""
        ends = [record for record in self.records(["/rig/run_end"]) if isinstance(record, RunEnd)]
        return ends[-1] if ends else None

    def topics(self) -> tuple[str, ...]:
        """Return the names of all channels; quick when the file was closed in order."""
        if self._topics is None:
            self._topics = tuple(sorted({entry.topic for entry in self.entries()}))
        return self._topics

    def entries(
        self, topics: Iterable[str] | None = None, start_ns: int | None = None, end_ns: int | None = None
    ) -> Iterator[Entry]:
        """Yield messages in the order written.

        Args:
            topics: channels wanted; None for all.
            start_ns: first delivery time wanted.
            end_ns: last delivery time wanted.
        """
        wanted = None if topics is None else list(topics)
        with self.path.open("rb") as stream:
            try:
                for schema, channel, message in self._messages(stream, wanted, start_ns, end_ns):
                    yield _entry(schema, channel, message)
            except _DAMAGE as error:
                if self._whole:
                    raise self._damaged(error) from error
                self.cut_at = f"{type(error).__name__}: {error}"

    def records(
        self, topics: Iterable[str] | None = None, start_ns: int | None = None, end_ns: int | None = None
    ) -> Iterator[Record]:
        """Yield records in the order written; arguments as for `entries`."""
        held: Frame | None = None
        for entry in self.entries(topics, start_ns, end_ns):
            record = self._record(entry)
            if record is None:
                continue
            if held is not None:
                whole = _join(held, record)
                yield whole or held
                held = None
                if whole:
                    continue
            if isinstance(record, Frame) and _has_image(record):
                held = record
            else:
                yield record
        if held is not None:
            yield held

    def digest(self) -> str:
        """Return the digest of all messages, computed from the file."""
        digest = Digest()
        for entry in self.entries():
            digest.add(entry)
        return digest.hex

    def channels(self) -> tuple[ChannelStats, ...]:
        """Return what every channel holds, by name."""
        stats: dict[str, ChannelStats] = {}
        for entry in self.entries():
            old = stats.get(entry.topic)
            if old is None:
                size, t_ns = len(entry.data), entry.t_ns
                stats[entry.topic] = ChannelStats(entry.topic, entry.schema, 1, size, t_ns, t_ns, 0)
            else:
                stats[entry.topic] = replace(
                    old,
                    count=old.count + 1,
                    bytes=old.bytes + len(entry.data),
                    last_ns=entry.t_ns,
                    longest_gap_ns=max(old.longest_gap_ns, entry.t_ns - old.last_ns),
                )
        return tuple(stats[topic] for topic in sorted(stats))

    def _messages(
        self, stream: IO[bytes], topics: list[str] | None, start_ns: int | None, end_ns: int | None
    ) -> Iterator[tuple[Schema | None, Channel, Message]]:
        kind = SeekingReader if self._whole else NonSeekingReader
        reader = kind(stream, validate_crcs=True, record_size_limit=MOST_BYTES)
        yield from reader.iter_messages(topics, log_time_order=False, starting_at=start_ns, ending_at=end_ns)

    def _record(self, entry: Entry) -> Record | None:
        try:
            return record_of(entry)
        except _DAMAGE as error:
            raise self._damaged(error, f" at {entry.t_ns / 1e9:.3f} s on {entry.topic}") from error

    def _damaged(self, error: Exception, place: str = "") -> BadRecording:
        return BadRecording(
            f"the recording is damaged{place}",
            where=str(self.path),
            expected="what this version of walkout-rig wrote",
            found=f"{type(error).__name__}: {error}",
            hint="take another copy of the file, or make the recording again",
        )

    def _has_index(self) -> bool:
        """Tell a file that was closed in order from one that was cut; refuse anything else."""
        with self.path.open("rb") as stream:
            try:
                NonSeekingReader(stream, record_size_limit=MOST_BYTES).get_header()
            except _DAMAGE as problem:
                raise BadRecording(
                    "this is not a recording",
                    where=str(self.path),
                    expected="an MCAP file",
                    found=f"{type(problem).__name__}: {problem}",
                    hint="rig run --record DIR makes one",
                ) from problem
            return has_sound_index(stream)


def _entry(schema: Schema | None, channel: Channel, message: Message) -> Entry:
    name = schema.name if schema else ""
    return Entry(channel.topic, name, message.log_time, message.publish_time, message.sequence, bytes(message.data))


def _join(image: Frame, depth: Record) -> Frame | None:
    """Return the whole frame when the second message is the depth of the same shot."""
    if isinstance(depth, Frame) and not _has_image(depth) and (depth.source, depth.seq) == (image.source, image.seq):
        return replace(image, depth_mm=depth.depth_mm)
    return None


def _has_image(frame: Frame) -> bool:
    return bool(frame.jpeg) or frame.rgb is not None
