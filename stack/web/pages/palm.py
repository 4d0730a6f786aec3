"""The palm: what it is for, what is kept, agreeing to it and taking that back."""

from __future__ import annotations

from stack.web.fill import Html, fill, joined
from stack.web.pages.frame import Page, live, notice
from stack.web.pages.moment import moment
from stack.web.views import PalmState, PalmView
from stack.web.words import Words

EDITION = 1
"""Of the words under "palm." in all languages: raise it when they come to mean something else."""

EVERY_MS = 1000
WITHOUT_SCRIPTS_S = 5


def wording(words: Words) -> str:
    """Return what the consent on this page is called where it is kept."""
    return f"palm-{words.tag}-{EDITION}"


def page(words: Words, view: PalmView, csrf: str, epoch_ns: int) -> Page:
    """Return the page.

    Args:
        words: of the customer's language.
        view: how far it has come.
        csrf: proves that a form came from a page of ours.
        epoch_ns: Unix time of bench time 0, or 0.
    """
    if view.state is PalmState.NONE:
        form = fill("palm/agree", words, csrf=csrf, wording=wording(words))
    else:
        form = fill("palm/delete", words, csrf=csrf)
    area = live(words, "/palm/now", now(words, view, csrf, epoch_ns))
    waiting = WITHOUT_SCRIPTS_S if view.state is PalmState.ASKED else 0
    return Page(words.say("palm.title"), fill("palm/page", words, live=area, form=form), ("live.js",), waiting)


def now(words: Words, view: PalmView, csrf: str, epoch_ns: int) -> Html:
    """Return alone how far it has come, and the form to be enrolled where that is next."""
    state = words.say(f"palm.state.{view.state}", reader=view.at) if view.at else words.say(f"palm.state.{view.state}")
    if view.state is PalmState.AGREED and view.readers:
        state = words.say("palm.state.agreed_here")
    offers = view.readers and view.state in (PalmState.AGREED, PalmState.ASKED)
    return fill(
        "palm/now",
        words,
        next_ms=EVERY_MS,
        say=f"{view.said} {state}".strip(),
        notice=notice(words, view.said, good=False) if view.said else "",
        state=state,
        since=_since(words, view, epoch_ns),
        enrol=_enrol(words, view, csrf) if offers else "",
    )


def _enrol(words: Words, view: PalmView, csrf: str) -> Html:
    choices = [
        fill("palm/reader", words, id=reader, mark=Html(" selected" if reader == view.at else ""))
        for reader in view.readers
    ]
    return fill("palm/enrol", words, csrf=csrf, readers=joined(choices))


def _since(words: Words, view: PalmView, epoch_ns: int) -> Html:
    if view.since_ns < 0:
        return Html("")
    when = moment(words, view.since_ns, epoch_ns)
    before, _, after = words.say("palm.since", when="\0", wording=view.wording).partition("\0")
    return Html("<p>") + before + when + after + Html("</p>\n")
