"""Judges a run: receipts, passages and charges against the truth, and against what the scenario expects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from contracts.checkout import BalanceChange
from contracts.records import Direction
from contracts.truth import JAMMED, TrueFault, TruePassage, TrueStep
from rig.judge.biometrics import bio_differences
from rig.judge.carts import results
from rig.judge.credits import credit_differences
from rig.judge.events import score_events
from rig.judge.holds import hold_differences
from rig.judge.money import money_differences
from rig.judge.palms import palm_differences
from rig.judge.payments import payment_differences
from rig.judge.story import Story, gather
from rig.judge.tills import means_differences
from rig.judge.tracking import score_tracking
from rig.judge.verdict import Cart, Outcome, PersonResult, Scores, Verdict
from rig.recording.reader import Recording
from rig.scenario.model import Expect

# What the stack decides: a script that fails here has found the product wrong, anywhere else the rig.
PRODUCT_STEPS = ("enter", "leave", "pay", "scan", "top up", "check price", "buy", "order", "enrol", "forget")


def judge(recording: Recording, expect: Expect | None = None) -> Verdict:
    """Judge a recording.

    Args:
        recording: of a run in the twin; a log of a real store has no truth and stays unjudged.
        expect: what the scenario says must come of it; None or empty: the receipts must equal the truth.
    """
    return judge_story(gather(recording), expect or Expect())


def judge_story(story: Story, expect: Expect) -> Verdict:
    """Judge what `gather` found."""
    if not story.has_truth:
        return Verdict(outcome=Outcome.UNJUDGED, differences=tuple(money_differences(story)))
    people, strangers = results(story)
    differences = [
        *_step_differences(story, expect),
        *(line for person in people for line in _person_differences(person, expect, sells=bool(story.layout.tills))),
        *(f"receipt of {r.visit} (account {r.account or 'none'}) belongs to nobody" for r in strangers),
        *_entry_differences(story, expect),
        *_charge_differences(people, expect),
        *money_differences(story),
        *payment_differences(story),
        *means_differences(story),
        *palm_differences(story, expect.recognised),
        *bio_differences(story),
        *credit_differences(story),
        *hold_differences(story),
        *_balance_differences(story, expect),
    ]
    troubles = tuple(_troubles(story))
    outcome = Outcome.ERROR if troubles else Outcome.FAIL if differences else Outcome.PASS
    scores = Scores(**_line_scores(people), **_event_scores(story), **score_tracking(story))
    return Verdict(
        outcome=outcome, differences=tuple(differences), troubles=troubles, people=tuple(people), scores=scores
    )


def _person_differences(person: PersonResult, expect: Expect, *, sells: bool) -> Iterator[str]:
    who = " and ".join(person.names)
    right = due(person, expect)
    if person.status == "none":
        if sells and not right:  # where goods are sold at tills, who buys nothing gets no receipt
            return
        yield f"{who} left with {_cart(person.took)} and got no receipt"
        return
    if dict(person.charged) != dict(right):
        yield f"{who}: receipt says {_cart(person.charged)}, right is {_cart(right)}"
    if wants_review(person, expect) != (person.status == "review"):
        right_status = "review" if wants_review(person, expect) else "final"
        yield f"{who}: the receipt is {person.status}, right is {right_status}"


def due(person: PersonResult, expect: Expect) -> Cart:
    """Return what a party's receipts should list: what they left with, unless the scenario says otherwise."""
    told = [expect.receipts[name] for name in person.names if name in expect.receipts]
    return _added(told) if told else person.took


def wants_review(person: PersonResult, expect: Expect) -> bool:
    """Whether a party's receipt should be held: nobody's account pays, or the scenario says so."""
    return not person.account or any(name in expect.review for name in person.names)


def _entry_differences(story: Story, expect: Expect) -> Iterator[str]:
    if expect.entered is None:
        return
    entered = {p.shopper for p in story.all(TruePassage) if p.direction is Direction.IN}
    for name in sorted(set(expect.entered) - entered):
        yield f"{name} should have got in, and did not"
    for name in sorted(entered - set(expect.entered)):
        yield f"{name} got in, and should not have"


def _charge_differences(people: list[PersonResult], expect: Expect) -> Iterator[str]:
    for name, due in sorted(expect.charges.items()):
        paid = sum(person.total_minor for person in people if name in person.names and person.status == "final")
        if paid != due:
            yield f"{name} should have paid {due} (minor units), and paid {paid}"


def _balance_differences(story: Story, expect: Expect) -> Iterator[str]:
    """Yield whose stored value is another than the scenario says."""
    balance = {change.account: change.balance_minor for change in story.all(BalanceChange)}
    for name, due in sorted(expect.balances.items()):
        there = balance.get(story.account_of.get(name, ""), 0)
        if there != due:
            yield f"{name} should have {due} (minor units) of stored value, and has {there}"


def _step_differences(story: Story, expect: Expect) -> Iterator[str]:
    """Yield what people were kept from; who was never expected to get in may well stand before a closed gate."""
    outside = set() if expect.entered is None else set(story.shoppers) - set(expect.entered)
    turned_down = {step.shopper for step in story.all(TrueStep) if step.problem and _is_refusal(step)}
    for step in story.all(TrueStep):
        excused = step.shopper in outside or (step.shopper in expect.refused and _is_refusal(step))
        if step.problem and _by_product(step) and not excused:
            yield f"{step.shopper} could not {step.text}: {step.problem}"
    for name in sorted(set(expect.refused) - turned_down):
        yield f"{name} should have been turned down, and was not"


def _is_refusal(step: TrueStep) -> bool:
    """Whether a step is one at which somebody may be turned down for good reason."""
    return step.text.startswith(("pay", "scan", "top up", "buy", "order", "enrol"))


def _by_product(step: TrueStep) -> bool:
    """Whether it is the product that kept somebody from a step, and not another shopper or the script."""
    return step.text.startswith(PRODUCT_STEPS) and not step.problem.endswith(JAMMED)


def _troubles(story: Story) -> Iterator[str]:
    for step in story.all(TrueStep):
        if step.problem and not _by_product(step):
            yield f"{step.shopper} could not {step.text}: {step.problem}"
    for fault in story.all(TrueFault):
        if not fault.applied:
            yield f"{fault.device} cannot have the fault {fault.fault!r}"
    if story.end is not None and story.end.status not in ("finished",):
        yield f"the run ended early: {story.end.status} {story.end.reason}".rstrip()


def _line_scores(people: list[PersonResult]) -> dict[str, Any]:
    both = sum(min(p.took.get(k, 0), p.charged.get(k, 0)) for p in people for k in p.took)
    charged = sum(sum(p.charged.values()) for p in people)
    took = sum(sum(p.took.values()) for p in people)
    return {
        "line_precision": both / charged if charged else None,
        "line_recall": both / took if took else None,
        "line_f1": 2 * both / (charged + took) if charged + took else None,
    }


def _event_scores(story: Story) -> dict[str, Any]:
    precision, recall = score_events(story)
    return {"event_precision": precision, "event_recall": recall}


def _added(carts: list[Mapping[str, int]]) -> dict[str, int]:
    total: dict[str, int] = {}
    for cart in carts:
        for product, count in cart.items():
            total[product] = total.get(product, 0) + count
    return dict(sorted(total.items()))


def _cart(cart: Mapping[str, int]) -> str:
    return ", ".join(f"{count} x {product}" for product, count in sorted(cart.items())) or "nothing"
