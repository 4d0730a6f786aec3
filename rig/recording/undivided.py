"""Keeps a write whole when Ctrl-C comes in the middle of it."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@contextmanager
def undivided() -> Iterator[None]:
    """Let signals that end the program wait until the block is done: half a message would spoil the file behind it.

    Only the main thread is ever interrupted by them, so elsewhere there is nothing to do.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    # A handler that was not set from Python reads as None and cannot be put back.
    old = {n: h for n in _ENDING if (h := signal.getsignal(n)) not in (None, signal.SIG_IGN)}
    try:
        for number in old:
            signal.signal(number, lambda n, _: came.append(n))
        yield
    finally:
        for number, handler in old.items():
            signal.signal(number, handler)
        if came:
            signal.raise_signal(came[0])
