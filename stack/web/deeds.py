"""POST: what a signed-in customer may do, by path. Whatever came of it is shown by the page that follows."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from contracts.errors import UsageError
from stack.money.currency import minor_of
from stack.web.asked import Asked
from stack.web.exchange import Response, see
from stack.web.pages import palm, top_up
from stack.web.pages.frame import Page
from stack.web.views import PurseView
from stack.web.words import LANGUAGES, words

Deed = Callable[[Asked], Page | Response]


def _top_up(asked: Asked) -> Page | Response:
    """Put an amount on the account from the card on file, once a form."""
    view, typed = asked.shop.purse(asked.account), asked.form("amount").strip()
    amount = _amount(typed, view)
    if amount is None:
        once = asked.new_form(asked.session)
        return top_up.page(asked.words, view, asked.session.csrf, once, wrong=typed, refused=True)
    if asked.session.sent(asked.form("once")):
        asked.shop.top_up(asked.account, amount)
    return see("/top-up")


def _agree(asked: Asked) -> Response:
    """Consent to being known by the palm, in a wording that this app shows."""
    shown = {palm.wording(words(tag)) for tag in LANGUAGES}
    if asked.form("agree") == "yes" and asked.form("wording") in shown:
        asked.shop.agree_to_palm(asked.account, asked.form("wording"))
    return see("/palm")


def _enrol(asked: Asked) -> Response:
    """Stand before a reader to be enrolled."""
    asked.shop.enrol_palm(asked.account, asked.form("reader"))
    return see("/palm")


def _delete(asked: Asked) -> Response:
    """Take the consent back."""
    if asked.form("sure") == "yes":
        asked.shop.forget_palm(asked.account)
    return see("/palm")


def _amount(typed: str, view: PurseView) -> int | None:
    """Return what was keyed in, minor units; None when it is no amount or outside the limits."""
    try:
        minor = minor_of(typed.replace(",", "."), view.currency)
    except UsageError:
        return None
    return minor if view.least_minor <= minor <= view.most_minor else None


DEEDS: Mapping[str, Deed] = {
    "/top-up": _top_up,
    "/palm/agree": _agree,
    "/palm/enrol": _enrol,
    "/palm/delete": _delete,
}
