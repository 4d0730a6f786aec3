"""What an article costs: asked by its number, typed or read by the phone's camera."""

from __future__ import annotations

from dataclasses import dataclass

from stack.money.currency import written
from stack.web.fill import Html, fill
from stack.web.pages.frame import Page, invalid
from stack.web.views import PriceView
from stack.web.words import Words


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked, and what came of it.

    Args:
        number: as typed, "" for nothing asked yet.
        found: the article, or None.
        wrong: which words say why there is none, "" when there is one or nothing was asked.
    """

    number: str = ""
    found: PriceView | None = None
    wrong: str = ""


def page(words: Words, asked: Asked) -> Page:
    """Return the page."""
    mark, described = invalid(bool(asked.wrong))
    main = fill(
        "price/page",
        words,
        number=asked.number,
        invalid=mark,
        described=described,
        error=fill("price/error", words, text=words.say(asked.wrong)) if asked.wrong else "",
        result=_result(words, asked.found) if asked.found else "",
    )
    status = {"price.wrong": 422, "price.missing": 404}.get(asked.wrong, 200)
    return Page(words.say("price.title"), main, scripts=("price.js",), status=status)


def _result(words: Words, found: PriceView) -> Html:
    usual, member = (written(minor, found.currency) for minor in (found.usual_minor, found.member_minor))
    text = ""
    if found.member_minor < found.usual_minor:
        text = (
            words.say("price.for_you", usual=usual) if found.member else words.say("price.for_members", member=member)
        )
    return fill(
        "price/result",
        words,
        name=found.name,
        price=member if found.member else usual,
        member=fill("price/member", words, text=text) if text else "",
        gtin=found.gtin,
    )
