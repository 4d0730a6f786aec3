"""Options of `rig run` whose value may be left out: `--page`, `--live`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

BESIDE = "-"
"""The value of --page that stands for a file beside the recording."""
ANY_PORT = "127.0.0.1:0"
_ADDRESS = re.compile(r"[\w.:\[\]-]*:\d+")


def _is_address(word: str) -> bool:
    return bool(_ADDRESS.fullmatch(word))


def _is_page(word: str) -> bool:
    return word == BESIDE or word.endswith("/") or word.lower().endswith((".html", ".htm"))


_OPTIONS = {"--page": (BESIDE, _is_page), "--live": (ANY_PORT, _is_address)}


def filled(arguments: Sequence[str]) -> Iterator[str]:
    """Yield the arguments of a command line with the values that `rig run` may leave out.

    What follows is a value only when it looks like one, so that `rig run --live buy_one` runs buy_one.
    """
    for word, after in pairwise([*arguments, ""]):
        yield word
        if arguments[0] == "run" and word in _OPTIONS:
            usual, is_value = _OPTIONS[word]
            if not is_value(after):
                yield usual
