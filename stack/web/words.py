"""What the app says, by language: files under words/, one a language, and which one a customer reads."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from contracts.errors import RigFault

LANGUAGES = {"en": "English", "ko": "한국어", "ja": "日本語"}
"""By their tags, each under its own name. The first is for whoever reads none of them."""
FIRST = "en"


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language.

    Args:
        tag: as in `LANGUAGES`.
        by_key: texts; some with places such as {count}.
    """

    tag: str
    by_key: Mapping[str, str]

    def say(self, key: str, **values: object) -> str:
        """Return a text with its places filled.

        Raises:
            RigFault: there is no such text.
        """
        if key not in self.by_key:
            raise RigFault("the app has no such words", where=f"words/{self.tag}.json", found=key)
        return self.by_key[key].format(**values) if values else self.by_key[key]

    def count(self, key: str, count: int, **values: object) -> str:
        """Return a text with a number in it, in the form that the number takes: `key.one` or `key.other`."""
        return self.say(f"{key}.{'one' if count == 1 else 'other'}", count=count, **values)


@cache
def words(tag: str) -> Words:
    """Return the words of a language that there is."""
    text = (resources.files("stack.web") / "words" / f"{tag}.json").read_text(encoding="utf-8")
    return Words(tag, json.loads(text))


def chosen(asked: str, accepts: str) -> str:
    """Return the tag of the language to use.

    Args:
        asked: what the customer chose with the switch, "" for nothing.
        accepts: what their browser asks for, an `Accept-Language` header.
    """
    if asked in LANGUAGES:
        return asked
    wanted = sorted(_wanted(accepts), key=lambda pair: -pair[1])
    return next((tag for tag, weight in wanted if weight > 0 and tag in LANGUAGES), FIRST)


def _wanted(accepts: str) -> list[tuple[str, float]]:
    """Return (language without its region, weight), as they come. Source: RFC 9110, sections 12.4.2 and 12.5.4."""
    found = []
    for item in accepts.split(","):
        tag, _, parameter = item.strip().partition(";")
        found.append((tag.strip().partition("-")[0].lower(), _weight(parameter)))
    return found


def _weight(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    try:
        return float(value) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0
