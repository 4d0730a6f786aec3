"""What may stand in the fields of a merchant-presented code.

Source: EMV QR Code Specification for Payment Systems, Merchant-Presented Mode 1.1, tables 3.1, 3.7 and 3.8.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from contracts.codes.mpm_fields import Field, find, named
from contracts.errors import BadCode

_AMOUNT = r"(?=.{1,13}$)[0-9]+(?:\.[0-9]*)?"
_SHAPES = {
    "00": ("01", '"01"'),
    "01": ("1[12]", '"11" static or "12" dynamic'),
    "52": ("[0-9]{4}", "4 digits (ISO 18245)"),
    "53": ("[0-9]{3}", "3 digits (ISO 4217)"),
    "54": (_AMOUNT, "a number of at most 13 characters"),
    "55": ("0[123]", '"01" ask, "02" fixed fee or "03" percentage'),
    "56": (_AMOUNT, "a number of at most 13 characters"),
    "57": (r"[0-9]{1,2}(?:\.[0-9]{0,2})?", "a percentage from 0.01 to 99.99"),
    "58": ("[A-Z]{2}", "2 capital letters (ISO 3166-1)"),
    "59": (".{1,25}", "1 to 25 characters"),
    "60": (".{1,15}", "1 to 15 characters"),
    "61": (".{1,10}", "1 to 10 characters"),
}
_ADDITIONAL = {"02": 25, "09": 3, "10": 20, "11": 3}
_LANGUAGE = {"00": 2, "01": 25, "02": 15}
_FEE_OF = {"02": "56", "03": "57"}
_NEEDED = ("52", "53", "58", "59", "60")


def complaints(fields: Sequence[Field]) -> Iterator[BadCode]:
    """Yield what is wrong with the contents, field by field."""
    for one in fields:
        pattern, expected = _SHAPES.get(one.id, ("(?s:.*)", ""))
        if re.fullmatch(pattern, one.value) is None:
            yield BadCode("the value is not allowed", where=one.where, expected=expected, found=repr(one.value))
        elif one.id in ("54", "56", "57") and not Decimal(one.value):
            yield BadCode("the value is zero", where=one.where, expected="more than 0")
    yield from _missing(fields)
    yield from _fees(fields)
    for one in fields:
        yield from _template(one)


def _missing(fields: Sequence[Field]) -> Iterator[BadCode]:
    there = {one.id for one in fields}
    for wanted in _NEEDED:
        if wanted not in there:
            yield BadCode(f"field {wanted} ({named(wanted)}) is missing")
    if not any("02" <= one <= "51" for one in there):
        yield BadCode("there is no merchant account", expected="at least one of fields 02 to 51")


def _fees(fields: Sequence[Field]) -> Iterator[BadCode]:
    """Field 56 goes with kind 02 of field 55 and 57 with 03, and neither alone."""
    wanted = _FEE_OF.get(find(fields, "55"), "")
    for fee in ("56", "57"):
        if (fee == wanted) != bool(find(fields, fee)):
            says = "is missing" if fee == wanted else "does not go with the kind of tip or fee"
            yield BadCode(f"field {fee} ({named(fee)}) {says}", where="field 55 (tip or fee)")


def _template(one: Field) -> Iterator[BadCode]:
    """Templates must hold fields of at most 25 characters where the specification defines them."""
    if not ("26" <= one.id <= "51" or one.id in ("62", "64") or one.id >= "80"):
        return
    try:
        inner = one.inside()
    except BadCode as error:
        yield error
        return
    if one.id not in ("62", "64"):
        if not 1 <= len(find(inner, "00")) <= 32:
            yield BadCode(
                "a template does not say whose it is", where=one.where, expected="field 00, 1 to 32 characters"
            )
        return
    longest = _ADDITIONAL if one.id == "62" else _LANGUAGE
    for part in inner:
        most = longest.get(part.id, 25 if one.id == "62" and part.id < "12" else 99)
        if len(part.value) > most:
            yield BadCode(
                f"field {part.id} of the {named(one.id)} is too long",
                where=f"position {part.at}",
                expected=f"at most {most} characters",
                found=str(len(part.value)),
            )
    if one.id == "64" and not (find(inner, "00") and find(inner, "01")):
        yield BadCode("the language template is not complete", where=one.where, expected="00 language and 01 name")
