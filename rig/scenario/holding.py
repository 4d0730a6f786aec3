"""Whether shoppers have what they put back, hand on or drop: counted over the script, without a store."""

from __future__ import annotations

from collections import Counter

from contracts.document import Document
from contracts.errors import BadFile
from contracts.steps import Drop, HandTo, PutBack, ShopperPlan, Step, Take
from rig.scenario.model import Scenario
from rig.scenario.step_form import verb_of


def holding_problems(scenario: Scenario, document: Document) -> list[BadFile]:
    """Return a complaint for every item that is given away without being had.

    What another shopper hands over counts from the start, since the order between shoppers is not known.

    Args:
        scenario: with products by their ids.
        document: the file that says it.
    """
    problems = []
    for plan in scenario.shoppers:
        had = _handed_to(plan.name, scenario)
        for i, step in enumerate(plan.steps):
            product, count = _gives(step)
            had[product] += _takes(step, product)
            if count > had[product]:
                problems.append(_complaint(document, plan, i, had[product]))
            had[product] -= min(count, had[product])
    return problems


def _handed_to(name: str, scenario: Scenario) -> Counter[str]:
    """Return what a shopper gets from others."""
    gifts = [step for plan in scenario.shoppers for step in plan.steps if isinstance(step, HandTo)]
    return Counter(step.product for step in gifts if step.to == name)


def _gives(step: Step) -> tuple[str, int]:
    """Return what a step moves and how many of it leave the shopper."""
    match step:
        case Take(product=product):
            return product, 0
        case PutBack(product=product, count=count):
            return product, count
        case HandTo(product=product) | Drop(product=product):
            return product, 1
        case _:
            return "", 0


def _takes(step: Step, product: str) -> int:
    """Return how many of a product a step brings to the shopper."""
    return step.count if isinstance(step, Take) and step.product == product else 0


def _complaint(document: Document, plan: ShopperPlan, i: int, had: int) -> BadFile:
    """Return the complaint about one step, before which the shopper had so many of its product."""
    product, count = _gives(plan.steps[i])
    taken = sorted({step.product for step in plan.steps[:i] if isinstance(step, Take)})
    return document.bad(
        f"{plan.name} does not have {'that many ' if had else ''}{product} here",
        "shoppers", plan.name, "does", i, verb_of(plan.steps[i]), "product",
        expected=f"something taken before: {', '.join(taken)}" if taken else "a take before it",
        found=f"{count} of {product}, {had} held",
        hint=f"put `take: {product}` before it",
    )  # fmt: skip
