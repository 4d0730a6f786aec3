"""Every flow, killed at every step: of the stack, of the provider, and again and again. `make crash` runs these."""

from __future__ import annotations

import pytest

from tests.crash.driver import Driver
from tests.crash.flows import FLOWS

pytestmark = [pytest.mark.crash, pytest.mark.timeout(1_200)]


@pytest.mark.parametrize("flow", FLOWS)
def test_the_stack_dies_at_each_step_in_turn(driver: Driver, flow: str) -> None:
    steps = driver.play(flow, [], [])["steps"]
    for step in range(1, steps + 1):
        assert driver.play(flow, [step], [])["shop_killed"] == 1


@pytest.mark.parametrize("flow", FLOWS)
def test_the_provider_dies_at_each_step_in_turn(driver: Driver, flow: str) -> None:
    step = 1
    while driver.play(flow, [], [step])["bank_killed"]:
        step += 1


@pytest.mark.parametrize("flow", FLOWS)
def test_both_die_again_and_again(driver: Driver, flow: str) -> None:
    deaths = list(range(2, 60, 3))
    assert driver.play(flow, deaths, [2, 1, 3, 2, 5, 1])["shop_killed"]
