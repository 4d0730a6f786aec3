"""The point-of-payment code at a till: the customer scans it, and so says at which till they pay.

    POP1:<merchant>:<till>:<basket>:<CRC>

A printed one has no basket; one on a till's screen names the basket that is open there. The checksum finds misreadings.
It is no proof of who made the code: what binds the payment is the till's own basket, and the account code that is shown
there afterwards. All characters are of QR's alphanumeric set, so the symbol is small.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from contracts.codes.crc import crc16
from contracts.errors import BadCode

HEAD = "POP1:"
_ID = re.compile(r"[A-Z0-9-]{1,20}")
_PARTS = 5


@dataclass(frozen=True, slots=True)
class Pop:
    """A point of payment.

    Args:
        merchant: 1 to 20 of A-Z, 0-9 and "-".
        till: likewise.
        basket: likewise, or "" on a printed code.
    """

    merchant: str
    till: str
    basket: str = ""

    def code(self) -> str:
        """Return the text of the QR.

        Raises:
            BadCode: a part holds something else.
        """
        for name, part in (("merchant", self.merchant), ("till", self.till), ("basket", self.basket or "-")):
            if _ID.fullmatch(part) is None:
                raise BadCode(f"the {name} cannot stand in a POP code", expected="1 to 20 of A-Z 0-9 -", found=part)
        body = f"{HEAD}{self.merchant}:{self.till}:{self.basket}:"
        return f"{body}{crc16(body.encode()):04X}"


def read(text: str) -> Pop:
    """Return the point of payment that a phone has scanned.

    Raises:
        BadCode: it is no such code, or was misread.
    """
    parts = text.split(":")
    if not text.startswith(HEAD) or len(parts) != _PARTS:
        raise BadCode("this is no POP code", expected=f"{HEAD}merchant:till:basket:CRC")
    pop = Pop(*parts[1:4])
    if pop.code() != text:
        raise BadCode(
            "the checksum of the POP code is wrong", expected=pop.code()[-4:], found=parts[4], hint="scan again"
        )
    return pop
