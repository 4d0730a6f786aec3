"""What asks a command to end: Ctrl-C, and the signals by which other programs say the same."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

# A job runner ends a job by the first, a closed terminal sends the second.
ENDING = (signal.SIGTERM, signal.SIGHUP)


@contextmanager
def ended_by_signals() -> Iterator[None]:
    """Let every signal that asks for an end be what Ctrl-C is, so that recordings are closed and devices let go."""
    # Somebody who started us deaf to a signal (nohup) meant it.
    old = {number: signal.getsignal(number) for number in ENDING if signal.getsignal(number) is signal.SIG_DFL}
    for number in old:
        signal.signal(number, _end)
    try:
        yield
    finally:
        for number, handler in old.items():
            signal.signal(number, handler)


def _end(number: int, _: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt(f"by {signal.Signals(number).name}")
