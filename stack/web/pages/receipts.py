"""Receipts: all of them, and one with its discounts and its tax."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from stack.money.currency import written
from stack.web.fill import Html, fill, joined
from stack.web.pages import goods
from stack.web.pages.frame import Page, notice
from stack.web.pages.moment import moment
from stack.web.views import ReceiptView
from stack.web.words import Words


def page(words: Words, views: Sequence[ReceiptView], epoch_ns: int) -> Page:
    """Return the list, in the order given."""
    rows = [_row(words, view, epoch_ns) for view in views]
    main = fill("receipts/list", words, rows=joined(rows)) if rows else fill("receipts/none", words)
    return Page(words.say("receipts.title"), main)


def one(words: Words, view: ReceiptView, epoch_ns: int) -> Page:
    """Return one receipt."""
    main = fill(
        "receipts/one",
        words,
        at=moment(words, view.at_ns, epoch_ns),
        where=_where(words, view),
        id=view.id,
        held=notice(words, words.say("receipts.held"), good=False) if view.held else "",
        goods=goods.table(words, view.lines, _sums(words, view), view.currency),
    )
    return Page(words.say("receipts.one"), main)


def missing(words: Words) -> Page:
    """Return what is shown for a receipt that there is not, or that is somebody else's."""
    return Page(words.say("receipts.one"), fill("receipts/missing", words), status=404)


def _sums(words: Words, view: ReceiptView) -> list[goods.Sum]:
    agreed = [goods.Sum(words.say("goods.agreed"), view.agreed_minor)] if view.agreed_minor else []
    total = [goods.Sum(words.say("goods.total"), view.total_minor, total=True)]
    tax = goods.taxes(words, view.taxes, included=view.tax_included)
    paid = [goods.Sum(words.say("goods.from_balance"), view.balance_minor)] if view.balance_minor else []
    # What is added comes before the total, what is in it after it.
    summed = [*total, *tax] if view.tax_included else [*tax, *total]
    return [*agreed, *goods.discounts(words, view.discounts), *summed, *paid]


def _row(words: Words, view: ReceiptView, epoch_ns: int) -> Html:
    return fill(
        "receipts/row",
        words,
        id=quote(view.id, safe=""),
        at=moment(words, view.at_ns, epoch_ns),
        total=written(view.total_minor, view.currency),
        where=_where(words, view),
    )


def _where(words: Words, view: ReceiptView) -> str:
    return words.say("receipts.till", till=view.till) if view.till else words.say("receipts.walked_out")
