"""Any order of codes, answers and waiting at two gates: everybody is let in or turned away once, in order."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from contracts.clock import SECOND
from stack.checkout.gate_table import MACHINE, TABLE, GateState, GateTurn, diagram
from stack.checkout.held import Held
from stack.checkout.lane import ASIDE_NS, Lanes
from tests.contracts.drawn import steady


class Gates(RuleBasedStateMachine):
    """The model is a list for each gate of those who stand there: number, since when, and what came of it."""

    def __init__(self) -> None:
        super().__init__()
        self.lanes = Lanes()
        self.now_ns = self.people = 0
        self.line: dict[str, list[tuple[int, int, str]]] = {"in-1": [], "in-2": []}
        self.open: dict[int, Held] = {}

    @rule(gate=st.sampled_from(["in-1", "in-2"]))
    def show(self, gate: str) -> None:
        self.people += 1
        held = Held(f"p{self.people}", gate)
        self.lanes.ask(f"entry-{self.people}", held, self.now_ns)
        self.line[gate].append((self.people, self.now_ns, ""))
        self.open[self.people] = held

    @precondition(lambda self: self.open)
    @rule(data=st.data(), refusal=st.sampled_from(["", "declined"]))
    def answer(self, data: st.DataObject, refusal: str) -> None:
        number = data.draw(st.sampled_from(sorted(self.open)))
        held = self.open.pop(number)
        assert self.lanes.asked(f"entry-{number}") == held
        self.lanes.decide(f"entry-{number}", replace(held, refusal=refusal))
        assert self.lanes.asked(f"entry-{number}") is None
        line = self.line[held.gate]
        at = next(i for i, one in enumerate(line) if one[0] == number)
        line[at] = (number, line[at][1], refusal or "held")

    @rule(seconds=st.integers(0, 12))
    def wait(self, seconds: int) -> None:
        self.now_ns += seconds * SECOND
        expected = {gate: self._go(gate) for gate in self.line}
        said = self.lanes.release(self.now_ns)
        for gate, people in expected.items():
            assert [(h.account, h.refusal) for h in said if h.gate == gate] == people

    def _go(self, gate: str) -> list[tuple[str, str]]:
        gone, stay, blocked = [], [], False
        for number, since_ns, came in self.line[gate]:
            if came and not blocked:
                gone.append((f"p{number}", "" if came == "held" else came))
                continue
            stay.append((number, since_ns, came))
            blocked = blocked or self.now_ns - since_ns < ASIDE_NS
        self.line[gate] = stay
        return gone


Gates.TestCase.settings = settings(steady, max_examples=60, stateful_step_count=40)
test_any_order_of_events = Gates.TestCase


def test_every_state_is_reached_and_the_drawing_is_the_table() -> None:
    assert set(TABLE.values()) | {MACHINE.first} == set(GateState)
    assert {event for _, event in TABLE} == set(GateTurn)
    assert diagram().count("-->") == len(TABLE) + 1 + len(MACHINE.last)
