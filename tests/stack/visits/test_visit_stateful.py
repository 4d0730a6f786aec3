"""Codes, gates, cameras and restarts in any order: a visit moves along its table, and keeps its account."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from contracts.clock import SECOND
from contracts.records import VisitState
from stack.visits.visit import MACHINE, Visit
from stack.visits.visitors import Visitors
from tests.contracts.drawn import steady
from tests.stack.small_store import GATES, LAYOUT, person

IN, OUT = GATES
ACCOUNTS = st.sampled_from(["ana", "ben"])


class Register(RuleBasedStateMachine):
    """The model knows every state that was told of a visit."""

    def __init__(self) -> None:
        super().__init__()
        self.now_ns = self.counted = self.starts = 0
        self.told: dict[str, list[VisitState]] = {}
        self.account: dict[str, str] = {}
        self.visitors = Visitors(LAYOUT, self.tell)

    def tell(self, visit: Visit) -> None:
        assert self.account.setdefault(visit.id, visit.account) == visit.account
        before = self.told.setdefault(visit.id, [])
        if before and before[-1] is not visit.state:
            assert visit.state in {to for (state, _), to in MACHINE.table.items() if state is before[-1]}
        if not before or before[-1] is not visit.state:
            before.append(visit.state)

    @rule(account=ACCOUNTS)
    def show_a_code(self, account: str) -> None:
        self.visitors.admit(account, IN.id, self.now_ns)

    @rule()
    def pass_in(self) -> None:
        waiting = [v for v in self.visitors.visits if v.state is VisitState.ADMITTED]
        self.visitors.counted_in(IN, self.now_ns)
        assert [v for v in self.visitors.visits if v.state is VisitState.ADMITTED] == waiting[1:]

    @rule()
    def give_up_waiting(self) -> None:
        self.visitors.lapsed(IN.id)
        assert all(visit.state is not VisitState.ADMITTED for visit in self.visitors.visits)

    @rule(account=ACCOUNTS)
    def show_at_the_exit(self, account: str) -> None:
        visit = self.visitors.going(account, OUT)
        assert visit is None or (visit.account, visit.state) == (account, VisitState.INSIDE)

    @rule()
    def pass_out(self) -> None:
        self.visitors.counted_out(OUT, self.now_ns)

    @rule(seconds=st.floats(0.1, 40))
    def wait(self, seconds: float) -> None:
        self.now_ns += round(seconds * SECOND)
        self.visitors.tick(self.now_ns)

    @rule(track=st.sampled_from(["t1", "t2"]), x=st.floats(-2, 5), y=st.floats(-4, 2))
    def be_seen(self, track: str, x: float, y: float) -> None:
        self.visitors.see([person(track, x, y, self.now_ns)], self.now_ns)

    @rule()
    def write_receipts(self) -> None:
        for party in self.visitors.parties():
            if all(visit.state is VisitState.LEFT for visit in party):
                self.visitors.close(party)

    @rule()
    def be_started_anew(self) -> None:
        self.starts += 1
        before = [visit for visit in self.visitors.visits if visit.state is not VisitState.CLOSED]
        self.visitors = Visitors(LAYOUT, self.tell, f"run-{self.starts}/")
        for old in before:
            self.visitors.take_up(Visit(old.id, old.account, old.party, old.gate, old.since_ns, old.state))

    @invariant()
    def no_name_comes_twice(self) -> None:
        names = [visit.id for visit in self.visitors.visits]
        assert len(names) == len(set(names))

    @invariant()
    def who_is_tied_is_in_the_register(self) -> None:
        for track in ("t1", "t2"):
            visit = self.visitors.of_track(track)
            assert visit is None or (visit.track == track and visit in self.visitors.visits)


Register.TestCase.settings = settings(steady, max_examples=60, stateful_step_count=40)
test_any_order_of_events = Register.TestCase
