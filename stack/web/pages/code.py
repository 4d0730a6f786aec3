"""The rotating code: QR above, Code 128 below, counting down, renewed without loading the page again."""

from __future__ import annotations

from contracts.clock import MILLISECOND, SECOND
from contracts.codes.token import MOST_PLACES
from stack.web.fill import Html, fill, joined
from stack.web.pages.frame import Page, live
from stack.web.symbols import bars, qr
from stack.web.views import CodeView
from stack.web.words import Words

LATER_MS = 20
"""The next code is fetched so long after its step begins: browsers' timers may fire early."""
GROUP = 4
"""Digits that are read together."""


def page(words: Words, view: CodeView | None) -> Page:
    """Return the page; None is an account without a code."""
    title = words.say("code.title")
    if view is None:
        return Page(title, fill("code/none", words))
    options = [_option(words, count, count == view.places) for count in range(1, MOST_PLACES + 1)]
    area = live(words, f"/code/now?places={view.places}", now(words, view))
    main = fill("code/page", words, live=area, options=joined(options))
    return Page(title, main, scripts=("live.js",), refresh_s=_seconds(view.left_ns))


def now(words: Words, view: CodeView | None) -> Html:
    """Return the code of a moment alone."""
    if view is None:
        return fill("code/none", words)
    left_ms = -(-view.left_ns // MILLISECOND)
    return fill(
        "code/now",
        words,
        next_ms=left_ms + LATER_MS,
        ends_ms=left_ms,
        lasts_ms=view.lasts_ns // MILLISECOND,
        left_s=_seconds(view.left_ns),
        qr=qr(view.code, words.say("code.qr")),
        bars=bars(view.code, words.say("code.bars")),
        digits=grouped(view.code),
    )


def grouped(digits: str) -> str:
    """Return digits in groups, as people read them."""
    return " ".join(digits[start : start + GROUP] for start in range(0, len(digits), GROUP))


def _option(words: Words, count: int, chosen: bool) -> Html:
    return fill("code/option", words, count=count, chosen=Html(" selected" if chosen else ""))


def _seconds(left_ns: int) -> int:
    return -(-left_ns // SECOND)
