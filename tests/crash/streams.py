"""What the devices of a scenario say, tick by tick, as a stack hears it in a run of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from contracts.checkout import PaymentResult, PhoneRequest, TerminalEvent, TillEvent
from contracts.ports import Stack
from contracts.records import AnswerRecord, PalmScan, Scan, SensorRecord, Setup
from rig.run import run_scenario
from rig.scenario import read_scenario, ready

SCENARIOS = Path(__file__).parents[2] / "scenarios" / "checkout"


_MONEY = (Scan, PalmScan, TillEvent, PhoneRequest)


@dataclass(slots=True)
class Stream:
    """One scenario.

    Args:
        setup: what the stack is told first.
        ticks: bench time, and what the sensors said; banks and terminals answer anew each time.
    """

    setup: Setup | None = None
    ticks: list[tuple[int, list[SensorRecord]]] = field(default_factory=list)

    def busy(self) -> list[int]:
        """Return the ticks at which money may be under way: up to 3 s after anything was shown or pressed."""
        shown = [i for i, (_, said) in enumerate(self.ticks) if any(isinstance(each, _MONEY) for each in said)]
        return sorted({i for at in shown for i in range(at, min(at + 60, len(self.ticks)))})


class _Listener:
    def __init__(self, stack: Stack, stream: Stream) -> None:
        self._stack, self._stream = stack, stream

    def feed(self, records: Sequence[SensorRecord], now_ns: int) -> Sequence[AnswerRecord]:
        for record in records:
            if isinstance(record, Setup):
                self._stream.setup = record
        said = [record for record in records if not isinstance(record, Setup | PaymentResult | TerminalEvent)]
        self._stream.ticks.append((now_ns, said))
        return self._stack.feed(records, now_ns)

    def close(self) -> None:
        self._stack.close()


@cache
def stream_of(name: str) -> Stream:
    """Play a scenario once and return what its sensors said."""
    stream = Stream()
    scenario, store = ready(read_scenario(SCENARIOS / f"{name}.yaml"))
    run_scenario(scenario, store_path=store, around=lambda stack: _Listener(stack, stream))
    return stream
