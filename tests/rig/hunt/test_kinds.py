"""Two failures are of one kind when receipts err in the same way, whoever's they are and whatever is on them."""

from __future__ import annotations

from rig.hunt.kinds import ANOTHER, HELD, NO_RECEIPT, TOO_LITTLE, TOO_MUCH, kinds_of
from rig.judge.verdict import Outcome, PersonResult, Verdict


def verdict(took: dict[str, int], charged: dict[str, int], *more: str, status: str = "final") -> Verdict:
    person = PersonResult(names=("ana",), account="a", took=took, charged=charged, status=status)
    return Verdict(outcome=Outcome.FAIL, differences=("ana: receipt says x, right is y", *more), people=(person,))


def test_receipts_err_in_five_ways() -> None:
    assert kinds_of(verdict({"tea": 1}, {})) == {TOO_LITTLE}
    assert kinds_of(verdict({"tea": 1}, {"tea": 2})) == {TOO_MUCH}
    assert kinds_of(verdict({"tea": 1}, {"cola": 1})) == {ANOTHER}
    assert kinds_of(verdict({"tea": 1}, {}, status="none")) == {NO_RECEIPT}
    assert kinds_of(verdict({"tea": 1}, {"tea": 1}, status="review"), held=True) == {HELD}


def test_what_is_held_is_somebody_s_to_look_at() -> None:
    assert kinds_of(verdict({"tea": 1}, {}, status="review")) == frozenset()


def test_a_run_that_could_not_be_played_says_nothing() -> None:
    assert kinds_of(Verdict(outcome=Outcome.ERROR, troubles=("ana could not take: jammed",))) == frozenset()


def test_other_differences_count_without_names_and_numbers() -> None:
    one = kinds_of(verdict({}, {}, "receipt of v3 (account none) belongs to nobody"))
    other = kinds_of(verdict({}, {}, "receipt of v17 (account none) belongs to nobody"))
    assert one == other == {"receipt of # (account none) belongs to nobody"}
    assert kinds_of(verdict({}, {}, "ana could not leave: gate did not open")) == {
        "somebody could not leave: gate did not open"
    }
