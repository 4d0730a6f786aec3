"""The scripts of a real store acted out in its twin: who took what, from where, in which order."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ci.suites.writing import Data, SuiteFiles
from contracts.layout import Facing, Layout
from rig.paths import find_store
from rig.scenario.supply import Supply
from twin.store import load_store

STORE = "nanostore"
TALL_M = 1.85
"""The scripts take from shelves at 1.7 m, which a smaller shopper does not reach."""
BEHIND_S = 2
REACH_S = 4.0
"""About what walking and reaching take of the time between two events; our estimate."""
# Played as the script says, the shopper finds no room there: in this twin the facing is full.
NO_ROOM = {
    ("kettle-sea-salt", "gondola-2/shelf-6/plate-2"),
    ("ice-ginger", "gondola-3/shelf-2/plate-7"),
    ("diet-coke", "gondola-3/shelf-5/plate-11"),
    ("diet-coke", "gondola-3/shelf-4/plate-6"),
}
Event = dict[str, Any]


def replica(scripts: Path) -> SuiteFiles:
    """Return the suite of the published scripts.

    Args:
        scripts: JSON: "scripts", each with "name" and "events" (t_s, shopper, does, product, gondola, shelf, plates).
    """
    layout = load_store(find_store(STORE)).layout
    suite = SuiteFiles(
        "nanostore-replica",
        "The published scripts of the NanoStore, acted out in its twin with the noise of its log.",
        (1, 2, 3),
        (101, 102, 103),
    )
    for script in json.loads(scripts.read_text())["scripts"]:
        stem = str(script["name"]).lower()
        actors = _Actors(layout, stem)
        suite.scenarios[stem] = actors.play(script)
        suite.notes += actors.notes
    return suite


@dataclass
class _Actors:
    """Turns one script into a scenario, and notes what this store has otherwise than the script."""

    layout: Layout
    stem: str
    notes: list[str] = field(default_factory=list)
    stand_ins: dict[tuple[str, str], Facing] = field(default_factory=dict)
    lies_at: dict[str, str] = field(default_factory=dict)
    scripted_at: dict[str, str] = field(default_factory=dict)
    taken: dict[str, set[tuple[str, int]]] = field(default_factory=dict)

    def play(self, script: dict[str, Any]) -> Data:
        """Return the scenario of a script."""
        events: list[Event] = script["events"]
        names = [f"shopper-{number}" for number in range(1, script["shoppers"] + 1)]
        spoken = sorted({event["product"] for event in events})
        self._used = {found for gtin in spoken if (found := self._product(gtin))}
        does = {name: list(self._steps([e for e in events if e["shopper"] == name])) for name in names}
        if not events:
            self._note("the script has no events: its shopper comes in, looks at a shelf and leaves")
        people = {}
        for i, name in enumerate(names):
            steps = does[name] or [{"look": "gondola-1/shelf-4"}]
            arrives = {"arrives": f"{i * BEHIND_S} s"} if i else {}
            people[name] = arrives | {"height": TALL_M, "does": [{"enter": "qr"}, *steps, "leave"]}
        count = f"{len(names)} shopper{'s' if len(names) > 1 else ''}"
        about = f"Script {script['name']} of the NanoStore acted out: {count}, {len(events)} events."
        return {"about": about, "store": STORE, "seed": 1, "limit": "300 s", "shoppers": people}

    def _steps(self, events: list[Event]) -> Iterator[Data]:
        """Yield the steps of one shopper."""
        before_s: float | None = None
        for event in events:
            if event["t_s"] is not None and before_s is not None and event["t_s"] - before_s > REACH_S:
                yield {"wait": f"{event['t_s'] - before_s - REACH_S:g} s"}
            before_s = event["t_s"]
            step = self._take(event) if event["does"] == "take" else self._put(event)
            if step is not None:
                yield step

    def _take(self, event: Event) -> Data | None:
        said = _shelf(event)
        product = self._product(event["product"])
        self.taken[event["product"]] = _plates(event)
        if product in self.lies_at and self.scripted_at[product] == said:
            return {"take": {"product": product, "from": self.lies_at.pop(product)}}
        facing = self._facing(event, product, said)
        if facing is None:
            return None
        return {"take": {"product": facing.product, "from": facing.shelf}}

    def _put(self, event: Event) -> Data | None:
        """Return a put-back: without a place where it goes back to where it was taken."""
        said = _shelf(event)
        product = self._product(event["product"])
        facing = self._facing(event, product, said, quiet=True)
        if facing is None:
            self._note(f"{event['product']} is not put back, since it could not be taken")
            return None
        if self.taken[event["product"]] & _plates(event):
            return {"put back": facing.product}
        plate = f"{said}/plate-{event['plates'][len(event['plates']) // 2]}"
        room = plate
        if (facing.product, plate) in NO_ROOM:
            room = self._room(facing.product, said)
            self._note(f"{facing.product} is put on {room}, where this store has room, not on {plate}")
        self.lies_at[facing.product] = room
        self.scripted_at[facing.product] = said
        return {"put back": {"product": facing.product, "at": room}}

    def _room(self, product: str, said: str) -> str:
        """Return the place with room that is nearest to a shelf: on it, else in its rack, else anywhere."""
        rack, number = said.rsplit("-", 1)

        def far(place: str) -> tuple[bool, bool, int, str]:
            at, _, shelf = place.partition("/shelf-")
            apart = abs(int(shelf.split("/")[0]) - int(number))
            return (not place.startswith(f"{said}/"), at != rack.split("/")[0], apart, place)

        return min(Supply(self.layout).rooms(product, TALL_M, ""), key=far)

    def _facing(self, event: Event, product: str, said: str, *, quiet: bool = False) -> Facing | None:
        """Return where this store has what an event names: there, elsewhere, or something else that stands there."""
        homes = [facing for facing in self.layout.planogram if facing.product == product]
        there = [facing for facing in homes if facing.shelf == said]
        if there:
            return there[0]
        if homes:
            if not quiet:
                self._note(f"{product} is taken from {homes[0].shelf}, where this store has it, not from {said}")
            return homes[0]
        return self._stand_in(event, said, quiet=quiet)

    def _stand_in(self, event: Event, said: str, *, quiet: bool) -> Facing | None:
        key = (event["product"], said)
        if key not in self.stand_ins:
            row = [f for f in self.layout.planogram if f.shelf == said and f.product not in self._used]
            at = self._middle(said, event["plates"])
            near = min(row, key=lambda facing: (abs(facing.x_m - at), facing.product), default=None)
            if near is None:
                if not quiet:
                    self._note(f"{event['product']} is left out: this store has none, and {said} is empty")
                return None
            self.stand_ins[key] = near
            self._used.add(near.product)
            self._note(f"{near.product} stands in for {event['product']} on {said}, which this store does not have")
        return self.stand_ins[key]

    def _middle(self, said: str, plates: list[int]) -> float:
        shelf = self.layout.shelf[said]
        width = shelf.width_m / len(shelf.plates)
        return (sum(plates) / len(plates) - 0.5) * width - shelf.width_m / 2

    def _product(self, gtin: str) -> str:
        return next((product.id for product in self.layout.products if product.gtin == gtin), "")

    def _note(self, text: str) -> None:
        said = f"{self.stem}: {text}"
        if said not in self.notes:
            self.notes.append(said)


def _shelf(event: Event) -> str:
    return f"gondola-{event['gondola']}/shelf-{event['shelf']}"


def _plates(event: Event) -> set[tuple[str, int]]:
    """Return where the script has an item, plate by plate."""
    return {(_shelf(event), number) for number in event["plates"]}
