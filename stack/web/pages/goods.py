"""A table of goods with what is off, the tax and the total: of a basket and of a receipt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from stack.money.currency import written
from stack.web.fill import Html, fill, joined
from stack.web.views import LineView, PartView
from stack.web.words import Words


@dataclass(frozen=True, slots=True)
class Sum:
    """A row below the goods.

    Args:
        name: what it is.
        minor: minor units.
        total: whether it is what all comes to.
    """

    name: str
    minor: int
    total: bool = False


def table(words: Words, lines: Sequence[LineView], sums: Sequence[Sum], currency: str) -> Html:
    """Return the table; without lines and sums, a sentence that says so."""
    if not lines and not sums:
        return fill("goods/empty", words)
    return fill(
        "goods/table",
        words,
        caption=words.say("goods.caption"),
        lines=joined([_line(words, line, currency) for line in lines]),
        sums=joined([_sum(words, one, currency) for one in sums]),
    )


def discounts(words: Words, parts: Sequence[PartView]) -> list[Sum]:
    """Return what is off, part by part."""
    return [Sum(_named(words, "goods.discount", part.name), -part.minor) for part in parts]


def taxes(words: Words, parts: Sequence[PartView], *, included: bool) -> list[Sum]:
    """Return the tax, part by part.

    Args:
        words: of the customer's language.
        parts: by class of goods.
        included: whether it is in the prices, so that it is told and not added.
    """
    key = "goods.tax_included" if included else "goods.tax"
    return [Sum(_named(words, key, part.name), part.minor) for part in parts]


def _named(words: Words, key: str, name: str) -> str:
    return words.say(f"{key}_of", name=name) if name else words.say(key)


def _line(words: Words, line: LineView, currency: str) -> Html:
    price = written(line.count * line.unit_minor, currency)
    return fill("goods/line", words, name=line.name, count=line.count, price=price)


def _sum(words: Words, one: Sum, currency: str) -> Html:
    kind = Html(' class="total"' if one.total else "")
    return fill("goods/sum", words, name=one.name, amount=written(one.minor, currency), kind=kind)
