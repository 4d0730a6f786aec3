"""Programs made of others' OSDP libraries, each with a Python of its own, beside a driver or an emulator of ours."""

import json
import select
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from contracts.clock import MILLISECOND, SECOND, WallClock

HERE = Path(__file__).parent
PEERS = HERE.parents[2] / ".peers"
STEP_NS = 5 * MILLISECOND
PATIENCE_NS = 60 * SECOND


class Peer:
    """A program that works while `work` is called; it ends when its input does."""

    def __init__(self, process: "subprocess.Popen[str]", clock: WallClock, work: Callable[[], object]) -> None:
        self._process, self._clock, self._work = process, clock, work

    def until(self, done: Callable[[], bool], what: str) -> None:
        """Let time pass until something is so."""
        end_ns = self._clock.now_ns + PATIENCE_NS
        while not done():
            assert self._clock.now_ns < end_ns, f"{what}: not within {PATIENCE_NS // SECOND} s"
            self._work()
            self._clock.wait_until(self._clock.now_ns + STEP_NS)

    def pause(self, span_ns: int) -> None:
        """Let time pass."""
        end_ns = self._clock.now_ns + span_ns
        self.until(lambda: self._clock.now_ns >= end_ns, "time")

    def line(self, what: str) -> str:
        """Return the next line that it prints."""
        assert self._process.stdout is not None
        out = self._process.stdout
        self.until(lambda: bool(select.select([out], [], [], 0)[0]), what)
        return out.readline()

    def say(self, text: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(text + "\n")
        self._process.stdin.flush()

    def found(self) -> Any:
        """End its input; return what it prints."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        return json.loads(self.line("what it found"))


@contextmanager
def peer(folder: str, program: str, words: list[str], clock: WallClock, work: Callable[[], object]) -> Iterator[Peer]:
    """Start a program with a peer's own Python, or skip the test."""
    python = PEERS / folder / "bin" / "python"
    if not python.exists():
        pytest.skip(f"{folder} is not installed: run ci/peers")
    command = [str(python), str(HERE / program), *words]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, bufsize=1
    ) as process:
        try:
            yield Peer(process, clock, work)
        finally:
            process.kill()
