"""A stack made of arithmetic: receipts straight from the script, right but for one bug; a run costs nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import cache

from contracts.layout import Layout
from contracts.steps import Drop, HandTo, PutBack, ShopperPlan, Step, Take
from rig.hunt.traits import Traits, traits_of
from rig.judge.verdict import Outcome, PersonResult, Verdict
from rig.paths import find_store
from rig.scenario import Scenario
from rig.strategies import tell
from rig.strategies.plot import Plot
from rig.strategies.stalls import Stalls
from twin.store import load_store

STORE = "corner-shop"


def traits(plot: Plot) -> Traits:
    return traits_of(plot, stalls())


@cache
def stalls() -> Stalls:
    return Stalls(layout())


Read = Callable[[Step, int], int]
"""What a bug makes of a step that changes a cart by so many items: by how many the receipt changes."""


@cache
def layout() -> Layout:
    return load_store(find_store(STORE)).layout


def told(plot: Plot) -> Scenario:
    return tell(plot, layout(), STORE)


def right(_: Step, count: int) -> int:
    return count


def lost_count(step: Step, count: int) -> int:
    """Several items in one reach count as one."""
    return 1 if isinstance(step, Take) and step.at_once else count


def put_back_elsewhere(step: Step, count: int) -> int:
    """A put-back where the product does not belong is credited to nobody."""
    return 0 if isinstance(step, PutBack) and step.place else count


def hand_over_ignored(step: Step, count: int) -> int:
    """What is handed over stays the giver's."""
    return 0 if isinstance(step, HandTo) else count


def fake_play(read: Read, held: tuple[str, ...] = ()) -> Callable[[Scenario], Verdict]:
    """Return what judges scenarios as a stack with a bug would have them come out."""

    def play(scenario: Scenario) -> Verdict:
        took, charged = _carts(scenario, right), _carts(scenario, read)
        people = tuple(
            PersonResult(
                names=(plan.name,), account=plan.account, took=+took[plan.name], charged=+charged[plan.name],
                status="review" if plan.name in held else "final",
            )
            for plan in scenario.shoppers
        )  # fmt: skip
        wrong = tuple(f"{p.names[0]}: receipt says {p.charged}, right is {p.took}" for p in people if not p.right)
        return Verdict(outcome=Outcome.FAIL if wrong or held else Outcome.PASS, differences=wrong, people=people)

    return play


def _carts(scenario: Scenario, read: Read) -> dict[str, Counter[str]]:
    carts: dict[str, Counter[str]] = {plan.name: Counter() for plan in scenario.shoppers}
    for plan in scenario.shoppers:
        for step in plan.steps:
            _apply(carts, plan, step, read)
    return carts


def _apply(carts: dict[str, Counter[str]], plan: ShopperPlan, step: Step, read: Read) -> None:
    match step:
        case Take(product=product, count=count):
            carts[plan.name][product] += read(step, count)
        case PutBack(product=product, count=count):
            carts[plan.name][product] -= read(step, count)
        case Drop(product=product):
            carts[plan.name][product] -= read(step, 1)
        case HandTo(product=product, to=to):
            carts[plan.name][product] -= read(step, 1)
            carts[to][product] += read(step, 1)
        case _:
            pass
