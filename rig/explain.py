"""What a scenario will do, as text: the script as a timeline, without a store and without running anything."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.biometrics import USUAL
from contracts.steps import Enter, HandTo, Leave, Meet, ShopperPlan, Step
from rig.scenario.amounts import in_units
from rig.scenario.bio_form import presented_words
from rig.scenario.crowd import Kind, Stop, Visitor, visitors
from rig.scenario.model import Expect, Scenario
from rig.scenario.words import moves, seconds, sentence


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a timeline.

    Args:
        after: when at the earliest: "4 s" from the script, "" where only the order is known.
        who: shopper, device or "".
        what: a sentence.
    """

    after: str
    who: str
    what: str

    def __str__(self) -> str:
        """Return the line in columns."""
        return f"{self.after:>8}  {self.who:<12} {self.what}".rstrip()


def explain(scenario: Scenario) -> list[str]:
    """Return the whole scenario as lines of text: head, timeline, expectations."""
    scenario = in_units(scenario)
    head = [f"{scenario.name}: {scenario.about}", f"store {scenario.store}, seed {scenario.seed}"]
    if scenario.xfail:
        head.append(f"expected to fail: {scenario.xfail}")
    people = [f"  {_person(plan)}" for plan in scenario.shoppers]
    people += [f"  {_drawn(visitor)}" for visitor in to_come(scenario)]
    body = [str(line) for line in timeline(scenario)]
    if to_come(scenario):
        body.append("products and places of the crowd are drawn when it meets the store")
    return [*head, "", "who", *people, "", "what", *body, "", "must hold", *expectations(scenario.expect)]


def to_come(scenario: Scenario) -> tuple[Visitor, ...]:
    """Return the crowd of a scenario that has not met its store yet: all of it but the products is drawn already."""
    crowd = scenario.crowd
    return visitors(crowd, scenario.seed) if crowd and not crowd.drawn else ()


def timeline(scenario: Scenario) -> list[Line]:
    """Return what happens, in an order that the script allows.

    Shoppers' steps take as long as the store and the bodies need, so only arrivals and faults have times; the
    steps between are listed in turn, those that wait for another shopper after what they wait for.
    """
    marks = [(fault.at_ns, 0, i) for i, fault in enumerate(scenario.faults)]
    people: tuple[ShopperPlan | Visitor, ...] = (*scenario.shoppers, *to_come(scenario))
    marks += [(each.arrives_ns, 1, i) for i, each in enumerate(people)]
    lines: list[Line] = []
    for at_ns, kind, i in sorted(marks):
        if kind == 0:
            fault = scenario.faults[i]
            how_long = f"for {seconds(fault.for_ns)}" if fault.for_ns else "until the end"
            lines.append(Line(seconds(at_ns), fault.device, f"is {fault.kind} {how_long}"))
        else:
            lines.append(Line(seconds(at_ns), people[i].name, "arrives"))
    return lines + _steps_in_turn(scenario.shoppers)


def expectations(expect: Expect) -> list[str]:
    """Return what must come of it, one sentence a line."""
    lines = []
    for who, bought in expect.receipts.items():
        items = ", ".join(f"{count} {product}" for product, count in bought.items())
        lines.append(f"  {who} is charged {items or 'nothing'}")
    others = "everybody else" if expect.receipts else "everybody"
    lines.append(f"  {others} is charged what they truly took")
    lines += [f"  the receipt of {who} is held for review" for who in expect.review]
    lines += [f"  {who} pays {amount / 100:.2f} in all" for who, amount in expect.charges.items()]
    if expect.entered is not None:
        lines.append(f"  only these get in: {', '.join(expect.entered) or 'nobody'}")
    return lines


def _person(plan: ShopperPlan) -> str:
    """Say who somebody is."""
    size = f"{plan.height_m:g} m tall, {moves(plan)} at {plan.speed_m_s:g} m/s"
    presents = f", {presented_words(plan.presents)}" if plan.presents != USUAL else ""
    return f"{plan.name:<12} {size}, {'has an account' if plan.account else 'has no account'}{presents}"


def _drawn(visitor: Visitor) -> str:
    """Say who one of the crowd is and what they will do, before the products are known."""
    size = f"{visitor.height_m:g} m tall, walks at {visitor.speed_m_s:g} m/s"
    comes = f"a guest on {visitor.guest_of}'s account" if visitor.guest_of else "on an account of their own"
    return f"{visitor.name:<12} {size}, {comes}: {', '.join(_stop(stop) for stop in visitor.stops)}"


def _stop(stop: Stop) -> str:
    """Say what comes of one stop at a shelf."""
    match stop.kind:
        case Kind.BUY:
            return f"buys {stop.units}"
        case Kind.RETURN:
            return "puts 1 back where it was"
        case Kind.MISPLACE:
            return "puts 1 on another shelf"
        case Kind.LOOK:
            return "only looks"


def _steps_in_turn(shoppers: tuple[ShopperPlan, ...]) -> list[Line]:
    """Return everybody's steps: round by round, each waiting for those it depends on."""
    done = {plan.name: 0 for plan in shoppers}
    order = sorted(shoppers, key=lambda plan: plan.arrives_ns)
    lines: list[Line] = []
    moved = True
    while moved:
        moved = False
        for plan in order:
            i = done[plan.name]
            if i < len(plan.steps) and _may_begin(plan.steps[i], shoppers, done):
                lines.append(Line(f"step {i + 1}", plan.name, sentence(plan.steps[i])))
                done[plan.name] += 1
                moved = True
    lines += [
        Line("never", plan.name, f"{sentence(plan.steps[done[plan.name]])}: what it waits for never happens")
        for plan in order
        if done[plan.name] < len(plan.steps)
    ]
    return lines


def _may_begin(step: Step, shoppers: tuple[ShopperPlan, ...], done: dict[str, int]) -> bool:
    """Return whether what a step waits for has been done."""
    plans = {plan.name: plan for plan in shoppers}
    match step:
        case Meet(shopper=other, steps=steps):
            return done.get(other, steps) >= steps
        case HandTo(to=other):
            return other not in done or done[other] > 0
        case Enter(follow=other) | Leave(follow=other) if other in plans:
            return _has_done(plans[other], done[other], type(step))
        case Enter(guest_of=other) if other in plans:
            return _has_done(plans[other], done[other], Enter)
        case _:
            return True


def _has_done(plan: ShopperPlan, count: int, kind: type[Step]) -> bool:
    """Return whether a step of a kind is among the first so many of a script."""
    return any(isinstance(step, kind) for step in plan.steps[:count])
