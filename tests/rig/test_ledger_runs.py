"""All ways of paying, one run after another into the same books: each verdict, and the invariants after each."""

from pathlib import Path

import pytest

from contracts.errors import UsageError
from rig.run import open_stack, run_scenario
from rig.scenario import read_scenario, ready
from stack.money.invariants import check
from stack.money.store import open_store

SCENARIOS = Path(__file__).parents[2] / "scenarios" / "checkout"
LONG = ("gate_rush",)


def play(name: str, ledger: str, records: Path) -> tuple[bool, list[str]]:
    scenario, store = ready(read_scenario(SCENARIOS / f"{name}.yaml"))
    result = run_scenario(scenario, store_path=store, record_dir=records, ledger=ledger)
    books = open_store(ledger)
    try:
        wrong = check(books, at_rest=True)
    finally:
        books.close()
    return bool(result.verdict.outcome == "pass"), [*result.verdict.differences, *result.verdict.troubles, *wrong]


@pytest.mark.long
def test_every_way_of_paying_leaves_books_that_are_right(tmp_path: Path) -> None:
    ledger = f"sqlite:{tmp_path / 'books.db'}"
    names = sorted(path.stem for path in SCENARIOS.glob("*.yaml") if path.stem not in LONG)
    assert len(names) >= 30
    wrong = {name: said for name in names for _, said in [play(name, ledger, tmp_path)] if said}
    assert wrong == {}


def test_a_second_run_into_the_same_books_pays_again_and_keeps_what_is_on_the_account(tmp_path: Path) -> None:
    ledger = f"sqlite:{tmp_path / 'books.db'}"
    for _ in range(2):
        assert play("palm_at_the_till", ledger, tmp_path) == (True, [])
    books = open_store(ledger)
    try:
        bills = sorted(books.load().bills)
        taken = [payment.captured_minor for payment in books.load().payments.values()]
    finally:
        books.close()
    assert len(bills) == 2
    assert bills[0].endswith("till-1-sale-1")
    assert bills[0] != bills[1]
    assert taken == [2840, 2840]


def test_only_the_reference_stack_can_be_given_books() -> None:
    with pytest.raises(UsageError, match="--stack reference"):
        open_stack("grpc://localhost:1", ledger="sqlite:x.db")
