"""The table of turnstiles, and the people it counts."""

from __future__ import annotations

from itertools import chain, product

import pytest

from contracts.gate_states import TABLE, TIMED, Happening, Standing, State, diagram, next_turn, towards
from contracts.records import Direction, GateEventKind


def test_the_table_leads_everywhere_and_from_everywhere_to_where_it_is_silent() -> None:
    assert {state for state, _ in TABLE} == set(State)
    assert {turn.to for turn in TABLE.values()} == set(State)
    assert {happening for _, happening in TABLE} == set(Happening)
    assert all((state, Happening.SILENT) in TABLE for state in State if state is not State.NOT_READY)


@pytest.mark.parametrize("state", State)
def test_every_state_can_be_left(state: State) -> None:
    assert any(turn.to is not state for (at, _), turn in TABLE.items() if at is state)


@pytest.mark.parametrize(
    ("state", "happening", "to"),
    [
        (State.LOCKED, Happening.OPEN, State.OPENING),
        (State.LOCKED, Happening.BODY, State.LOCKED),
        (State.LOCKED, Happening.TIME, State.LOCKED),
        (State.OPENING, Happening.DONE, State.AUTHORISED),
        (State.AUTHORISED, Happening.BODY, State.PASSING),
        (State.AUTHORISED, Happening.TIME, State.LOCKED),
        (State.PASSING, Happening.TIME, State.LOCKED),
        (State.PASSING, Happening.OPEN, State.AUTHORISED),
    ],
)
def test_the_table(state: State, happening: Happening, to: State) -> None:
    assert next_turn(state, happening).to is to


def _all_standings() -> set[Standing]:
    """Return every standing that a turnstile comes to with three people or fewer still to come."""
    found, fresh = set[Standing](), {Standing(State.NOT_READY)}
    while fresh:
        found |= fresh
        then = {standing.after(happening)[0] for standing, happening in product(fresh, Happening)}
        fresh = {standing for standing in then if standing.left <= 3} - found
    return found


def test_somebody_is_still_to_come_where_it_opens_or_is_open_and_nowhere_else() -> None:
    standings = _all_standings()
    assert {standing.state for standing in standings} == set(State)
    for standing in standings:
        assert (standing.left > 0) == (standing.state in TIMED - {State.PASSING}), standing


def test_whoever_comes_next_has_leave_while_somebody_is_still_to_come() -> None:
    standing, said = Standing(State.AUTHORISED, 2).after(Happening.BODY)
    assert (standing, said) == (Standing(State.AUTHORISED, 1), (GateEventKind.PASSED_IN,))
    standing, said = standing.after(Happening.BODY)
    assert (standing, said) == (Standing(State.PASSING), (GateEventKind.PASSED_IN,))
    assert standing.after(Happening.BODY) == (Standing(State.PASSING), (GateEventKind.TAILGATED,))


def test_a_passage_is_reported_in_its_direction_and_all_else_as_it_is() -> None:
    assert towards(GateEventKind.PASSED_IN, Direction.OUT) is GateEventKind.PASSED_OUT
    assert towards(GateEventKind.PASSED_IN, Direction.IN) is GateEventKind.PASSED_IN
    assert towards(GateEventKind.TAILGATED, Direction.OUT) is GateEventKind.TAILGATED


def test_the_diagram_is_the_table() -> None:
    lines = diagram().splitlines()
    assert "    locked --> opening: told to open" in lines
    assert len(lines) == len(TABLE) + 2
    assert set(chain.from_iterable(line.split()[:1] for line in lines[2:])) == {s.replace(" ", "_") for s in State}
