"""What a till makes of a code that it has read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from contracts.codes import cpm, gs1, gs1_link, gtin, mpm, payment_code, pop, token, top_up, upc_e
from contracts.codes.cpm import Cpm
from contracts.codes.gs1 import Gs1
from contracts.codes.gtin import Gtin
from contracts.codes.measure import Measured, Pattern
from contracts.codes.mpm import Mpm
from contracts.codes.payment_code import PaymentCode
from contracts.codes.pop import Pop
from contracts.codes.symbols import MATRIX, TRADE_ITEMS, Symbology, symbology
from contracts.codes.token import Token
from contracts.codes.top_up import TopUp
from contracts.errors import BadCode

_UPC_E_LENGTH = 8


@dataclass(frozen=True, slots=True)
class Unknown:
    """A code that means nothing here.

    Args:
        why: what is wrong with it; quotes nothing private.
        symbology: what it was shown in.
    """

    why: str
    symbology: Symbology


Recognised: TypeAlias = Token | TopUp | Pop | PaymentCode | Mpm | Cpm | Gtin | Measured | Gs1 | Unknown
"""Which class it is says what kind of code it is; none of them shows secret digits in its text form."""


def recognise(code: bytes, aim_id: str = "", patterns: Sequence[Pattern] = ()) -> Recognised:
    """Return what a code is.

    Args:
        code: bytes as read, without AIM id, prefix and suffix.
        aim_id: symbology, "]Q1"; "" when the scanner does not tell.
        patterns: how this store's scales write their labels, the first that matches counts.
    """
    shown_in = symbology(aim_id)
    try:
        text = code.decode("utf-8")
    except UnicodeDecodeError:
        return Unknown("it is not text", shown_in)
    try:
        reader = gs1.parse if _is_label(text, aim_id) else _reader(text, shown_in, patterns)
        return reader(text) if reader else payment_code.recognise(text) or Unknown("no such code is known", shown_in)
    except BadCode as error:
        return Unknown(error.what, shown_in)


def _reader(text: str, shown_in: Symbology, patterns: Sequence[Pattern]) -> Callable[[str], Recognised] | None:
    """Return what can read a text by its first characters and its length."""
    if token.looks_like(text):
        return token.read
    if top_up.looks_like(text):
        return top_up.read
    if len(text) in gtin.LENGTHS and shown_in in TRADE_ITEMS:
        # EAN-8 has an AIM id of its own, so eight digits under the other are UPC-E.
        whole = upc_e.expanded(text) if shown_in is Symbology.EAN_13 and len(text) == _UPC_E_LENGTH else text
        return lambda _: _goods(whole, patterns)
    if shown_in not in MATRIX:
        return None
    if gs1_link.looks_like(text):
        return gs1_link.read
    return next((reader for head, reader in _TEXTS if text.startswith(head)), None)


def _is_label(text: str, aim_id: str) -> bool:
    """Whether a text is an element string: the symbol says so, or the separator that it begins with."""
    return aim_id in gs1.AIM_IDS or (not aim_id and text.startswith(gs1.SEPARATOR))


def _merchant(text: str) -> Mpm:
    # Codes in the field break rules of content; a till must still be able to say whose they are.
    return mpm.parse(text, strict=False)


_TEXTS: tuple[tuple[str, Callable[[str], Recognised]], ...] = (
    (pop.HEAD, pop.read),
    (mpm.START, _merchant),
    (cpm.START, cpm.parse),
)


def _goods(text: str, patterns: Sequence[Pattern]) -> Gtin | Measured:
    item = gtin.read(text)
    pattern = next((one for one in patterns if one.matches(item.gtin13)), None)
    return pattern.read(item.gtin13) if pattern else item
