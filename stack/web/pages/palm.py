"""The palm: what it is for, what is kept, agreeing to it and taking that back."""

from __future__ import annotations

from stack.web.fill import Html, fill
from stack.web.pages.frame import Page
from stack.web.pages.moment import moment
from stack.web.views import PalmState, PalmView
from stack.web.words import Words

EDITION = 1
"""Of the words under "palm." in all languages: raise it when they come to mean something else."""


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
    state = words.say(f"palm.state.{view.state}")
    since = _since(words, view, epoch_ns)
    return Page(words.say("palm.title"), fill("palm/page", words, state=state, since=since, form=form))


def _since(words: Words, view: PalmView, epoch_ns: int) -> Html:
    if view.since_ns < 0:
        return Html("")
    when = moment(words, view.since_ns, epoch_ns)
    before, _, after = words.say("palm.since", when="\0", wording=view.wording).partition("\0")
    return Html("<p>") + before + when + after + Html("</p>\n")
