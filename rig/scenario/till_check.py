"""Whether what shoppers do at tills can be done there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from contracts.codes import pop
from contracts.currency import EXPONENT, HUNDREDTHS
from contracts.document import Document, Key, nearest
from contracts.errors import BadFile
from contracts.layout import Layout
from contracts.steps import Buy, Order, Pay, ScanCode, ShopperPlan, Step, TopUp
from contracts.trade import TillInfo, TillKind
from rig.scenario.amounts import has_amounts
from rig.scenario.model import Scenario
from rig.scenario.step_form import verb_of


def till_problems(scenario: Scenario, layout: Layout, document: Document) -> list[BadFile]:
    """Return a complaint for each step that no till of the store can serve."""
    return [
        *_currency(scenario, layout, document),
        *_steps(scenario, layout, document),
    ]


def _currency(scenario: Scenario, layout: Layout, document: Document) -> Iterator[BadFile]:
    """Yield a complaint where amounts are in another currency than the store's, or in cents that it does not have."""
    said, there = scenario.currency, layout.currency
    in_cents = EXPONENT.get(there, HUNDREDTHS) == HUNDREDTHS
    if said != there and (said or (not in_cents and has_amounts(scenario))):
        expected = f"currency: {there}"
        yield document.bad("another currency than the store's", "currency", expected=expected, found=said or "none")


def _steps(scenario: Scenario, layout: Layout, document: Document) -> list[BadFile]:
    return [
        problem
        for plan in scenario.shoppers
        for i, step in enumerate(plan.steps)
        if isinstance(step, Pay | ScanCode | TopUp | Buy | Order)
        for keys in [("shoppers", plan.name, "does", i, verb_of(step))]
        for problem in [*_of(step, keys, layout, document), *_wallets(step, plan, scenario, keys, document)]
    ]


def _wallets(
    step: Step, plan: ShopperPlan, scenario: Scenario, keys: tuple[Key, ...], document: Document
) -> Iterator[BadFile]:
    """Yield what whoever shows a code lacks: a wallet, or another shopper who showed theirs."""
    if not isinstance(step, Pay):
        return
    plans = {each.name: each for each in scenario.shoppers}
    yield from _friends(step, plan, plans, keys, document)
    if step.of and (step.of not in plans or step.of == plan.name):
        others = [name for name in plans if name != plan.name]
        yield document.bad(
            "no such shopper", *keys, "of", expected=", ".join(others) or "another shopper", found=step.of
        )
    elif step.by == "wallet" and plans.get(step.of, plan).wallet is None:
        who = step.of or plan.name
        yield document.bad(
            "no wallet to pay with", *keys, expected=f"`wallet: wechat` or alipay of {who}", found="none"
        )


def _friends(
    step: Pay, plan: ShopperPlan, plans: Mapping[str, ShopperPlan], keys: tuple[Key, ...], document: Document
) -> Iterator[BadFile]:
    """Yield what whoever pays after the first means was refused lacks."""
    payer = plans.get(step.whose or plan.name)
    if payer is None or step.whose == plan.name:
        others = ", ".join(name for name in plans if name != plan.name) or "another shopper"
        yield document.bad("no such shopper", *keys, "whose", expected=others, found=step.whose)
        return
    there = {"": True, "card": payer.card, "wallet": payer.wallet, "palm": payer.palm, "qr": payer.phone}
    if not there[step.then]:
        lacking = f"a {step.then} of {payer.name}"
        hint = "give them `account: {}`" if step.then in ("palm", "qr") else ""
        yield document.bad("nothing to pay with", *keys, "then", expected=lacking, found="none", hint=hint)


def _of(
    step: Pay | ScanCode | TopUp | Buy | Order, keys: tuple[Key, ...], layout: Layout, document: Document
) -> Iterator[BadFile]:
    tills = layout.till
    if isinstance(step, TopUp) and step.by == "app":
        return
    if not tills or (step.at and step.at not in tills):
        found = step.at or "a store without tills"
        known = ", ".join(tills) or "a store with tills"
        yield document.bad("unknown till", *keys, "at", expected=known, found=found, hint=nearest(found, list(tills)))
        return
    till = tills[step.at] if step.at else next(iter(tills.values()))
    if missing := _missing(step, till):
        yield document.bad(f"{till.id} cannot do that", *keys, expected=f"a till with a {missing}", found="one without")


def _missing(step: Step, till: TillInfo) -> str:
    """Return what a till would have to have for a step, or ""."""
    there = {
        "terminal": till.terminal,
        "palm_reader": till.palm_reader,
        "scanner": till.scanner,
        "screen": till.screen,
        "printed code": till.printed,
        "kind: vending": till.kind is TillKind.VENDING,
        "table's printed code": till.kind is TillKind.PRINTED and till.printed.startswith(pop.HEAD),
    }
    return ", a ".join(need for need in _needs(step) if not there[need])


def _needs(step: Step) -> tuple[str, ...]:
    """Return what a step needs of its till."""
    needs: tuple[str, ...] = ("scanner",)
    match step:
        case Buy():
            needs = ("kind: vending", *_READERS.get(step.by, ()))
        case Pay(by="screen"):
            needs = ("screen", "printed code")
        case Pay(by="app"):
            needs = ("scanner", "printed code")
        case Pay():
            needs = ("scanner", *_READERS.get(step.by, ()), *_READERS.get(step.then, ()))
        case Order():
            needs = ("table's printed code",)
        case ScanCode():
            needs = ("printed code",)
    return needs


_READERS = {"card": ("terminal",), "palm": ("palm_reader",)}
