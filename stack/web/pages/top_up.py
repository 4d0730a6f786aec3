"""Stored value: the bar code that cash is paid in on, and a form for the card on file."""

from __future__ import annotations

from stack.money.currency import written
from stack.web.fill import Html, fill
from stack.web.pages.code import grouped
from stack.web.pages.frame import Page, invalid, live, notice
from stack.web.symbols import bars
from stack.web.views import PurseView, TopUpState
from stack.web.words import Words

EVERY_MS = 1000
WITHOUT_SCRIPTS_S = 5


def page(words: Words, view: PurseView, csrf: str, once: str, *, wrong: str = "", refused: bool = False) -> Page:
    """Return the page.

    Args:
        words: of the customer's language.
        view: the purse.
        csrf: proves that a form came from a page of ours.
        once: of this form, so that sending it twice does it once.
        wrong: the amount that was keyed in and is none.
        refused: whether that is so.
    """
    main = fill(
        "top_up/page",
        words,
        live=live(words, "/top-up/now", now(words, view)),
        cash=_cash(words, view),
        card=_card(words, view, csrf, once, wrong, refused) if view.by_card else fill("top_up/no-card", words),
    )
    # Somebody who is typing must not have the page loaded again under their hands.
    waiting = WITHOUT_SCRIPTS_S if view.state is TopUpState.ASKED else 0
    return Page(words.say("top_up.title"), main, ("live.js",), waiting, status=422 if refused else 200)


def now(words: Words, view: PurseView) -> Html:
    """Return the balance of a moment alone, and what became of the last top-up."""
    balance = written(view.balance_minor, view.currency)
    said = "" if view.state is TopUpState.NONE else words.say(f"top_up.{view.state}")
    good = view.state is not TopUpState.REFUSED
    text = f"{said} ({view.reason})" if view.reason else said
    return fill(
        "top_up/now",
        words,
        next_ms=EVERY_MS,
        say=f"{said} {words.say('account.balance')}: {balance}".strip(),
        balance=balance,
        notice=notice(words, text, good=good) if said else "",
    )


def _cash(words: Words, view: PurseView) -> Html:
    if not view.code:
        return fill("top_up/no-cash", words)
    least, most = _limits(view)
    how = words.say("top_up.cash_how", least=least, most=most)
    drawn = bars(view.code, words.say("top_up.bars"))
    return fill("top_up/cash", words, how=how, bars=drawn, digits=grouped(view.code))


def _card(words: Words, view: PurseView, csrf: str, once: str, wrong: str, refused: bool) -> Html:
    least, most = _limits(view)
    mark, described = invalid(refused)
    text = words.say("top_up.wrong", least=least, most=most)
    return fill(
        "top_up/form",
        words,
        csrf=csrf,
        once=once,
        label=words.say("top_up.amount", currency=view.currency),
        limits=words.say("top_up.limits", least=least, most=most),
        amount=wrong,
        invalid=mark,
        described=described,
        error=fill("top_up/error", words, text=text) if refused else "",
    )


def _limits(view: PurseView) -> tuple[str, str]:
    return written(view.least_minor, view.currency), written(view.most_minor, view.currency)
