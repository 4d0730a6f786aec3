"""Finds the rotating code behind the digest that a recording keeps of it, so that a recorded run can be fed again.

It takes the server's key: all codes that the phones could have shown about then are made and compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from contracts.codes.shown import digest
from contracts.codes.token import MOST_PLACES, STEP_NS, Handle

REACH = 20
"""Steps either way. A screenshot of more than ten minutes is then called malformed, as no digest of it is found."""


def unhidden(wanted: str, phones: Sequence[Handle], t_ns: int) -> str:
    """Return the code whose SHA-256, hex, is wanted, "" when no phone could have shown it.

    Args:
        wanted: digest.
        phones: all that are or were signed in.
        t_ns: the server's clock when the code was shown.
    """
    return next((code for code in _codes(phones, t_ns) if digest(code.encode()) == wanted), "")


def _codes(phones: Sequence[Handle], t_ns: int) -> Iterator[str]:
    """Yield codes, the likeliest first: shown at once, for one person."""
    for places in range(1, MOST_PLACES + 1):
        for off in sorted(range(-REACH, REACH + 1), key=abs):
            for phone in phones:
                yield phone.code_at(t_ns + off * STEP_NS, places)
