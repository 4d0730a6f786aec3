"""The whole stack dies at drawn ticks of what a scenario's sensors say; nothing is charged twice, lost or left open."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import replace

import pytest

from contracts.checkout import ReceiptStatus
from contracts.seeds import stream
from tests.crash.afterwards import wrong_after
from tests.crash.conftest import TALLY
from tests.crash.driver import Driver
from tests.crash.streams import stream_of
from tests.crash.whole import HEARD, LOST, Whole, nursery

SCENARIOS = (
    "palm_code_card",
    "palm_refused_then_card",
    "palm_refused_friend_pays",
    "till_code_then_own_code",
    "cafe_one_code",
    "cafe_balance_too_small",
    "vending_palm",
    "table_order",
    "taxi_fare",
    "stall_printed_code",
    "wallet_lands_late",
    "cash_top_up",
    "gate_exit_scanner",
)
PLAYS = 4


@pytest.fixture(scope="session")
def servers() -> Iterator[subprocess.Popen[str]]:
    with nursery() as process:
        yield process


def died(servers: subprocess.Popen[str], driver: Driver, name: str, play: int, kills: int, steps: int) -> int:
    """Play a scenario through drawn deaths; return how many there were, after all has been checked."""
    draws, sensors, ledger = stream(play, "kills", name), stream_of(name), driver.new_ledger()
    ticks = sorted(draws.choice(sensors.busy(), size=kills, replace=False).tolist())
    at = {tick: (HEARD, LOST)[int(draws.integers(2))] for tick in ticks}
    at[int(draws.choice(sensors.decisive))] = LOST
    whole = Whole(servers, ledger, sensors)
    whole.play(at, [int(draws.integers(2, 40)) for _ in range(steps)])
    TALLY.plays += 1
    TALLY.stack += whole.killed
    wrong = wrong_after(whole, ledger)
    TALLY.wrong += len(wrong)
    assert wrong == [], (name, play)
    return whole.killed


def test_a_play_without_deaths_prints_every_receipt(servers: subprocess.Popen[str], driver: Driver) -> None:
    ledger = driver.new_ledger()
    whole = Whole(servers, ledger, stream_of("palm_code_card"))
    whole.play({})
    assert (wrong_after(whole, ledger), len(whole.receipts)) == ([], 3)


def test_what_is_lost_or_charged_twice_is_found(servers: subprocess.Popen[str], driver: Driver) -> None:
    ledger = driver.new_ledger()
    whole = Whole(servers, ledger, stream_of("palm_code_card"))
    whole.play({})
    first, *others = whole.receipts
    whole.heard = [*others]
    assert wrong_after(whole, ledger) == [f"{first.visit} was paid, and nothing was printed"]
    whole.heard = [first, replace(first, total_minor=1), *others]
    assert "two receipts of" in wrong_after(whole, ledger)[0]
    whole.heard = [first, *others, replace(first, visit="x"), replace(first, status=ReceiptStatus.VOID)]
    assert len(wrong_after(whole, ledger)) == 2
    whole.heard = [first, *others]
    next(iter(whole.bank.holdings.values())).taken += 1
    whole.approved["again"] = 650
    assert [each.split(" has ")[0].split(" have ")[0][-9:] for each in wrong_after(whole, ledger)] == [
        " the bank",
        "terminals",
    ]


@pytest.mark.parametrize("name", ["palm_code_card"])
def test_a_few_deaths(servers: subprocess.Popen[str], driver: Driver, name: str) -> None:
    assert died(servers, driver, name, 0, kills=4, steps=2) >= 4


@pytest.mark.crash
@pytest.mark.timeout(1_200)
@pytest.mark.parametrize("play", range(PLAYS))
@pytest.mark.parametrize("name", SCENARIOS)
def test_the_stack_dies_at_drawn_ticks(servers: subprocess.Popen[str], driver: Driver, name: str, play: int) -> None:
    assert died(servers, driver, name, play, kills=2 + 2 * (play % 4), steps=play % 3 * 2) >= 2
