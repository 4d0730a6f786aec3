"""Three languages that say the same things, and which one a customer gets."""

from __future__ import annotations

import json
import re
import string
from pathlib import Path

import pytest

import stack.web
from contracts.errors import RigFault
from stack.web.words import LANGUAGES, chosen, words

ROOM = Path(stack.web.__file__).parent
MADE = {"palm.state.", "top_up.", "basket.inside", "basket.items", "goods.tax", "goods.discount", "trouble."}
"""Beginnings of keys that are put together in the code."""


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_language_says_everything_with_the_same_places(tag: str) -> None:
    english, other = words("en").by_key, words(tag).by_key
    assert list(other) == list(english)
    assert {key: places(text) for key, text in other.items()} == {key: places(text) for key, text in english.items()}
    assert all(text.strip() == text and text for text in other.values())


@pytest.mark.parametrize("tag", ["ko", "ja"])
def test_nothing_is_left_in_english(tag: str) -> None:
    same = {key for key, text in words(tag).by_key.items() if text == words("en").by_key[key]}
    assert same <= {"app"} | {key for key, text in words("en").by_key.items() if not re.search("[a-z]{4}", text)}


def test_no_key_stands_twice_in_a_file() -> None:
    for tag in LANGUAGES:
        pairs = json.loads((ROOM / f"words/{tag}.json").read_text(), object_pairs_hook=list)
        assert len(pairs) == len({key for key, _ in pairs})


def test_every_key_that_is_asked_for_is_there_and_none_is_idle() -> None:
    templates = "".join(path.read_text() for path in ROOM.glob("html/*.html"))
    code = "".join(path.read_text() for path in ROOM.rglob("*.py"))
    asked = set(re.findall(r"\{\{t:([\w.]+)\}\}", templates))
    assert asked <= set(words("en").by_key)
    idle = {
        key
        for key in words("en").by_key
        if key not in asked and f'"{key}"' not in code and not key.startswith(tuple(MADE))
    }
    assert idle == set()


@pytest.mark.parametrize(
    ("asked", "accepts", "tag"),
    [
        ("", "ko-KR,ko;q=0.9,en-US;q=0.8", "ko"),
        ("", "en;q=0.5, ja-JP;q=0.7", "ja"),
        ("", "fr-FR,fr;q=0.9,ja;q=0.1", "ja"),
        ("", "ko;q=0, en", "en"),
        ("", "de, fr", "en"),
        ("", "", "en"),
        ("", "ko;q=many", "en"),
        ("ja", "ko", "ja"),
        ("xx", "ko", "ko"),
    ],
)
def test_the_switch_counts_and_then_what_the_browser_asks_for(asked: str, accepts: str, tag: str) -> None:
    assert chosen(asked, accepts) == tag


def test_one_and_many_differ_where_the_language_does() -> None:
    assert words("en").count("basket.items", 1, total="1.20 USD") == "1 item, 1.20 USD"
    assert words("en").count("basket.items", 2, total="2.40 USD") == "2 items, 2.40 USD"


def test_words_that_are_not_there_are_our_own_fault() -> None:
    with pytest.raises(RigFault, match=r"words/ja\.json"):
        words("ja").say("no.such")
