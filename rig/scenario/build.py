"""Scenarios written in Python: the same model as a file makes.

scenario(
    "buy_one", "One bottle is bought.", "corner-shop",
    shopper("ana").enter("qr").take("still-water-500").leave(),
)
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Self

from contracts.document import Document
from contracts.yamlfile import check_model
from rig.scenario.form import ScenarioForm
from rig.scenario.model import Scenario
from rig.scenario.read import scenario_of


@dataclass(frozen=True, slots=True)
class ShopperBuilder:
    """A shopper being written; every method returns a longer script and leaves this one as it was.

    Args:
        name: unique in the scenario.
        said: account, arrives, height and speed in the form of a file.
        steps: in the form of a file.
    """

    name: str
    said: dict[str, Any] = field(default_factory=dict)
    steps: tuple[Any, ...] = ()

    def enter(self, by: str = "", *, follow: str = "", guest_of: str = "", gate: str = "", then: str = "") -> Self:
        """Come in by "qr", "palm" or "nothing", right behind somebody, or as somebody's guest; `then` if refused."""
        return self._then("enter", {"by": by, "follow": follow, "guest of": guest_of, "gate": gate, "then": then})

    def walk_to(self, place: str = "", *, point: tuple[float, float] | None = None) -> Self:
        """Walk to a gondola, shelf or plate, or to x, y in metres."""
        return self._then("walk to", {"place": place, "point": None if point is None else list(point)})

    def take(
        self, product: str, count: int = 1, *, place: str = "", at_once: bool = False, slowly: bool = False,
        hold: str | float = 0, hand: str = "",
    ) -> Self:  # fmt: skip
        """Take items; `place` is where from, `hold` how long they are held over the shelf first ("3 s")."""
        said = {"product": product, "count": count, "from": place, "hand": hand, "hold": hold}
        return self._then("take", {**said, "at once": at_once, "slowly": slowly})

    def put_back(self, product: str, count: int = 1, *, place: str = "") -> Self:
        """Put items on a shelf, "" for where they came from."""
        return self._then("put back", {"product": product, "count": count, "at": place})

    def inspect(self, product: str, *, place: str = "", for_: str | float = 2) -> Self:
        """Take an item, look at it and put it back."""
        return self._then("inspect", {"product": product, "at": place, "for": for_})

    def touch(self, product: str, *, place: str = "") -> Self:
        """Press an item and let go."""
        return self._then("touch", {"product": product, "at": place})

    def hand(self, product: str, to: str) -> Self:
        """Hand an item to another shopper."""
        return self._then("hand", {"product": product, "to": to})

    def drop(self, product: str) -> Self:
        """Let an item fall to the floor."""
        return self._then("drop", {"product": product})

    def wait(self, for_: str | float) -> Self:
        """Stand still: "2 s", or a number of seconds."""
        return self._then("wait", {"for": for_})

    def look(self, place: str, for_: str | float = 2) -> Self:
        """Look at a place without reaching."""
        return self._then("look", {"at": place, "for": for_})

    def meet(self, other: str, steps: int) -> Self:
        """Wait until another shopper has done so many steps."""
        return self._then("meet", {"shopper": other, "steps": steps})

    def leave(self, *, follow: str = "", gate: str = "") -> Self:
        """Go out, right behind somebody if `follow` names them."""
        return self._then("leave", {"follow": follow, "gate": gate})

    def pay(
        self, by: str = "", *, at: str = "", of: str = "", amount: str | float = 0, then: str = "", whose: str = ""
    ) -> Self:
        """Have everything scanned at a till and pay by "qr", "app", "palm", "face", "card", "wallet" or "screen".

        Args:
            by: with what.
            at: till id.
            of: shopper of whose last code a picture is shown.
            amount: what is keyed in besides goods, a fare.
            then: with what, once the first was refused.
            whose: shopper who pays then, "" for the same one.
        """
        return self._then("pay", {"by": by, "at": at, "of": of, "amount": amount, "then": then, "whose": whose})

    def scan(self, at: str = "", *, amount: str | float = 0) -> Self:
        """Scan what is printed at a till with the phone; `amount` where the code leaves it open ("7.50")."""
        return self._then("scan", {"at": at, "amount": amount})

    def top_up(self, amount: str | float, *, at: str = "") -> Self:
        """Pay cash into the account at a till."""
        return self._then("top up", {"amount": amount, "at": at})

    def check_price(self, product: str) -> Self:
        """Check the price of an article with the phone."""
        return self._then("check price", {"product": product})

    def buy(self, product: str, count: int = 1, *, by: str = "", at: str = "") -> Self:
        """Choose at a vending machine, pay by "palm", "qr" or "card", and take it."""
        return self._then("buy", {"product": product, "count": count, "by": by, "at": at})

    def order(self, items: dict[str, int], *, at: str = "") -> Self:
        """Order at a table with the app and pay before anything is brought."""
        return self._then("order", {"items": items, "at": at})

    def enrol(self, by: str = "palm", *, at: str = "") -> Self:
        """Agree in the app to being known by the palm, and hold it over a reader."""
        return self._then("enrol", {"by": by, "at": at})

    def forget(self, by: str = "palm") -> Self:
        """Take that back in the app."""
        return self._then("forget", {"by": by})

    def _then(self, verb: str, said: dict[str, Any]) -> Self:
        """Return the script with one more step; what is empty is left to its default."""
        body = {key: value for key, value in said.items() if value not in ("", None, False)}
        return replace(self, steps=(*self.steps, {verb: body}))


def shopper(
    name: str, *, account: str | dict[str, str] | None = None, arrives: str | float = 0, height: str | float = 1.72,
    speed: float = 1.1, pushes: str = "", seated: bool = False,
) -> ShopperBuilder:  # fmt: skip
    """Begin a shopper's script.

    Args:
        name: unique in the scenario.
        account: {"loyalty": "prime"}, "none", or None for an account if anything is shown at a gate.
        arrives: when they appear outside: "4 s", or seconds.
        height: standing height: "95 cm", or metres.
        speed: walking speed, metres a second.
        pushes: "pram", "wheelchair" or "trolley"; "" for nothing.
        seated: whether they ride a wheelchair.
    """
    said: dict[str, Any] = {"arrives": arrives, "height": height, "speed": speed}
    said |= {"pushes": pushes} if pushes else {}
    said |= {"seated": True} if seated else {}
    return ShopperBuilder(name, said if account is None else {**said, "account": account})


def scenario(name: str, about: str, store: str, *shoppers: ShopperBuilder, **more: Any) -> Scenario:
    """Return the scenario of these shoppers.

    Args:
        name: unique in its suite.
        about: one sentence: what it shows.
        store: name or path of the store.
        shoppers: their scripts.
        more: seed, faults, expect, xfail and limit in the form of a file.

    Raises:
        BadFile: it says something impossible, as in a file; names the key.
    """
    people = {s.name: {**s.said, "does": list(s.steps)} for s in shoppers}
    data = {"about": about, "store": store, **more, "shoppers": people}
    return scenario_of(check_model(Document(Path(name), data), ScenarioForm), name)
