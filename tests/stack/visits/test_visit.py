"""The table of visits, and the register that moves along it."""

from __future__ import annotations

from itertools import product

import pytest

from contracts.clock import SECOND
from contracts.errors import RigFault
from contracts.records import VisitState
from stack.visits.visit import TABLE, Visit, VisitEvent, after, diagram, table_text
from stack.visits.visitors import ADMISSION_NS, Visitors
from tests.stack.small_store import GATES, LAYOUT, OPEN_LAYOUT, person

IN, OUT = GATES


def test_every_transition_is_legal_or_refused_by_name() -> None:
    for state, event in product(VisitState, VisitEvent):
        if (state, event) in TABLE:
            assert after(state, event) is TABLE[state, event]
        else:
            with pytest.raises(RigFault, match=event):
                after(state, event)


def test_every_state_is_reached_and_only_closed_is_an_end() -> None:
    assert set(TABLE.values()) | {VisitState.ADMITTED} == set(VisitState)
    assert set(VisitState) - {state for state, _ in TABLE} == {VisitState.CLOSED}


def test_text_and_diagram_are_the_table() -> None:
    assert len(table_text().splitlines()) == len(TABLE)
    assert "inside   went out  -> left" in table_text()
    assert diagram().count("-->") == len(TABLE) + 2


class Register:
    """A register with what it said."""

    def __init__(self, layout: object = LAYOUT) -> None:
        self.said: list[tuple[str, VisitState]] = []
        self.visitors = Visitors(layout, self._hear)  # type: ignore[arg-type]

    def _hear(self, visit: Visit) -> None:
        self.said.append((visit.id, visit.state))


def test_an_admission_nobody_uses_lapses() -> None:
    register = Register()
    register.visitors.admit("ana", "gate-in", 0)
    register.visitors.tick(ADMISSION_NS)
    assert register.said[-1] == ("v1", VisitState.ADMITTED)
    register.visitors.tick(ADMISSION_NS + 1)
    assert register.said[-1] == ("v1", VisitState.CLOSED)


def test_a_gate_that_timed_out_lends_nobodys_account_to_the_next() -> None:
    visitors = Register().visitors
    visitors.admit("ana", "gate-in", 0)
    visitors.lapsed("gate-in")
    visitors.admit("ben", "gate-in", 3 * SECOND)
    visitors.counted_in(IN, 4 * SECOND)
    visitors.see([person("t1", 0.1, 0.0, 4 * SECOND)], 4 * SECOND)
    visit = visitors.of_track("t1")
    assert visit is not None
    assert visit.account == "ben"


def test_a_passage_waits_for_a_track_that_is_born_later() -> None:
    visitors = Register().visitors
    visitors.admit("ana", "gate-in", 0)
    visitors.counted_in(IN, SECOND)
    visitors.see([], 2 * SECOND)
    visitors.see([person("t1", 1.5, 0.0, 3 * SECOND, 3 * SECOND)], 3 * SECOND)
    visit = visitors.of_track("t1")
    assert visit is not None
    assert visit.account == "ana"


def test_somebody_waiting_outside_is_not_taken_for_the_one_who_passed() -> None:
    visitors = Register().visitors
    visitors.admit("ana", "gate-in", 0)
    visitors.counted_in(IN, SECOND)
    visitors.see([person("t2", -0.6, 0.0, SECOND)], SECOND)
    assert visitors.of_track("t2") is None


def test_of_two_inside_the_gate_counts_out_the_one_who_stands_in_it() -> None:
    visitors = Register().visitors
    for number, account in enumerate(("ana", "ben")):
        visitors.admit(account, "gate-in", number * SECOND)
        visitors.counted_in(IN, number * SECOND)
        visitors.see([person(f"t{number}", 0.1, 0.0, number * SECOND)], number * SECOND)
    visitors.counted_out(OUT, 5 * SECOND)
    people = [person("t0", 3.0, -1.0, 5 * SECOND), person("t1", 0.1, -3.0, 5 * SECOND)]
    visitors.see(people, 5 * SECOND)
    assert [visit.state for visit in visitors.visits] == [VisitState.INSIDE, VisitState.LEFT]


def test_seen_to_go_and_counted_out_is_one_leaving() -> None:
    visitors = Register().visitors
    for number, account in enumerate(("ana", "ben")):
        visitors.admit(account, "gate-in", number * SECOND)
        visitors.counted_in(IN, number * SECOND)
        visitors.see([person(f"t{number}", 0.1, 0.0, number * SECOND)], number * SECOND)
    near, gone = person("t0", 0.5, -3.0, 5 * SECOND), person("t1", -0.5, -3.0, 5 * SECOND)
    visitors.see([near, gone], 5 * SECOND)
    visitors.counted_out(OUT, 5 * SECOND + 1)
    visitors.see([near], 6 * SECOND)
    assert [visit.state for visit in visitors.visits] == [VisitState.INSIDE, VisitState.LEFT]


def test_without_cameras_the_only_visitor_is_the_one_who_left() -> None:
    visitors = Register().visitors
    visitors.admit("ana", "gate-in", 0)
    visitors.counted_in(IN, SECOND)
    visitors.counted_out(OUT, 60 * SECOND)
    visitors.tick(61 * SECOND)
    assert visitors.visits[0].state is VisitState.LEFT
    assert visitors.visits[0].left_ns == 60 * SECOND


def test_without_gates_a_short_loss_of_sight_is_no_leaving() -> None:
    visitors = Register(OPEN_LAYOUT).visitors
    visitors.see([person("7", 2.0, 1.0)], 0)
    visitors.tick(2 * SECOND)
    visitors.see([person("7", 2.0, 1.0, 2 * SECOND)], 2 * SECOND)
    visitors.tick(5 * SECOND)
    assert visitors.visits[0].state is VisitState.INSIDE
    visitors.tick(5 * SECOND + 1)
    assert visitors.visits[0].state is VisitState.LEFT


def test_a_guest_still_at_the_gate_when_the_receipt_is_written_starts_a_visit_of_their_own() -> None:
    visitors = Register().visitors
    visitors.admit("ana", "gate-in", 0)
    visitors.counted_in(IN, 0)
    visitors.admit("ana", "gate-in", 10 * SECOND)
    assert [visit.party for visit in visitors.visits] == ["v1", "v1"]
    visitors.counted_out(OUT, 11 * SECOND)
    visitors.tick(12 * SECOND)
    visitors.close(visitors.parties()[0])
    assert [visit.party for visit in visitors.visits] == ["v1", "v2"]


def test_somebody_taken_for_gone_who_is_seen_inside_has_not_left() -> None:
    visitors = Register().visitors
    visitors.admit("ana", "gate-in", 0)
    visitors.counted_in(IN, 0)
    visitors.see([person("t1", 0.1, 0.0)], 0)
    visitors.counted_out(OUT, SECOND)
    visitors.see([person("t1", 3.0, 0.0, SECOND)], SECOND)
    assert visitors.visits[0].state is VisitState.LEFT
    visitors.see([person("t1", 3.0, 0.0, 2 * SECOND)], 2 * SECOND)
    assert visitors.visits[0].state is VisitState.INSIDE


def test_a_target_that_comes_again_after_its_receipt_is_a_new_visit() -> None:
    visitors = Register(OPEN_LAYOUT).visitors
    visitors.see([person("7", 2.0, 1.0)], 0)
    visitors.tick(4 * SECOND)
    visitors.close(visitors.parties()[0])
    visitors.see([person("7", 2.0, 1.0, 9 * SECOND)], 9 * SECOND)
    visit = visitors.of_track("7")
    assert visit is not None
    assert visit.id == "v2"


def test_what_only_stands_near_the_gate_is_no_tailgater() -> None:
    visitors = Register().visitors
    for number in range(30):
        t_ns = number * SECOND // 10
        visitors.see([person("t1", 1.0, 0.0, t_ns), person("t2", 0.2 + number * 0.05, 0.0, t_ns)], t_ns)
    assert visitors.of_track("t1") is None
    assert visitors.of_track("t2") is not None


def test_who_walks_past_the_shop_outside_is_no_visitor() -> None:
    visitors = Register().visitors
    for number in range(40):
        t_ns = number * SECOND // 10
        visitors.see([person("t1", -0.3, -1.4 + number * 0.08, t_ns)], t_ns)
    assert visitors.visits == []


def test_an_admission_is_not_used_up_by_who_walks_past_outside() -> None:
    visitors = Register().visitors
    visitors.admit("ana", "gate-in", 0)
    visitors.counted_in(IN, SECOND)
    visitors.see([person("t1", -0.3, -0.8, SECOND)], SECOND)
    assert visitors.of_track("t1") is None
