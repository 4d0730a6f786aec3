"""The end of an MCAP file: what it holds, and where."""

from __future__ import annotations

import struct
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import IO

from mcap.data_stream import RecordBuilder
from mcap.opcode import Opcode
from mcap.records import Channel, ChunkIndex, Footer, Schema, Statistics, SummaryOffset

MAGIC = b"\x89MCAP0\r\n"


@dataclass(slots=True)
class Contents:
    """What a file holds.

    Args:
        schemas: in order of their numbers.
        channels: in order of their numbers.
        chunks: where each chunk is.
        messages: how many each channel has.
        first_ns: time of the earliest.
        last_ns: time of the latest.
    """

    schemas: list[Schema] = field(default_factory=list)
    channels: list[Channel] = field(default_factory=list)
    chunks: list[ChunkIndex] = field(default_factory=list)
    messages: Counter[int] = field(default_factory=Counter)
    first_ns: int = 0
    last_ns: int = 0

    def count(self, channel: int, log_time: int) -> None:
        """Take note of one more message."""
        self.first_ns = min(self.first_ns, log_time) if self.messages else log_time
        self.last_ns = max(self.last_ns, log_time)
        self.messages[channel] += 1

    @property
    def statistics(self) -> Statistics:
        """All of it in one record."""
        return Statistics(
            attachment_count=0,
            channel_count=len(self.channels),
            channel_message_counts=dict(self.messages),
            chunk_count=len(self.chunks),
            message_count=self.messages.total(),
            message_end_time=self.last_ns,
            message_start_time=self.first_ns,
            metadata_count=0,
            schema_count=len(self.schemas),
        )


def write_summary(stream: IO[bytes], contents: Contents) -> None:
    """Write the index behind the data, with its checksum.

    Source: MCAP format specification, "Summary Section", "Summary Offset Section" and "Footer".
    """
    start, builder, offsets = stream.tell(), RecordBuilder(), []
    groups: tuple[tuple[Opcode, Sequence[Schema | Channel | Statistics | ChunkIndex]], ...] = (
        (Opcode.SCHEMA, contents.schemas),
        (Opcode.CHANNEL, contents.channels),
        (Opcode.STATISTICS, [contents.statistics]),
        (Opcode.CHUNK_INDEX, contents.chunks),
    )
    for opcode, records in groups:
        before = builder.count
        for record in records:
            record.write(builder)
        offsets.append(SummaryOffset(opcode, start + before, builder.count - before))
    offsets_start = start + builder.count
    for offset in offsets:
        offset.write(builder)
    summary = builder.end()
    head = struct.pack("<BQQQ", Opcode.FOOTER, 8 + 8 + 4, start, offsets_start)
    Footer(start, offsets_start, zlib.crc32(head, zlib.crc32(summary))).write(builder)
    stream.write(summary + builder.end() + MAGIC)
