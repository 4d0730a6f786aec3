"""GS1 application identifiers (AIs) that stand on goods and boxes. Source: GS1 General Specifications, figure 3.2-1."""

from __future__ import annotations

import re
from dataclasses import dataclass

# AI, "n" for a digit that tells the decimals or the kind: its content ("n14": 14 digits, "x..20": 1 to 20 characters).
_FORMS: dict[str, str] = {
    "00": "n18",
    **dict.fromkeys(("01", "02", "03"), "n14"),
    **dict.fromkeys(("10", "21", "22"), "x..20"),
    **dict.fromkeys(("11", "12", "13", "15", "16", "17"), "n6"),
    "20": "n2",
    **dict.fromkeys(("30", "37"), "n..8"),
    "235": "x..28",
    **dict.fromkeys(("240", "241", "250", "251", "400", "401"), "x..30"),
    **dict.fromkeys(("242",), "n..6"),
    **dict.fromkeys(("243", "254"), "x..20"),
    **dict.fromkeys((f"{first}n" for first in (*range(310, 317), *range(320, 338), *range(340, 370))), "n6"),
    **dict.fromkeys(("390n", "392n"), "n..15"),
    **dict.fromkeys(("391n", "393n"), "n3+n..15"),
    "394n": "n4",
    "395n": "n6",
    "402": "n17",
    "403": "x..30",
    **dict.fromkeys((str(key) for key in range(410, 418)), "n13"),
    "420": "x..20",
    "422": "n3",
    "7003": "n10",
    "7006": "n6",
    "8005": "n6",
    "8008": "n8+n..4",
    "8020": "x..25",
    **dict.fromkeys((str(key) for key in range(90, 100)), "x..90"),
}
FIXED = frozenset({"00", "01", "02", "03", "04", *map(str, (*range(11, 21), *range(31, 37), 41))})
"""First digits of AIs whose length is known to every reader: nothing stands behind them. Source: figure 7.8.5-2."""
DATES = frozenset({"11", "12", "13", "15", "16", "17", "7006"})
CHECKED = frozenset({"00", "01", "02", "03", "402", *(str(key) for key in range(410, 418))})
"""AIs whose last digit is GS1's check digit."""
WITH_CURRENCY = frozenset({"391", "393"})
_CHARACTERS = r"[!\"%&'()*+,\-./0-9:;<=>?A-Z_a-z]"
"""Of set 82. Source: figure 7.11-1."""


@dataclass(frozen=True, slots=True)
class Form:
    """What one AI may hold.

    Args:
        ai: with all its digits.
        pattern: of its content.
        most: characters at most.
        decimals: digits behind the point, None where it is no number with a point.
    """

    ai: str
    pattern: re.Pattern[str]
    most: int
    decimals: int | None = None


def form_of(text: str, at: int = 0) -> Form | None:
    """Return the form of the AI that stands at a place of a text, None when none is known."""
    for digits in (2, 3, 4):
        ai = text[at : at + digits]
        if len(ai) == digits and ai in _FORMS:
            return _form(ai, _FORMS[ai], None)
        if digits == 4 and ai[:3].isdigit() and ai[3:].isdigit() and f"{ai[:3]}n" in _FORMS:
            return _form(ai, _FORMS[f"{ai[:3]}n"], int(ai[3]))
    return None


def _form(ai: str, form: str, decimals: int | None) -> Form:
    most, pattern = 0, ""
    for part in form.split("+"):
        kind, loose, size = part[0], ".." in part, int(part[1:].replace(".", ""))
        most += size
        pattern += f"{'[0-9]' if kind == 'n' else _CHARACTERS}{{{1 if loose else size},{size}}}"
    return Form(ai, re.compile(pattern), most, decimals)
