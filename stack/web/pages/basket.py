"""The basket of a visit, while it goes on."""

from __future__ import annotations

from stack.money.currency import written
from stack.web.fill import Html, fill
from stack.web.pages import goods
from stack.web.pages.frame import Page, live
from stack.web.views import BasketView
from stack.web.words import Words

EVERY_MS = 1000
WITHOUT_SCRIPTS_S = 5


def page(words: Words, view: BasketView) -> Page:
    """Return the page."""
    main = fill("basket/page", words, live=live(words, "/basket/now", now(words, view)))
    return Page(words.say("basket.title"), main, scripts=("live.js",), refresh_s=WITHOUT_SCRIPTS_S)


def now(words: Words, view: BasketView) -> Html:
    """Return the basket of a moment alone."""
    state = words.count("basket.inside", view.inside) if view.inside else words.say("basket.outside")
    sums = goods.discounts(words, view.discounts)
    if view.lines:
        sums.append(goods.Sum(words.say("goods.so_far"), view.total_minor, total=True))
    count = sum(line.count for line in view.lines)
    said = words.count("basket.items", count, total=written(view.total_minor, view.currency))
    table = goods.table(words, view.lines, sums, view.currency) if view.inside else Html("")
    return fill("basket/now", words, next_ms=EVERY_MS, state=state, say=said if view.inside else state, goods=table)
