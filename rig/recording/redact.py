"""What a recording leaves out: keys, and codes that admit or pay.

A code is replaced by its SHA-256; barcodes of goods and codes that a merchant prints are public and stay. Nobody can
make a code from what is left, and a stack that takes digests can still be replayed.
"""

from __future__ import annotations

from dataclasses import replace

from contracts.checkout import PhoneRequest, PhoneView
from contracts.codes import gs1_link, mpm, pop
from contracts.codes.gs1 import AIM_IDS, Gs1
from contracts.codes.recognise import recognise
from contracts.codes.shown import PREFIX, hidden
from contracts.codes.top_up import TopUp
from contracts.errors import BadCode
from contracts.layout import Account
from contracts.record import Record
from contracts.records import Scan, ScreenCommand, Setup


def redacted(record: Record) -> Record:
    """Return a record as it may be kept."""
    match record:
        case Setup():
            return replace(record, key=b"", accounts=tuple(map(_without_number, record.accounts)))
        case Scan() if record.code and _is_label(record):
            return record
        case Scan() | PhoneRequest() | PhoneView() | ScreenCommand() if record.code and not is_public(record.code):
            return replace(record, code=hidden(record.code))
    return record


def _without_number(account: Account) -> Account:
    """Return an account whose top-up number is the digest of the bar code that is made of it, or else of itself."""
    if not account.top_up or account.top_up.encode().startswith(PREFIX):
        return account
    try:
        code = TopUp(account.top_up).code()
    except BadCode:  # no bar code carries it, and it may be a secret all the same
        code = account.top_up
    return replace(account, top_up=hidden(code.encode()).decode())


def _is_label(scan: Scan) -> bool:
    """Whether a symbol for goods and boxes was read, and holds what such a symbol holds."""
    return scan.symbology in AIM_IDS and isinstance(recognise(scan.code, scan.symbology), Gs1)


def is_public(code: bytes) -> bool:
    """Whether a code says what it stands for and opens nothing: a barcode of goods, or a merchant's own QR.

    Whatever is not surely public counts as secret.
    """
    text = code.decode("ascii", "replace")
    merchant = text.startswith((mpm.START, pop.HEAD))
    goods = text.isdigit() and len(text) in (8, 12, 13, 14)
    return merchant or goods or _names_goods(text)


def _names_goods(text: str) -> bool:
    """Whether a web address names goods and carries nothing else."""
    try:
        return gs1_link.looks_like(text) and not gs1_link.read(text).others
    except BadCode:
        return False
