"""Whether what shoppers push or ride fits through the lanes of a store."""

from __future__ import annotations

from collections.abc import Iterator

from contracts.document import Document
from contracts.errors import BadFile
from contracts.layout import Layout
from contracts.steps import Enter, Leave, ShopperPlan
from rig.scenario.model import Scenario
from twin.shopper.wheels import needed_m


def lane_problems(scenario: Scenario, layout: Layout, document: Document) -> list[BadFile]:
    """Return a complaint for each shopper who cannot get in or out with what they bring on wheels."""
    return [problem for plan in scenario.shoppers for problem in _of(plan, layout, document)]


def _of(plan: ShopperPlan, layout: Layout, document: Document) -> Iterator[BadFile]:
    needed = needed_m(plan.pushes, seated=plan.seated)
    if not needed:
        return
    key, what = ("seated", "wheelchair") if plan.seated else ("pushes", plan.pushes)
    named = [step.gate for step in plan.steps if isinstance(step, Enter | Leave)]
    for way, gate in zip(("entry", "exit"), (*named, "", "")[:2], strict=True):
        lanes = [each for each in layout.gates if getattr(each, way) and gate in ("", each.id)]
        widest = max(lanes, key=lambda each: each.width_m, default=None)
        if widest is not None and widest.width_m < needed:
            yield document.bad(
                f"the {what} does not fit through {widest.id}", "shoppers", plan.name, key,
                expected=f"a lane of {needed:.2f} m or more",
                found=f"{widest.width_m:.2f} m{'' if gate else f', the widest {way} of {layout.name}'}",
                hint="let them use a wider gate, or push something narrower",
            )  # fmt: skip
