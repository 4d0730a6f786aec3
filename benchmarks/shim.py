"""How long a device behind a shim takes to answer, beside a bare gRPC echo. Each end is a process of its own."""

from __future__ import annotations

import queue
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import quantiles
from typing import Any

import grpc

from benchmarks.figure import Figure
from contracts.clock import Stopwatch
from contracts.ports import Scanner
from devices.shim.client import Bench

CALLS, WARM, REPEATS = 2000, 300, 5
CALL_MS, EVENT_MS = 0.5, 0.25


def round_trips() -> Iterator[Figure]:
    """Show codes to a scanner (a call) and read them (a stream), in turn with a bare echo of as many bytes."""
    with _served("shim") as address, _served("echo") as bare, Bench(address) as bench, _echo(bare) as echo:
        scanner = bench.ports["scanner-1"]
        assert isinstance(scanner, Scanner)
        acts: dict[str, Callable[[], object]] = {
            "shim_call": lambda: scanner.present(b"5901234123457"),
            "grpc_call": echo[0],
            "shim_event": lambda: _one(scanner),
            "grpc_event": echo[1],
        }
        found: dict[str, list[list[float]]] = {name: [] for name in acts}
        for _ in range(REPEATS):
            for name, act in acts.items():
                found[name].append(_centiles_ms(act))
    yield from _figures(found)


def _figures(found: dict[str, list[list[float]]]) -> Iterator[Figure]:
    targets = {"shim_call": CALL_MS, "shim_event": EVENT_MS}
    notes = {
        "shim_call": "a code shown to a leased scanner, there and back",
        "shim_event": "one scan read from a leased scanner's stream, asked and answered",
        "grpc_call": "the same bytes, unary, to a bare echo",
        "grpc_event": "the same bytes over a bare echo's stream",
    }
    for name, rounds in found.items():
        for part, at in (("p50", 49), ("p99", 98)):
            yield Figure(
                name=f"{name}_{part}_ms",
                unit="ms",
                better="lower",
                values=[centiles[at] for centiles in rounds],
                target=targets.get(name) if part == "p50" else None,
                note=f"{notes[name]}, {part} of {CALLS}, loopback, two processes",
            )


def _one(scanner: Scanner) -> None:
    assert len(scanner.read(0)) == 1


def _centiles_ms(act: Callable[[], object]) -> list[float]:
    """Return the 99 centiles of many calls, in milliseconds."""
    for _ in range(WARM):
        act()
    values = []
    for _ in range(CALLS):
        watch = Stopwatch()
        act()
        values.append(watch.seconds * 1000)
    return quantiles(values, n=100)


@contextmanager
def _echo(address: str) -> Iterator[tuple[Callable[[], object], Callable[[], object]]]:
    """Connect to a bare echo; give a call and an exchange over a stream."""
    with grpc.insecure_channel(address) as channel:
        call = channel.unary_unary("/echo/Call")
        asked: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        stream: Any = channel.stream_stream("/echo/Stream")(iter(asked.get, None))

        def event() -> object:
            asked.put(b"x" * 40)
            return next(stream)

        yield lambda: call(b"x" * 30), event
        asked.put(None)


@contextmanager
def _served(what: str) -> Iterator[str]:
    """Run a server in a process of its own; give its address."""
    command = [sys.executable, "-m", "benchmarks.shim_server", what]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.communicate("\n")
