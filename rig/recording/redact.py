"""What a recording leaves out: keys, and codes that admit or pay.

A code is replaced by its SHA-256; barcodes of goods and codes that a merchant prints are public and stay. Nobody can
make a code from what is left, and a stack that takes digests can still be replayed.
"""

from __future__ import annotations

from dataclasses import replace

from contracts.checkout import PhoneRequest, PhoneView
from contracts.codes import mpm, pop
from contracts.codes.shown import hidden
from contracts.record import Record
from contracts.records import Scan, ScreenCommand, Setup


def redacted(record: Record) -> Record:
    """Return a record as it may be kept."""
    match record:
        case Setup(key=key) if key:
            return replace(record, key=b"")
        case Scan() | PhoneRequest() | PhoneView() | ScreenCommand() if record.code and not is_public(record.code):
            return replace(record, code=hidden(record.code))
    return record


def is_public(code: bytes) -> bool:
    """Whether a code says what it stands for and opens nothing: a barcode of goods, or a merchant's own QR.

    Whatever is not surely public counts as secret.
    """
    text = code.decode("ascii", "replace")
    merchant = text.startswith((mpm.START, pop.HEAD))
    goods = text.isdigit() and len(text) in (8, 12, 13, 14)
    return merchant or goods
