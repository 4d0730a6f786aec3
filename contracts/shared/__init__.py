"""Camera frames between processes of one machine: pixels lie in shared memory, messages carry handles.

The writer (`writer.SharedFrames`) owns a segment that has no name in any file system: anonymous memory, which a reader
opens as /proc/PID/fd/N of the writer. When the last of both processes is gone, however it ended, so is the memory;
there is nothing to unlink and nothing to leak. The kernel lets only the same user open it, to read, and root.

    offset 0             "WALKOUT1", then 16 bytes of token, that of the `Offer`
    offset of a handle   the pixels: C order, little endian, aligned to 64 bytes
    64 bytes before it   the slot's generation, uint64, little endian; odd while it is being written

Every camera has two slots for each kind of picture, used in turn. What a handle names is therefore valid until the
next-but-one frame of that camera is written; from then on its generation differs, and the reader says so.
"""
