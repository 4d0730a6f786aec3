"""Anonymous memory of this process, and that of another mapped to read: the only place that asks the system.

Linux alone has it (`memfd_create`); elsewhere `create` raises OSError, and frames go as bytes.
"""

from __future__ import annotations

import errno
import mmap
import os
import re
import stat
import sys


def create(size: int) -> tuple[mmap.mmap, int]:
    """Return new memory, all zeros, and its descriptor: the path to it is /proc/PID/fd/DESCRIPTOR.

    Raises:
        OSError: the system has no such memory, or no more.
    """
    if sys.platform != "linux":
        raise OSError(errno.ENOSYS, "no anonymous files on this system")
    import fcntl  # not everywhere

    descriptor = os.memfd_create("walkout-frames", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    try:
        os.ftruncate(descriptor, size)
        os.fchmod(descriptor, 0o400)  # others may only read
        # Whoever has mapped it can rely on its size: memory cut away under a reader would kill the reader.
        fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SEAL)
        return mmap.mmap(descriptor, size), descriptor
    except BaseException:
        os.close(descriptor)
        raise


def open_to_read(path: str, size: int) -> mmap.mmap:
    """Return another process's memory, mapped to read.

    Raises:
        OSError: it cannot be opened, or is not what `create` makes in this size.
    """
    if sys.platform != "linux":
        raise OSError(errno.ENOSYS, "no anonymous files on this system")
    import fcntl  # not everywhere

    if not re.fullmatch(r"/proc/[0-9]+/fd/[0-9]+", path):
        raise OSError(errno.EINVAL, "not a path of the form /proc/PID/fd/N")
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)  # a pipe must not hold us up
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode) or found.st_size != size:
            raise OSError(errno.EINVAL, f"not a segment of {size} bytes")
        if not fcntl.fcntl(descriptor, fcntl.F_GET_SEALS) & fcntl.F_SEAL_SHRINK:
            raise OSError(errno.EINVAL, "not sealed against shrinking")
        return mmap.mmap(descriptor, size, prot=mmap.PROT_READ)
    finally:
        os.close(descriptor)
