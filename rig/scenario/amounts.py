"""Amounts of money in a scenario: read as hundredths, held in minor units of its currency, written as read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from contracts.currency import in_hundredths, in_minor
from contracts.steps import Pay, ScanCode, Step, TopUp
from rig.scenario.model import Expect, Scenario

Change = Callable[[int, str], int]


def steps_in_minor(steps: Iterable[Step], currency: str) -> tuple[Step, ...]:
    """Return steps with amounts in minor units."""
    return tuple(_step(step, in_minor, currency) for step in steps)


def expect_in_minor(expect: Expect, currency: str) -> Expect:
    """Return what is expected with amounts in minor units."""
    return _expect(expect, in_minor, currency)


def in_units(scenario: Scenario) -> Scenario:
    """Return a scenario with amounts in hundredths, as its file has them."""
    currency = scenario.currency
    shoppers = tuple(
        replace(plan, steps=tuple(_step(step, in_hundredths, currency) for step in plan.steps))
        for plan in scenario.shoppers
    )
    return replace(scenario, shoppers=shoppers, expect=_expect(scenario.expect, in_hundredths, currency))


def has_amounts(scenario: Scenario) -> bool:
    """Whether a scenario names any amount."""
    steps = [step for plan in scenario.shoppers for step in plan.steps]
    keyed = any(isinstance(step, Pay | ScanCode | TopUp) and step.amount_minor for step in steps)
    return keyed or bool(scenario.expect.charges or scenario.expect.balances)


def _step(step: Step, change: Change, currency: str) -> Step:
    if currency and isinstance(step, Pay | ScanCode | TopUp):
        return replace(step, amount_minor=change(step.amount_minor, currency))
    return step


def _expect(expect: Expect, change: Change, currency: str) -> Expect:
    if not currency:
        return expect
    charges = {who: change(minor, currency) for who, minor in expect.charges.items()}
    return replace(
        expect, charges=charges, balances={who: change(minor, currency) for who, minor in expect.balances.items()}
    )
