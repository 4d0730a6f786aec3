"""What the devices of a scenario say, tick by tick, as a stack hears it in a run of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from contracts.checkout import (
    BalanceChange,
    PaymentOrder,
    PaymentResult,
    PhoneRequest,
    Receipt,
    TerminalEvent,
    TerminalOrder,
    TillEvent,
)
from contracts.ports import Stack
from contracts.records import AnswerRecord, PalmScan, Scan, SensorRecord, Setup
from rig.run import run_scenario
from rig.scenario import read_scenario, ready

SCENARIOS = Path(__file__).parents[2] / "scenarios" / "checkout"


_MONEY = (Scan, PalmScan, TillEvent, PhoneRequest)
_DECIDED = (PaymentOrder, TerminalOrder, Receipt, BalanceChange)


@dataclass(slots=True)
class Stream:
    """One scenario.

    Args:
        setup: what the stack is told first.
        ticks: bench time, and what the sensors said; banks and terminals answer anew each time.
        decisive: ticks at which money was ordered or something printed, where nothing died.
        seed: of the scenario, for banks and terminals that take as long as they took.
    """

    setup: Setup | None = None
    ticks: list[tuple[int, list[SensorRecord]]] = field(default_factory=list)
    decisive: list[int] = field(default_factory=list)
    seed: int = 0

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
        answers = self._stack.feed(records, now_ns)
        if any(isinstance(each, _DECIDED) for each in answers):
            self._stream.decisive.append(len(self._stream.ticks) - 1)
        return answers

    def close(self) -> None:
        self._stack.close()


@cache
def stream_of(name: str) -> Stream:
    """Play a scenario once and return what its sensors said."""
    scenario, store = ready(read_scenario(SCENARIOS / f"{name}.yaml"))
    stream = Stream(seed=scenario.seed)
    run_scenario(scenario, store_path=store, around=lambda stack: _Listener(stack, stream))
    return stream
