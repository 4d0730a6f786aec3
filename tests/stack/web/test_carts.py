"""Carts as a stack's answers tell them: what is read anew replaces what was read before."""

from __future__ import annotations

from contracts.records import CartChange, Hypothesis, VisitChange, VisitState
from stack.money.basket import Item
from stack.web.carts import Carts


def visit(name: str, account: str, state: VisitState = VisitState.INSIDE) -> VisitChange:
    return VisitChange(t_ns=0, source="stack", visit=name, state=state, account=account)


def change(event: str, who: str, what: str, count: int, t_ns: int = 0, revises: str = "") -> CartChange:
    chosen = Hypothesis(who, what, count, 0.9)
    return CartChange(t_ns=t_ns, source="stack", event=event, chosen=chosen, revises=revises)


def carts(*said: VisitChange | CartChange) -> Carts:
    made = Carts()
    for answer in (visit("v1", "ana"), visit("v2", "ben"), *said):
        made.hear(answer)
    return made


def test_takes_and_puts_are_counted() -> None:
    held = carts(change("e1", "v1", "cola", 2), change("e2", "v1", "nuts", 1), change("e3", "v1", "cola", -1))
    assert held.items("ana") == (Item("cola", 1), Item("nuts", 1))
    assert held.items("ben") == ()


def test_a_revision_replaces_an_event_with_all_its_parts() -> None:
    first = (change("e1", "v1", "cola", 1), change("e1", "v1", "nuts", 1))
    again = (change("e1", "v2", "cola", 1, 5, "e1"), change("e1", "v2", "nuts", 1, 5, "e1"))
    held = carts(*first, *again)
    assert held.items("ana") == ()
    assert held.items("ben") == (Item("cola", 1), Item("nuts", 1))


def test_a_struck_event_leaves_nothing() -> None:
    assert carts(change("e1", "v1", "cola", 1), change("e1", "", "", 0, 5, "e1")).items("ana") == ()


def test_what_is_handed_over_changes_carts() -> None:
    held = carts(change("e1", "v1", "cola", 1), change("", "v1", "cola", -1), change("", "v2", "cola", 1))
    assert (held.items("ana"), held.items("ben")) == ((), (Item("cola", 1),))


def test_more_put_back_than_taken_is_nothing_held() -> None:
    assert carts(change("e1", "v1", "cola", -1)).items("ana") == ()


def test_a_group_shares_a_basket_and_a_visit_that_is_over_leaves_it() -> None:
    group = carts(visit("v3", "ana"), change("e1", "v1", "cola", 1), change("e2", "v3", "cola", 1))
    assert (group.items("ana"), group.inside("ana")) == ((Item("cola", 2),), 2)
    group.hear(visit("v1", "ana", VisitState.LEFT))
    assert (group.items("ana"), group.inside("ana")) == ((Item("cola", 2),), 2)
    group.hear(visit("v1", "ana", VisitState.CLOSED))
    assert (group.items("ana"), group.inside("ana")) == ((Item("cola", 1),), 1)


def test_who_came_in_without_an_account_is_nobodys() -> None:
    assert carts(visit("v9", "")).inside("") == 0
