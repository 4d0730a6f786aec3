"""`rig devices watch`: what devices report, as it comes."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import ExitStack, closing
from pathlib import Path

from contracts.clock import MILLISECOND, SECOND, WallClock
from devices.shim.client import Bench
from rig.cli.devices_reach import reach
from rig.cli.devices_words import Words

TICK_NS = 50 * MILLISECOND
"""As a run reads its devices."""


def watch_target(target: str, ids: Sequence[str], seconds: float, tls: Path | None, client: str) -> int:
    """Print records until the time is up, or somebody ends it; return 0."""
    clock, words = WallClock(), Words()
    with ExitStack() as stay:
        benches = [
            stay.enter_context(closing(Bench(each.address, ids=each.ids, credentials=each.credentials)))
            for each in reach(target, ids, tls, client)
        ]
        for bench in benches:
            bench.synchronise(clock.now_ns)
        watched = sorted(id_ for bench in benches for id_ in bench.ports)
        sys.stdout.write(f"watching {', '.join(watched)}; Ctrl-C ends it\n")
        sys.stdout.flush()
        try:
            _watch(benches, clock, words, round(seconds * SECOND))
        except KeyboardInterrupt:
            sys.stdout.write("\n")
    return 0


def _watch(benches: Sequence[Bench], clock: WallClock, words: Words, for_ns: int) -> None:
    began_ns = tick_ns = clock.now_ns
    while not for_ns or tick_ns - began_ns < for_ns:
        tick_ns += TICK_NS
        clock.wait_until(tick_ns)
        found = [record for bench in benches for each in bench.read(tick_ns).values() for record in each]
        for record in sorted(found, key=lambda record: (record.t_ns, record.source)):
            if text := words.of(record):
                sys.stdout.write(f"{record.t_ns / SECOND:9.3f} s  {record.source}: {text}\n")
                sys.stdout.flush()
