"""From a crowd to ordinary shoppers: each stop gets a product that stands there, each put-back a place with room."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from contracts.clock import SECOND
from contracts.document import Document
from contracts.errors import BadFile
from contracts.layout import Facing, Layout, gondola_of
from contracts.seeds import stream
from contracts.steps import Enter, Inspect, Leave, Look, Means, PutBack, Step, Take, WalkTo
from contracts.yamlfile import check_model
from rig.scenario.crowd import Kind, Stop, Visitor, visitors
from rig.scenario.form import ScenarioForm
from rig.scenario.model import Scenario
from rig.scenario.read import scenario_of
from rig.scenario.step_body import written_ns
from rig.scenario.step_form import written
from rig.scenario.supply import Supply
from rig.scenario.write import to_data

T = TypeVar("T")


def with_crowd(scenario: Scenario, layout: Layout, document: Document | None = None) -> Scenario:
    """Return a scenario whose shoppers hold its crowd; one without a crowd, or with it drawn, as it is.

    Args:
        scenario: as read.
        layout: the store, for what stands where.
        document: the file that says it, for the lines in complaints.

    Raises:
        BadFile: the store has too little for such a crowd, or some of it would come after the end.
    """
    crowd = scenario.crowd
    if crowd is None or crowd.drawn:
        return scenario
    writer = _Writer(scenario, layout, document or Document(Path(scenario.name), None))
    people = {visitor.name: writer.shopper(visitor) for visitor in visitors(crowd, scenario.seed)}
    data = to_data(scenario)
    data["shoppers"] = data.get("shoppers", {}) | people
    data["crowd"]["drawn"] = True
    return scenario_of(check_model(Document(Path(scenario.name), data), ScenarioForm), scenario.name)


class _Writer:
    """Writes the crowd's scripts, one after another, against a store that empties."""

    def __init__(self, scenario: Scenario, layout: Layout, document: Document) -> None:
        self._scenario, self._layout, self._document = scenario, layout, document
        self._engine = scenario.crowd.engine if scenario.crowd else "own"
        self._supply = Supply(layout)
        self._supply.spend(scenario.shoppers)

    def shopper(self, visitor: Visitor) -> dict[str, Any]:
        """Return one shopper in the form of a file."""
        if visitor.arrives_ns >= self._scenario.limit_ns:
            raise self._bad(
                f"{visitor.name} arrives after the run", "shoppers",
                expected=f"all within the limit of {self._scenario.limit_ns / SECOND:g} s",
                found=f"{visitor.arrives_ns / SECOND:g} s", hint="fewer shoppers, more arrivals, or a longer limit",
            )  # fmt: skip
        enter = Enter(by="qr", guest_of=visitor.guest_of) if visitor.guest_of else Enter(by=self._way_in())
        steps: list[Step] = [enter, *self._errands(visitor), Leave()]
        return {
            "arrives": written_ns(visitor.arrives_ns),
            "height": visitor.height_m,
            "speed": visitor.speed_m_s,
            "engine": self._engine,
            "does": [written(step) for step in steps],
        }

    def _way_in(self) -> Means:
        """Return what opens the first entry gate; a gate without readers lets in whoever it lets in."""
        gate = next((gate for gate in self._layout.gates if gate.entry), None)
        if gate is None or gate.scanner:
            return "qr"
        return "palm" if gate.palm_reader else "nothing"

    def _errands(self, visitor: Visitor) -> list[Step]:
        """Return what somebody does inside, rack by rack: nobody goes back to a rack to take more."""
        wanted: set[str] = set()
        by_rack: dict[str, list[Step]] = {}
        for number, stop in enumerate(visitor.stops, start=1):
            facing = self._facing(visitor, stop, number, wanted)
            wanted.add(facing.product)
            by_rack.setdefault(gondola_of(facing.shelf), []).extend(self._at(visitor, stop, number, facing))
        return [step for steps in by_rack.values() for step in steps]

    def _facing(self, visitor: Visitor, stop: Stop, number: int, but: set[str]) -> Facing:
        """Draw where a stop is made; every facing within reach that has enough is as likely: our assumption.

        What shall go to a wrong shelf is drawn from what finds room on another.
        """
        supply, height_m = self._supply, visitor.height_m

        def fits(facing: Facing) -> bool:
            if facing.product in but or not supply.has(facing, stop.units, height_m):
                return False
            return stop.kind is not Kind.MISPLACE or bool(supply.rooms(facing.product, height_m, facing.shelf))

        chosen = self._first(visitor, f"goods {number}", self._layout.planogram, fits)
        if chosen is None and stop.kind is Kind.MISPLACE:
            raise self._bad(
                f"no shelf of {self._layout.name} has room for what {visitor.name} puts on a wrong one", "wrong shelf",
                expected="a stretch of shelf without goods, within reach", found="none",
                hint="say 0 % of wrong shelf, or leave some plates empty in the store",
            )  # fmt: skip
        if chosen is None:
            raise self._bad(
                f"there is too little in {self._layout.name} for {visitor.name}", "shoppers",
                expected=f"a facing with {stop.units} left, within the reach of {visitor.height_m:g} m",
                found="none", hint="fewer shoppers, or a store with more goods",
            )  # fmt: skip
        return chosen

    def _at(self, visitor: Visitor, stop: Stop, number: int, facing: Facing) -> list[Step]:
        """Return the steps of one stop."""
        before = facing.plates[len(facing.plates) // 2] if facing.plates else facing.shelf
        if stop.kind is Kind.LOOK:
            return [_look(before, stop.for_ns)]
        self._supply.take(facing, stop.units)
        if stop.kind is Kind.RETURN:
            return [Inspect(product=facing.product, place=facing.shelf, for_ns=stop.for_ns)]
        look = [_look(before, stop.for_ns)] if stop.for_ns else []
        take = Take(product=facing.product, count=stop.units, place=facing.shelf)
        if stop.kind is Kind.BUY:
            return [*look, take]
        place = self._wrong_place(visitor, number, facing)
        return [*look, take, PutBack(product=facing.product, place=place)]

    def _wrong_place(self, visitor: Visitor, number: int, facing: Facing) -> str:
        """Draw another shelf, among those with room for the product."""
        fit = self._supply.rooms(facing.product, visitor.height_m, facing.shelf)
        everywhere = [*self._layout.shelf, *self._layout.plate]
        chosen = self._first(visitor, f"shelf {number}", everywhere, fit.__contains__)
        assert chosen is not None, "the product was drawn from what finds room"
        self._supply.fill(chosen, facing.product)
        return chosen

    def _first(self, visitor: Visitor, what: str, known: Sequence[T], fits: Callable[[T], bool]) -> T | None:
        """Return the first of those that fit, in an order drawn over all: what runs out changes nobody else's order."""
        order = stream(self._scenario.seed, "crowd", visitor.name, what).permutation(len(known))
        return next((known[i] for i in order.tolist() if fits(known[i])), None)

    def _bad(self, what: str, key: str, *, expected: str, found: str, hint: str) -> BadFile:
        """Return a complaint of a key of the crowd."""
        return self._document.bad(what, "crowd", key, expected=expected, found=found, hint=hint)


def _look(place: str, for_ns: int) -> Step:
    """Return a look at a place; one that takes no time is a walk there."""
    return Look(place=place, for_ns=for_ns) if for_ns else WalkTo(place=place)
