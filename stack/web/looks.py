"""GET: what a signed-in customer may look at, by path. Nothing here changes anything."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from urllib.parse import unquote

from contracts.codes.token import MOST_PLACES
from contracts.errors import BadCode
from stack.web.asked import Asked
from stack.web.fill import Html
from stack.web.pages import account, basket, code, palm, price, receipts, top_up
from stack.web.pages.frame import Page
from stack.web.views import CodeView

RECEIPTS = "/receipts/"


def one_receipt(asked: Asked) -> Page:
    """Return one receipt of the customer's own."""
    wanted = unquote(asked.request.path.removeprefix(RECEIPTS))
    for view in asked.shop.receipts(asked.account):
        if view.id == wanted:
            return receipts.one(asked.words, view, asked.shop.epoch_ns)
    return receipts.missing(asked.words)


def _account(asked: Asked) -> Page:
    return account.page(asked.words, asked.shop.account(asked.account), asked.session.csrf)


def _code(asked: Asked) -> Page:
    return code.page(asked.words, _code_view(asked))


def _code_now(asked: Asked) -> Html:
    return code.now(asked.words, _code_view(asked))


def _code_view(asked: Asked) -> CodeView | None:
    typed = asked.query("places")
    wanted = int(typed) if typed.isascii() and typed.isdigit() and len(typed) == 1 else 1
    return asked.shop.code(asked.account, min(max(wanted, 1), MOST_PLACES))


def _basket(asked: Asked) -> Page:
    return basket.page(asked.words, asked.shop.basket(asked.account))


def _basket_now(asked: Asked) -> Html:
    return basket.now(asked.words, asked.shop.basket(asked.account))


def _receipts(asked: Asked) -> Page:
    return receipts.page(asked.words, asked.shop.receipts(asked.account), asked.shop.epoch_ns)


def _top_up(asked: Asked) -> Page:
    once = asked.new_form(asked.session)
    return top_up.page(asked.words, asked.shop.purse(asked.account), asked.session.csrf, once)


def _top_up_now(asked: Asked) -> Html:
    return top_up.now(asked.words, asked.shop.purse(asked.account))


def _palm(asked: Asked) -> Page:
    return palm.page(asked.words, asked.shop.palm(asked.account), asked.session.csrf, asked.shop.epoch_ns)


def _palm_now(asked: Asked) -> Html:
    return palm.now(asked.words, asked.shop.palm(asked.account), asked.session.csrf, asked.shop.epoch_ns)


def _price(asked: Asked) -> Page:
    typed = asked.query("gtin").strip()
    if not typed:
        return price.page(asked.words, price.Asked())
    try:
        found = asked.shop.price(asked.account, "".join(typed.split()))
    except BadCode:
        return price.page(asked.words, price.Asked(typed, wrong="price.wrong"))
    return price.page(asked.words, price.Asked(typed, found, "" if found else "price.missing"))


PAGES: Mapping[str, Callable[[Asked], Page]] = {
    "/": _account,
    "/code": _code,
    "/basket": _basket,
    "/receipts": _receipts,
    "/top-up": _top_up,
    "/palm": _palm,
    "/price": _price,
}
PARTS: Mapping[str, Callable[[Asked], Html]] = {
    "/code/now": _code_now,
    "/basket/now": _basket_now,
    "/top-up/now": _top_up_now,
    "/palm/now": _palm_now,
}
"""What a page fetches of itself, again and again."""
