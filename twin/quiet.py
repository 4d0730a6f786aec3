"""Keeps C libraries from greeting on the program's own output."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

_STDOUT, _STDERR = 1, 2


@contextmanager
def silenced() -> Iterator[None]:
    """Send what native code writes meanwhile to nowhere; Python's own prints are flushed first."""
    with ExitStack() as restore:
        for stream, descriptor in ((sys.stdout, _STDOUT), (sys.stderr, _STDERR)):
            stream.flush()
            kept, nowhere = os.dup(descriptor), os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, descriptor)
            os.close(nowhere)
            restore.callback(os.close, kept)
            restore.callback(os.dup2, kept, descriptor)
        yield
