"""The index at the end of a recording, and whether it can be trusted."""

from __future__ import annotations

import io
import struct
import zlib
from typing import IO

# The last record of a file: kind, length, where the index starts, where its own offsets start, checksum; the magic.
# Source: MCAP format specification, "Footer".
FOOTER = struct.Struct("<BQQQI8s")
FOOTER_KIND = 0x02
MAGIC = b"\x89MCAP0\r\n"
CHECKSUM_BYTES = 4


def has_sound_index(stream: IO[bytes]) -> bool:
    """Return whether a file was closed in order: it ends in an index that is what was written.

    The library that reads indexes does not check this, and a damaged one would hide messages without a word.

    Args:
        stream: the file; left anywhere.
    """
    size = stream.seek(0, io.SEEK_END)
    if size < FOOTER.size:
        return False
    stream.seek(size - FOOTER.size)
    kind, _, start, _, checksum, magic = FOOTER.unpack(stream.read(FOOTER.size))
    if kind != FOOTER_KIND or magic != MAGIC or not 0 < start < size - FOOTER.size:
        return False
    stream.seek(start)
    covered = size - len(MAGIC) - CHECKSUM_BYTES - start
    return zlib.crc32(stream.read(covered)) == int(checksum)
