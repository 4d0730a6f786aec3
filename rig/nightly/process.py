"""One command of a night in a process of its own, and an end to it and all that it started when its time is up."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

KILL_AFTER_S = 20.0
"""A step that is told to end gets so long for it."""


@dataclass(frozen=True, slots=True)
class Done:
    """What a command came to.

    Args:
        code: its exit code; negative for a signal.
        printed: standard output.
        errors: standard error.
        late: whether it was ended because its time was up.
    """

    code: int
    printed: str
    errors: str
    late: bool = False


Execute = Callable[[Sequence[str], Path, float], Done]


def process(command: Sequence[str], folder: Path, within_s: float) -> Done:
    """Run a command in a process; one that takes too long is told to end, and killed if it does not."""
    pipe, late = subprocess.PIPE, False
    # A group of its own: what it has started ends with it.
    with subprocess.Popen(  # noqa: S603  # our own
        command, cwd=folder, stdout=pipe, stderr=pipe, text=True, errors="replace", start_new_session=True
    ) as child:
        try:
            printed, errors = child.communicate(timeout=within_s)
        except subprocess.TimeoutExpired:
            late = True
            printed, errors = _ended(child, signal.SIGTERM)
            errors += f"\nended after {within_s:.0f} s"
        except BaseException:
            _ended(child, signal.SIGINT)
            raise
    return Done(child.returncode, printed, errors, late)


def _ended(child: subprocess.Popen[str], how: signal.Signals) -> tuple[str, str]:
    """End a command and whatever it started; return what it had said."""
    _tell(child, how)
    try:
        return child.communicate(timeout=KILL_AFTER_S)
    except subprocess.TimeoutExpired:
        _tell(child, signal.SIGKILL)
        return child.communicate()
    finally:
        _tell(child, signal.SIGKILL)


def _tell(child: subprocess.Popen[str], how: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.killpg(child.pid, how)
