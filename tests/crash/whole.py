"""The whole stack behind gRPC, killed in the middle of a scenario and started again on the same books."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from contracts.checkout import PaymentOrder, Receipt, TerminalEventKind, TerminalOrder
from contracts.clock import SECOND
from contracts.errors import StackDied
from contracts.records import AnswerRecord, SensorRecord
from contracts.steps import Card
from rig.remote_stack import RemoteStack
from tests.crash.streams import Stream
from tests.docs.pages import ROOT
from twin.provider.provider import Provider
from twin.terminal import TwinCardTerminal

HEARD, LOST = "heard", "lost"
"""Killed between two ticks; or with a tick's work done, and its answers heard by nobody."""
REST_NS, REST_STEP_NS = 150 * SECOND, SECOND // 4
"""After the last sensor has spoken, until nothing can be under way any more."""


class Whole:
    """One play.

    Args:
        nursery: the process of which stacks are born.
        ledger: URL of the books.
        stream: what the sensors say.
    """

    def __init__(self, nursery: subprocess.Popen[str], ledger: str, stream: Stream) -> None:
        self._nursery, self._ledger, self._stream = nursery, ledger, stream
        assert stream.setup is not None
        self._setup = stream.setup
        self.bank = Provider(stream.seed, self._setup.layout.provider)
        self.terminals = {
            t.terminal: TwinCardTerminal(t.terminal, stream.seed) for t in self._setup.layout.tills if t.terminal
        }
        self.heard: list[AnswerRecord] = []
        self.approved: dict[str, int] = {}
        self._asked: dict[str, int] = {}
        self.killed = 0
        self._remote: RemoteStack | None = None

    def play(self, kills: Mapping[int, str], steps: Sequence[int] = ()) -> None:
        """Play the stream to its end, and on until everything has come to rest.

        Args:
            kills: tick -> how the stack is killed there.
            steps: at which step of its database each process dies by itself, one after the other.
        """
        deaths = list(steps)
        self._start(deaths.pop(0) if deaths else 0)
        first, unborn = True, 0
        for number, (now_ns, records) in enumerate(self._ticks()):
            kill = kills.get(number, "")
            try:
                answers = self._feed([self._setup, *records] if first else records, now_ns)
                first = False
            except StackDied:
                answers, kill = [], LOST
                unborn = unborn + 1 if first else 0
                assert unborn <= len(steps), "no stack can be started on these books any more"
            if kill != LOST:
                self._carry_out(answers, now_ns)
            if kill:
                self.killed += 1
                self._start(deaths.pop(0) if deaths else 0)
                first = True
        self._stop()

    @property
    def receipts(self) -> list[Receipt]:
        """What was printed."""
        return [answer for answer in self.heard if isinstance(answer, Receipt)]

    def _ticks(self) -> Iterator[tuple[int, list[SensorRecord]]]:
        yield from self._stream.ticks
        now_ns = self._stream.ticks[-1][0]
        for more in range(REST_STEP_NS, REST_NS, REST_STEP_NS):
            yield now_ns + more, []

    def _feed(self, records: list[SensorRecord], now_ns: int) -> Sequence[AnswerRecord]:
        """Let the devices that answer say what is due, and the stack hear all of it."""
        assert self._remote is not None
        said: list[SensorRecord] = [*self.bank.due(now_ns)]
        for terminal in self.terminals.values():
            terminal.advance(now_ns)
            if terminal.wants_card:
                terminal.present(Card(token="card"))
            for event in terminal.read(now_ns):
                said.append(event)
                if event.kind is TerminalEventKind.APPROVED:
                    self.approved[event.key] = self._asked[event.key]
        return self._remote.feed([*records, *said], now_ns)

    def _carry_out(self, answers: Sequence[AnswerRecord], now_ns: int) -> None:
        self.heard += answers
        for answer in answers:
            if isinstance(answer, PaymentOrder):
                self.bank.take(now_ns, answer)
            elif isinstance(answer, TerminalOrder):
                self._asked[answer.key] = answer.amount_minor
                self.terminals[answer.terminal].request(answer.key, answer.amount_minor, answer.currency)

    def _start(self, die_at: int) -> None:
        """Kill the stack that runs, if one does, and start another."""
        port = self._say(self._ledger, die_at)["port"]
        self._close()
        self._remote = RemoteStack(f"127.0.0.1:{port}", share=False)

    def _stop(self) -> None:
        self._say("", 0)
        self._close()

    def _close(self) -> None:
        if self._remote:
            self._remote.close()
        self._remote = None

    def _say(self, ledger: str, die_at: int) -> dict[str, Any]:
        assert self._nursery.stdin
        assert self._nursery.stdout
        self._nursery.stdin.write(json.dumps({"ledger": ledger, "die_at": die_at}) + "\n")
        self._nursery.stdin.flush()
        return dict(json.loads(self._nursery.stdout.readline()))


@contextmanager
def nursery() -> Iterator[subprocess.Popen[str]]:
    """Run the process of which stacks are born."""
    command = [sys.executable, "-m", "tests.crash.serving"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        yield process
        assert process.stdin
        process.stdin.close()
