"""From an outline to the scenario that it is in a store."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from contracts.layout import Facing, Layout
from rig.scenario.build import ShopperBuilder, scenario, shopper
from rig.scenario.model import Scenario
from rig.strategies.plot import NAMES, NEED_GOODS, VERBS, Deed, Plot
from rig.strategies.stalls import Stalls

COUNTS = ((1, False), (2, False), (2, True), (3, True))
"""How many a take is of, and whether at once, by its `how`; then it is slow, or held over the shelf."""
ABOUT = "A script that a search made up."


def tell(plot: Plot, layout: Layout, store: str, *, name: str = "drawn", about: str = ABOUT) -> Scenario:
    """Return the scenario of an outline, valid in the store whatever the outline is.

    Args:
        plot: the outline.
        layout: of the store.
        store: its name or file, as the scenario shall say it.
        name: the scenario's.
        about: the scenario's.
    """
    return scenario(name, about, store, *scripts_of(plot, Stalls(layout)), seed=plot.seed)


def scripts_of(plot: Plot, stalls: Stalls) -> list[ShopperBuilder]:
    """Return the scripts of an outline, one a shopper.

    Args:
        plot: the outline.
        stalls: what the store offers.
    """
    teller = _Teller(stalls, plot)
    for deed in plot.deeds:
        teller.do(deed)
    return [script.leave() for script in teller.scripts]


@dataclass
class _Teller:
    """Scripts while they are written, and what everybody has by then."""

    stalls: Stalls
    plot: Plot
    scripts: list[ShopperBuilder] = field(init=False)
    held: list[list[tuple[str, str]]] = field(init=False)
    taken: Counter[Facing] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        means, visitors = self.stalls.means, self.plot.visitors
        people = zip(NAMES, visitors, strict=False)
        self.scripts = [shopper(n, arrives=v.arrives_s).enter(means[v.by % len(means)]) for n, v in people]
        self.held = [[] for _ in self.scripts]

    def do(self, deed: Deed) -> None:
        """Add a step; what cannot be done now is a take, and where nothing is left to take, a wait."""
        who = deed.who % len(self.scripts)
        verb = deed.verb if deed.verb in VERBS else VERBS[0]
        if verb in NEED_GOODS and (not self.held[who] or (verb == "hand" and len(self.scripts) == 1)):
            verb = "take"
        elif verb not in NEED_GOODS and not self.stalls.facings:
            verb = "wait"
        getattr(self, f"_{verb.replace(' ', '_')}")(who, deed)

    def _take(self, who: int, deed: Deed) -> None:
        count, at_once = COUNTS[deed.how] if deed.how < len(COUNTS) else (1, False)
        facing = self._stocked(deed.pick, count)
        if facing is None:
            self._wait(who, deed)
            return
        self.taken[facing] += count
        self.held[who] += [(facing.product, facing.shelf)] * count
        self.scripts[who] = self.scripts[who].take(
            facing.product, count, place=facing.shelf, at_once=at_once, slowly=deed.how == len(COUNTS),
            hold=3 if deed.how > len(COUNTS) else 0,
        )  # fmt: skip

    def _put_back(self, who: int, deed: Deed) -> None:
        product, home = self.held[who].pop(deed.pick % len(self.held[who]))
        other = self.stalls.elsewhere(product, home)
        place = other[(deed.how - 1) % len(other)] if deed.how and other else ""
        self.scripts[who] = self.scripts[who].put_back(product, place=place)

    def _inspect(self, who: int, deed: Deed) -> None:
        facing = self._facing(deed.pick)
        self.scripts[who] = self.scripts[who].inspect(facing.product, place=facing.shelf)

    def _touch(self, who: int, deed: Deed) -> None:
        facing = self._facing(deed.pick)
        self.scripts[who] = self.scripts[who].touch(facing.product, place=facing.shelf)

    def _drop(self, who: int, deed: Deed) -> None:
        product, _ = self.held[who].pop(deed.pick % len(self.held[who]))
        self.scripts[who] = self.scripts[who].drop(product)

    def _hand(self, who: int, deed: Deed) -> None:
        """Hand something over; the other waits for it, since scripts go on side by side."""
        other = (who + 1 + deed.how % (len(self.scripts) - 1)) % len(self.scripts)
        goods = self.held[who].pop(deed.pick % len(self.held[who]))
        self.held[other].append(goods)
        giver, taker = self.scripts[who], self.scripts[other]
        self.scripts[who] = giver.hand(goods[0], taker.name)
        self.scripts[other] = taker.meet(giver.name, len(self.scripts[who].steps))

    def _look(self, who: int, deed: Deed) -> None:
        self.scripts[who] = self.scripts[who].look(self._facing(deed.pick).shelf, 1 + deed.how)

    def _wait(self, who: int, deed: Deed) -> None:
        self.scripts[who] = self.scripts[who].wait(1 + deed.how)

    def _facing(self, pick: int) -> Facing:
        return self.stalls.facings[pick % len(self.stalls.facings)]

    def _stocked(self, pick: int, count: int) -> Facing | None:
        """Return the facing that is meant, or the next one with so many items left."""
        facings = self.stalls.facings
        turned = (facings[(pick + i) % len(facings)] for i in range(len(facings)))
        return next((facing for facing in turned if facing.stock - self.taken[facing] >= count), None)
