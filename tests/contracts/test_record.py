"""Records on their way, and which of them are due."""

from __future__ import annotations

from contracts.record import Record, take_due


def _waiting(*times: int) -> list[Record]:
    return [Record(t_ns=t_ns, source=str(number)) for number, t_ns in enumerate(times)]


def test_what_is_due_is_taken_once_oldest_first_and_the_rest_waits() -> None:
    waiting = _waiting(30, 10, 40, 20)
    assert [record.t_ns for record in take_due(waiting, 30)] == [10, 20, 30]
    assert [record.t_ns for record in waiting] == [40]
    assert take_due(waiting, 39) == []
    assert [record.t_ns for record in take_due(waiting, 40)] == [40]
    assert waiting == []


def test_of_one_moment_they_come_as_they_were_put_in() -> None:
    assert [record.source for record in take_due(_waiting(2, 1, 2, 1), 2)] == ["1", "3", "0", "2"]


def test_whoever_else_holds_the_list_sees_what_was_taken() -> None:
    waiting = also = _waiting(1, 2)
    take_due(waiting, 1)
    assert [record.t_ns for record in also] == [2]
