"""The account itself, and the ways to everything else."""

from __future__ import annotations

from stack.money.currency import written
from stack.web.fill import fill
from stack.web.pages.frame import Page
from stack.web.views import AccountView
from stack.web.words import Words


def page(words: Words, view: AccountView, csrf: str) -> Page:
    """Return the page of an account.

    Args:
        words: of the customer's language.
        view: the account.
        csrf: proves that a form came from a page of ours.
    """
    main = fill(
        "account/page",
        words,
        id=view.id,
        balance=written(view.balance_minor, view.currency),
        member=view.loyalty or words.say("account.no_member"),
        card=words.say("account.has_card" if view.has_card else "account.no_card"),
        csrf=csrf,
    )
    return Page(words.say("account.title"), main)
