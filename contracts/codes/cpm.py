"""EMVCo consumer-presented codes: base64 of BER-TLV, shown by a phone, read by a till.

They can hold a card number. Log and record `masked()` only; the text form of these objects shows no values.
Source: EMV QR Code Specification for Payment Systems, Consumer-Presented Mode 1.1.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from dataclasses import dataclass

from contracts.codes import tlv
from contracts.codes.masking import mask_all, mask_pan, mask_track2
from contracts.codes.tlv import Tlv
from contracts.errors import BadCode

START = "hQVDUFY"
"""Base64 of 85 05 "CPV": how each such code begins."""
LONGEST = 512
_FORMAT = b"CPV01"
_HIDDEN: dict[str, Callable[[bytes], bytes]] = {
    "5A": mask_pan,
    "57": mask_track2,
    "56": mask_all,  # track 1
    "9F6B": mask_track2,
    "5F20": mask_all,  # cardholder's name
    "5F24": mask_all,  # expiry
    "9F1F": mask_all,  # track 1 discretionary data
    "9F20": mask_all,  # track 2 discretionary data
}


@dataclass(frozen=True, slots=True)
class Application:
    """A payment application that the phone offers.

    Args:
        aid: application identifier, hexadecimal.
        label: what to show, or "".
    """

    aid: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Cpm:
    """A consumer-presented code: its objects in their order.

    Args:
        objects: 85 first, then at least one 61.
    """

    objects: tuple[Tlv, ...]

    @property
    def applications(self) -> tuple[Application, ...]:
        """What can be paid with, the phone's first choice first."""
        return tuple(_application(one) for one in self.objects if one.tag == "61")

    @property
    def last_four(self) -> str:
        """The last four digits of the card number, "" when the code holds none."""
        for tag, end in (("5A", "F"), ("57", "D")):
            found = next((one.value for one in tlv.walk(self.objects) if one.tag == tag), b"")
            if found:
                return found.hex().upper().partition(end)[0][-4:]
        return ""

    def masked(self) -> Cpm:
        """Return the code without what must not be logged, recorded or kept: 5A, 57 and their kin."""
        return Cpm(tuple(_masked(one) for one in self.objects))


def parse(text: str | bytes) -> Cpm:
    """Return the code that a till has read.

    Raises:
        BadCode: names the object and the byte; never quotes a value.
    """
    if len(text) > LONGEST:
        raise BadCode(
            "this is no consumer-presented code", expected=f"at most {LONGEST} characters", found=f"{len(text)}"
        )
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise BadCode("this is no consumer-presented code", expected="base64", found="other characters") from None
    code = Cpm(tlv.read(data))
    _check(code)
    return code


def build(code: Cpm) -> str:
    """Return the text to show.

    Raises:
        BadCode: an object that must be there is missing.
    """
    _check(code)
    return base64.b64encode(tlv.write(code.objects)).decode()


def _check(code: Cpm) -> None:
    first = code.objects[0] if code.objects else Tlv("85")
    if first.tag != "85" or first.value != _FORMAT:
        raise BadCode('object 85 with "CPV01" must come first', where="byte 0", found=f"object {first.tag}")
    if not code.applications:
        raise BadCode("object 61 (application template) is missing", expected="at least one")
    for application in code.applications:
        if not application.aid:
            raise BadCode("object 4F (application identifier) is missing", where="object 61")


def _application(template: Tlv) -> Application:
    parts = {one.tag: one.value for one in template.parts}
    return Application(parts.get("4F", b"").hex().upper(), parts.get("50", b"").decode("utf-8", "replace"))


def _masked(one: Tlv) -> Tlv:
    if one.parts:
        return Tlv(one.tag, parts=tuple(_masked(part) for part in one.parts))
    return Tlv(one.tag, _HIDDEN.get(one.tag, bytes)(one.value))
