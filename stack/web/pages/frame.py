"""What is around every page: title, languages, tabs; and the area that is renewed by itself."""

from __future__ import annotations

from dataclasses import dataclass

from stack.web.fill import Html, fill, joined
from stack.web.words import LANGUAGES, Words

TABS = (("/code", "code.title"), ("/basket", "basket.title"), ("/receipts", "receipts.title"), ("/", "account.title"))


@dataclass(frozen=True, slots=True)
class Page:
    """A page before its frame.

    Args:
        title: heading, and title of the window.
        main: what stands below it.
        scripts: files of static/ that it uses.
        refresh_s: without scripts, how often it is loaded again; 0 for never.
        status: HTTP's.
    """

    title: str
    main: Html
    scripts: tuple[str, ...] = ()
    refresh_s: int = 0
    status: int = 200


def framed(words: Words, page: Page, path: str, *, signed_in: bool) -> Html:
    """Return a whole page.

    Args:
        words: of the customer's language.
        page: what it shows.
        path: where it stands, for tabs and the switch of languages; "" when it cannot be asked for again.
        signed_in: whether there are tabs to go to.
    """
    head = [fill("frame/script", words, name=name) for name in page.scripts]
    if page.refresh_s:
        head.append(fill("frame/refresh", words, seconds=page.refresh_s))
    return fill(
        "frame/page",
        words,
        tag=words.tag,
        title=page.title,
        head=joined(head),
        languages=joined([_language(words, tag, path) for tag in LANGUAGES]),
        main=page.main,
        tabs=_tabs(words, path) if signed_in else "",
    )


def live(words: Words, href: str, now: Html) -> Html:
    """Return an area that is fetched again and again, as it is now."""
    return fill("frame/live", words, href=href, now=now)


def notice(words: Words, text: str, *, good: bool) -> Html:
    """Return a message; where it comes up by itself, the live area says it aloud."""
    return fill("frame/notice", words, text=text, kind="good" if good else "bad")


def current(here: bool) -> Html:
    """Return the mark of the link that leads to where one is."""
    return Html(' aria-current="page"' if here else "")


def invalid(wrong: bool) -> tuple[Html, str]:
    """Return the attributes of a field whose value is wrong, where one then is, and the id of what says why."""
    return (Html(' aria-invalid="true" autofocus'), " wrong") if wrong else (Html(""), "")


def _language(words: Words, tag: str, path: str) -> Html:
    mark = Html(' aria-current="true"' if tag == words.tag else "")
    return fill("frame/language", words, href=f"{path or '/'}?lang={tag}", tag=tag, name=LANGUAGES[tag], current=mark)


def _tabs(words: Words, path: str) -> Html:
    items = [
        fill("frame/tab", words, href=href, name=words.say(key), current=current(_is_here(href, path)))
        for href, key in TABS
    ]
    return fill("frame/tabs", words, items=joined(items))


def _is_here(href: str, path: str) -> bool:
    return path == href or (href != "/" and path.startswith(f"{href}/"))
