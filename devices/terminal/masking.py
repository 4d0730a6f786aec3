"""Card numbers do not get past the codec: what could be one is masked before anything is shown, logged or recorded."""

from __future__ import annotations

import re

SHOWN = 4
"""Last digits that stay, as on every receipt."""
_NUMBER = re.compile(r"[0-9](?:[ .-]{0,2}[0-9]){11,}")


def masked_digits(digits: str) -> str:
    """Return a card number with all but its last four digits as "*"; what a terminal masked already stays so."""
    hidden = max(0, len(digits) - SHOWN)
    return "*" * hidden + "".join(digit if digit.isdigit() else "*" for digit in digits[hidden:])


def masked_text(text: str) -> str:
    """Return text in which every run of twelve digits and more, also a spaced one, is masked like a card number."""
    return _NUMBER.sub(lambda match: masked_digits("".join(filter(str.isdigit, match[0]))), text)
