"""Whether a scenario can be played in a store; every complaint names file, line, expected, found and the nearest."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from contracts.document import Document, Key, nearest, raise_all
from contracts.errors import BadFile
from contracts.layout import GateInfo, Layout
from contracts.palms import Enrol, Forget
from contracts.steps import (
    Buy,
    CheckPrice,
    Drop,
    Enter,
    FaultPlan,
    HandTo,
    Inspect,
    Leave,
    Look,
    Meet,
    Order,
    PutBack,
    ShopperPlan,
    Step,
    Take,
    Touch,
    WalkTo,
)
from rig.scenario.altered import altered_problems
from rig.scenario.bio_form import bio_problems
from rig.scenario.errands import with_crowd
from rig.scenario.hand_form import hand_problems
from rig.scenario.holding import holding_problems
from rig.scenario.lanes import lane_problems
from rig.scenario.model import Scenario
from rig.scenario.places import Places
from rig.scenario.step_form import verb_of
from rig.scenario.till_check import till_problems

MOST_LISTED = 12  # names in "expected"


def check(scenario: Scenario, layout: Layout, document: Document | None = None) -> Scenario:
    """Return the scenario with every product by its id and its crowd drawn, ready to be played in a store.

    Args:
        scenario: what is to be played; products may be named by id or GTIN.
        layout: where.
        document: the file that says it, for the lines in complaints.

    Raises:
        BadFile: it cannot be played there; lists all reasons.
    """
    scenario = with_crowd(scenario, layout, document)
    checker = _Checker(scenario, Places(layout), document or Document(Path(scenario.name), None))
    checked = checker.scenario_checked()
    if not any("unknown product" in problem.what for problem in checker.problems):  # one typo, one complaint
        checker.problems += holding_problems(checked, checker.document)
    checker.problems += lane_problems(checked, layout, checker.document)
    checker.problems += till_problems(checked, layout, checker.document)
    checker.problems += hand_problems(checked, layout, checker.document)
    checker.problems += bio_problems(checked, layout, checker.document)
    checker.problems += altered_problems(scenario.altered, layout, checker.document)
    raise_all(checker.problems)
    return checked


@dataclass
class _Checker:
    """Collects complaints while it walks through a scenario."""

    scenario: Scenario
    places: Places
    document: Document
    problems: list[BadFile] = field(default_factory=list)

    def scenario_checked(self) -> Scenario:
        """Return the scenario with product ids; problems are in `problems`."""
        shoppers = tuple(self._shopper(plan) for plan in self.scenario.shoppers)
        for i, fault in enumerate(self.scenario.faults):
            self._fault(i, fault)
        receipts = {
            who: {self._product(name, "expect", "receipts", who, name): count for name, count in lines.items()}
            for who, lines in self.scenario.expect.receipts.items()
        }
        return replace(self.scenario, shoppers=shoppers, expect=replace(self.scenario.expect, receipts=receipts))

    # --- shoppers ---

    def _shopper(self, plan: ShopperPlan) -> ShopperPlan:
        """Check one shopper's script."""
        steps = tuple(self._step(plan, i, step) for i, step in enumerate(plan.steps))
        self._order(plan)
        return replace(plan, steps=steps)

    def _order(self, plan: ShopperPlan) -> None:
        """Check that a script begins with `enter` and ends at `leave`."""
        first = next((i for i, step in enumerate(plan.steps) if not isinstance(step, Enrol | Forget)), 0)
        if not isinstance(plan.steps[first], Enter):
            self._bad(
                "the first step must be 'enter'", plan, first, expected="enter: qr, palm, face, nothing, ...",
                found=verb_of(plan.steps[first]), hint="put `enter: qr` before it",
            )  # fmt: skip
        for i, step in enumerate(plan.steps[first + 1 :], start=first + 1):
            if isinstance(plan.steps[i - 1], Leave):
                self._bad("steps after 'leave'", plan, i, expected="nothing after leave", found=verb_of(step))
                return
            if isinstance(step, Enter):
                self._bad("a shopper enters once", plan, i, expected="any step but enter", found="enter")

    def _step(self, plan: ShopperPlan, i: int, step: Step) -> Step:  # noqa: C901 - one case a step
        """Check one step; return it with its product's id."""
        keys: tuple[Key, ...] = ("shoppers", plan.name, "does", i, verb_of(step))
        step = self._with_ids(step, keys)
        match step:
            case Enter():
                self._enter(plan, step, keys)
            case Leave():
                self._other(plan, step.follow, *keys, "follow")
                self._gate(step.gate, "exit", *keys, "gate")
            case WalkTo(point=None):
                self._place(step.place, self.places.all, *keys, "place")
            case WalkTo(point=point):
                self._point(point, *keys, "point")
            case Take():
                self._stands_there(step, *keys, "from")
            case Inspect() | Touch():
                self._stands_there(step, *keys, "at")
            case PutBack(place=place) if place:
                self._place(place, self.places.shelves, *keys, "at")
            case Look():
                self._place(step.place, self.places.all, *keys, "at")
            case HandTo():
                self._other(plan, step.to, *keys, "to")
            case Meet():
                self._meet(plan, step, keys)
            case _:
                pass
        return step

    def _with_ids(self, step: Step, keys: tuple[Key, ...]) -> Step:
        """Return a step with the ids of its products."""
        if isinstance(step, Take | PutBack | Inspect | Touch | HandTo | Drop | CheckPrice | Buy):
            return replace(step, product=self._product(step.product, *keys, "product"))
        if isinstance(step, Order):
            ids = tuple((self._product(name, *keys, "items", name), count) for name, count in step.items)
            return replace(step, items=ids)
        return step

    def _enter(self, plan: ShopperPlan, step: Enter, keys: tuple[Key, ...]) -> None:
        """Check how a shopper comes in."""
        self._other(plan, step.follow, *keys, "follow")
        self._other(plan, step.guest_of, *keys, "guest of")
        gate = self._gate(step.gate, "entry", *keys, "gate")
        if gate is None or step.follow or step.guest_of:
            return
        for by, reader in (("qr", gate.scanner), ("palm", gate.palm_reader)):
            if by in (step.by, step.then) and not reader:
                self._say(f"{gate.id} cannot read that", *keys, expected=_ways_in(gate), found=by)

    def _meet(self, plan: ShopperPlan, step: Meet, keys: tuple[Key, ...]) -> None:
        """Check that the other shopper exists and does so many steps."""
        if not self._other(plan, step.shopper, *keys, "shopper"):
            return
        other = next(p for p in self.scenario.shoppers if p.name == step.shopper)
        if step.steps > len(other.steps):
            self._say(
                f"{other.name} never does so many steps", *keys, "steps",
                expected=f"1 to {len(other.steps)}", found=str(step.steps),
            )  # fmt: skip

    def _stands_there(self, step: Take | Inspect | Touch, *keys: Key) -> None:
        """Check that a product stands where it is reached for, by the planogram or by an earlier put-back."""
        place, known = step.place, step.product in self.places.layout.product
        if not known or (place and not self._place(place, self.places.shelves, *keys)):
            return
        if self.places.facings(step.product, place) or place in self._moved_to(step.product):
            return
        if place:
            there = ", ".join(self.places.products_at(place)) or "nothing"
            homes = [facing.shelf for facing in self.places.facings(step.product)]
            where = f"{step.product} is on {', '.join(homes)}" if homes else ""
            self._say(
                f"{step.product} is not on {place}", *keys, expected=f"one of: {there}", found=step.product, hint=where
            )
        else:
            self._say(f"the planogram has no place for {step.product}", *keys, expected="a product with a facing")

    def _moved_to(self, product: str) -> set[str]:
        """Return the places that somebody puts a product on in this scenario."""
        same = self.places.product
        return {
            step.place
            for plan in self.scenario.shoppers
            for step in plan.steps
            if isinstance(step, PutBack) and same.get(step.product) == product
        }

    # --- names ---

    def _product(self, name: str, *keys: Key) -> str:
        """Return a product's id."""
        if name in self.places.product:
            return self.places.product[name]
        near = nearest(name, self.places.product)
        ids = sorted(self.places.layout.product)
        expected = f"a product id or GTIN of {self.places.layout.name}: {_some(ids)}"
        self._say("unknown product", *keys, expected=expected, found=f"'{name}'", hint=near)
        return name

    def _place(self, name: str, known: frozenset[str], *keys: Key) -> bool:
        """Check that the store has a place."""
        if name in known:
            return True
        if name in self.places.all:
            self._say(
                "goods stand on shelves and plates",
                *keys,
                expected=f"one of: {_some(self.places.siblings(f'{name}/'))}",
                found=f"'{name}'",
            )
            return False
        near = nearest(name, known)
        beside = self.places.siblings(name)
        expected = f"one of: {_some(beside)}"
        self._say(
            f"{self.places.layout.name} has no such place", *keys, expected=expected, found=f"'{name}'", hint=near
        )
        return False

    def _point(self, point: tuple[float, float] | None, *keys: Key) -> None:
        """Check that a point lies on the surveyed floor."""
        x_min, y_min, x_max, y_max = self.places.layout.bounds_m
        if point and not (x_min <= point[0] <= x_max and y_min <= point[1] <= y_max):
            expected = f"x {x_min:g} to {x_max:g} m, y {y_min:g} to {y_max:g} m"
            self._say("outside the store", *keys, expected=expected, found=f"{point[0]:g}, {point[1]:g}")

    def _other(self, plan: ShopperPlan, name: str, *keys: Key) -> bool:
        """Check that a name is another shopper's; "" is nobody and fine."""
        others = [p.name for p in self.scenario.shoppers if p.name != plan.name]
        if not name or name in others:
            return bool(name)
        what = "a shopper cannot do that with themselves" if name == plan.name else "unknown shopper"
        expected = f"one of: {', '.join(others)}" if others else "a second shopper in the scenario"
        self._say(what, *keys, expected=expected, found=f"'{name}'", hint=nearest(name, others))
        return False

    def _gate(self, name: str, way: str, *keys: Key) -> GateInfo | None:
        """Return the gate of that name, or the first for that way; complain if there is none."""
        fit = [gate for gate in self.places.layout.gates if getattr(gate, way)]
        for gate in fit:
            if name in ("", gate.id):
                return gate
        expected = f"one of: {', '.join(gate.id for gate in fit)}" if fit else f"a store with an {way} gate"
        near = nearest(name, [gate.id for gate in fit])
        self._say(f"no {way} gate of that name", *keys, expected=expected, found=f"'{name}'", hint=near)
        return None

    def _fault(self, i: int, fault: FaultPlan) -> None:
        """Check that a fault's device exists and that it begins within the run."""
        if fault.device not in self.places.devices:
            known = [gate.id for gate in self.places.layout.gates] + sorted(self.places.layout.camera)
            self._say(
                "unknown device", "faults", i, "device",
                expected=f"a plate, gondola, camera, gate, scanner or reader: {_some(known)}",
                found=f"'{fault.device}'", hint=nearest(fault.device, self.places.devices),
            )  # fmt: skip
        if fault.at_ns >= self.scenario.limit_ns:
            seconds = self.scenario.limit_ns / 1e9
            self._say("the fault begins after the run", "faults", i, "at", expected=f"before {seconds:g} s")

    # --- complaints ---

    def _bad(self, what: str, plan: ShopperPlan, i: int, *, expected: str, found: str, hint: str = "") -> None:
        """Complain of a whole step."""
        self._say(what, "shoppers", plan.name, "does", i, expected=expected, found=found, hint=hint)

    def _say(self, what: str, *keys: Key, expected: str = "", found: str = "", hint: str = "") -> None:
        """Complain of what stands at a key."""
        self.problems.append(self.document.bad(what, *keys, expected=expected, found=found, hint=hint))


def _ways_in(gate: GateInfo) -> str:
    """Return how a gate can be passed."""
    ways = [by for by, reader in (("qr", gate.scanner), ("palm", gate.palm_reader)) if reader]
    return f"one of: {', '.join([*ways, 'nothing'])}"


def _some(names: list[str]) -> str:
    """Return the first names and how many more there are."""
    more = f" and {len(names) - MOST_LISTED} more" if len(names) > MOST_LISTED else ""
    return ", ".join(names[:MOST_LISTED]) + more
