"""The two tables: every transition legal or refused by name, every state reached, drawings equal to them."""

from __future__ import annotations

from itertools import product

import pytest

from contracts.errors import RigFault
from stack.money import bill_table, payment_table
from stack.money.bill_table import BillEvent, BillState
from stack.money.payment_table import AT_REST, LAST, PaymentEvent, PaymentState

TABLES = [(payment_table, PaymentState, PaymentEvent), (bill_table, BillState, BillEvent)]


@pytest.mark.parametrize(("table", "states", "events"), TABLES, ids=["payment", "bill"])
def test_every_transition_is_legal_or_refused_by_name(table, states, events) -> None:
    for state, event in product(states, events):
        if (state, event) in table.TABLE:
            assert table.after(state, event) is table.TABLE[state, event]
        else:
            with pytest.raises(RigFault, match=event):
                table.after(state, event)


@pytest.mark.parametrize(("table", "states", "_"), TABLES, ids=["payment", "bill"])
def test_every_state_is_reached_and_leads_to_an_end(table, states, _) -> None:
    assert set(table.TABLE.values()) | {table.MACHINE.first} == set(states)
    ends = set(table.MACHINE.last)
    while more := {state for (state, _), to in table.TABLE.items() if to in ends} - ends:
        ends |= more
    assert ends == set(states)


def test_nothing_unknown_is_left_alone() -> None:
    for state in set(PaymentState) - AT_REST:
        events = {event for s, event in payment_table.TABLE if s is state}
        assert PaymentEvent.APPROVED in events
        assert events & {PaymentEvent.SILENCE, PaymentEvent.TIME_OVER} or state in (
            PaymentState.VOIDING,
            PaymentState.REFUNDING,
        )
    assert set(LAST) < AT_REST


def test_text_and_diagram_are_the_table() -> None:
    table = payment_table
    assert len(table.table_text().splitlines()) == len(table.TABLE)
    rows = [" ".join(row.split()) for row in table.table_text().splitlines()]
    assert "capture_unknown 45 s are over -> voiding" in rows
    assert table.diagram().count("-->") == len(table.TABLE) + 1 + len(LAST)
