"""Signing in, and what is shown when a page cannot be."""

from __future__ import annotations

from stack.web.fill import Html, fill
from stack.web.pages.frame import Page, invalid
from stack.web.words import Words


def sign_in(words: Words, code: str, wrong: str = "", status: int = 200) -> Page:
    """Return the page that asks for a one-time code.

    Args:
        words: of the customer's language.
        code: already filled in, from a link.
        wrong: which words say what was wrong with the last one, "" for nothing.
        status: HTTP's.
    """
    mark, described = invalid(bool(wrong))
    attributes = Html(f'{mark} aria-describedby="{described.strip()}"') if described else mark
    main = fill(
        "sign_in/page",
        words,
        code=code,
        invalid=attributes,
        error=fill("sign_in/error", words, text=words.say(wrong)) if wrong else "",
    )
    return Page(words.say("sign_in.title"), main, status=status)


def trouble(words: Words, key: str, status: int) -> Page:
    """Return a page that says what did not work.

    Args:
        words: of the customer's language.
        key: which words.
        status: HTTP's.
    """
    main = fill("sign_in/trouble", words, text=words.say(key))
    return Page(words.say("trouble.title"), main, status=status)
