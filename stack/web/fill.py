"""Fills templates: files under html/, made of named parts, with places for words and values.

A part begins with a line `== name ==` and goes on to the next. `{{t:key}}` stands for the words under a key in the
customer's language, `{{name}}` for a value. Whatever is not `Html` already is escaped.
"""

from __future__ import annotations

import html
import re
from functools import cache
from importlib import resources

from contracts.errors import RigFault
from stack.web.words import Words

_PART = re.compile(r"^== ([\w-]+) ==\n", re.MULTILINE)
_PLACE = re.compile(r"\{\{(t:)?([\w.-]+)\}\}")


class Html(str):
    """Text that is markup already."""

    __slots__ = ()

    def __add__(self, other: str) -> Html:
        """Return both, the other one escaped unless it is markup too."""
        return Html(str.__add__(self, escaped(other)))


def escaped(value: object) -> Html:
    """Return a value as markup."""
    return value if isinstance(value, Html) else Html(html.escape(str(value)))


def joined(parts: list[Html]) -> Html:
    """Return markup one after the other."""
    return Html("".join(parts))


def fill(template: str, words: Words, /, **values: object) -> Html:
    """Return a part of a template with its places filled.

    Args:
        template: "file/part": "basket/line" is the part `line` of html/basket.html.
        words: of the customer's language.
        values: by name; each must be used, and none may be missing.

    Raises:
        RigFault: the template has no such part, or its places and the values differ.
    """
    text = part(template)
    places = {match[2] for match in _PLACE.finditer(text) if not match[1]}
    if places != set(values):
        raise RigFault(
            "a template and its values differ",
            where=template,
            expected=", ".join(sorted(places)),
            found=", ".join(sorted(values)),
        )
    return Html(_PLACE.sub(lambda match: _filled(match, words, values), text))


def part(template: str) -> str:
    """Return a part of a template as it stands."""
    file, _, name = template.partition("/")
    parts = _parts(file)
    if name not in parts:
        raise RigFault("a template has no such part", where=f"{file}.html", expected=", ".join(parts), found=name)
    return parts[name]


def _filled(match: re.Match[str], words: Words, values: dict[str, object]) -> str:
    return escaped(words.say(match[2]) if match[1] else values[match[2]])


@cache
def _parts(file: str) -> dict[str, str]:
    text = (resources.files("stack.web") / "html" / f"{file}.html").read_text(encoding="utf-8")
    pieces = _PART.split(text)[1:]
    return dict(zip(pieces[::2], pieces[1::2], strict=True))
