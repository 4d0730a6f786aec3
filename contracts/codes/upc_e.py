"""UPC-E: a UPC-A number with its zeros left out, on small packs. Source: GS1 General Specifications, 5.2.2.4.2."""

from __future__ import annotations

from contracts.codes.digits import require_digits
from contracts.errors import BadCode


def expanded(text: str) -> str:
    """Return the 12 digits of UPC-A that a UPC-E symbol stands for; the check digit is theirs.

    Args:
        text: 8 digits: 0 or 1, six, check digit.

    Raises:
        BadCode: it is no such number.
    """
    require_digits(text, "a UPC-E number", (8,))
    if text[0] not in "01":
        raise BadCode("this is no UPC-E number", where="position 0", expected="0 or 1", found=text[0])
    system, body, last, check = text[0], text[1:6], text[6], text[7]
    if last in "012":
        return f"{system}{body[:2]}{last}0000{body[2:]}{check}"
    if last in "34":
        kept = int(last)
        return f"{system}{body[:kept]}00000{body[kept:]}{check}"
    return f"{system}{body}0000{last}{check}"
