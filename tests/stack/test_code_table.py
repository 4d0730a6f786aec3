"""The table of codes, and both counters of uses that go by it."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.errors import RigFault
from stack.accounts.code_table import MACHINE, TABLE, CodeEvent, CodeState, diagram, next_use, state_of
from stack.accounts.replays import Uses, UsesInMemory
from stack.checkout.used_codes import UsesKept
from stack.money.notes import Notes
from tests.contracts.drawn import steady


def test_every_transition_is_legal_or_refused_by_name() -> None:
    for state, event in product(CodeState, CodeEvent):
        if (state, event) in TABLE:
            assert MACHINE.after(state, event) is TABLE[state, event]
        else:
            with pytest.raises(RigFault, match="a code cannot take this turn"):
                MACHINE.after(state, event)


def test_every_state_is_reached_and_the_drawing_is_the_table() -> None:
    assert set(TABLE.values()) | {CodeState.NEW} == set(CodeState)
    assert diagram().count("-->") == len(TABLE) + 2


@given(st.integers(1, 9))
def test_a_code_admits_as_many_as_it_says_along_the_table(places: int) -> None:
    state = CodeState.NEW
    for uses in range(places):
        assert state_of(uses, places) is state
        state = MACHINE.after(state, CodeEvent.LAST if uses + 1 == places else CodeEvent.SHOWN)
        assert next_use(uses, places) == uses + 1
    assert state is CodeState.USED
    assert next_use(places, places) == 0


SHOWN = st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 2), st.integers(1, 3)), max_size=30)


@steady
@given(SHOWN)
def test_both_counters_admit_the_same(shown: list[tuple[str, int, int]]) -> None:
    counters: tuple[Uses, Uses] = (UsesInMemory(), UsesKept(Notes(), bytes(16)))
    for at, (handle, step, places) in enumerate(shown):
        one, other = (uses.use(handle, step, places, at) for uses in counters)
        assert one == other
