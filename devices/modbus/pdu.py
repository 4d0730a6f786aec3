"""Questions and answers of Modbus as bytes, without framing: eight functions, both directions.

Source: MODBUS Application Protocol Specification V1.1b3, sections 6 and 7.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

from contracts.errors import WalkoutError
from devices.modbus.types import CODES, MOST_BITS, MOST_WORDS, Code, Refusal, Reply, Request

_ERROR = 0x80
_BIT_READS = (Code.READ_COILS, Code.READ_INPUTS)
_READS = (*_BIT_READS, Code.READ_HOLDING, Code.READ_INPUT_REGISTERS)
_SINGLE = (Code.WRITE_COIL, Code.WRITE_REGISTER)


class BadPdu(WalkoutError):
    """Bytes that are no question, or no answer to the question.

    Args:
        refusal: how a device answers such a question.
    """

    def __init__(self, what: str, found: bytes, refusal: Refusal = Refusal.VALUE) -> None:
        self.refusal = refusal
        super().__init__(what, expected="a PDU as Modbus has them", found=found[:16].hex(" "))


def encode_request(request: Request) -> bytes:
    """Return a question's bytes."""
    head = struct.pack(">BH", request.code, request.address)
    if request.code in _READS:
        return head + struct.pack(">H", request.count)
    if request.code in _SINGLE:
        return head + struct.pack(">H", request.values[0])
    data = _packed(request.code, request.values)
    return head + struct.pack(">HB", len(request.values), len(data)) + data


def decode_request(pdu: bytes) -> Request:
    """Return a question.

    Raises:
        BadPdu: it is none; its refusal is what a device answers.
    """
    code = pdu[0] if pdu else 0
    if code not in CODES:
        raise BadPdu("no such function", pdu, Refusal.FUNCTION)
    if len(pdu) < 5:
        raise BadPdu("a question is too short", pdu)
    address, second = struct.unpack(">HH", pdu[1:5])
    if code in _READS or code in _SINGLE:
        if len(pdu) != 5:
            raise BadPdu("a question is too long", pdu)
        request = Request(Code(code), address, second) if code in _READS else Request(Code(code), address, 1, (second,))
    else:
        request = Request(Code(code), address, second, _unpacked(Code(code), second, pdu[5:], pdu))
    if not 1 <= request.count <= _most(request.code):
        raise BadPdu("a question for too many, or for none", pdu)
    if request.address + request.count > 1 << 16:
        raise BadPdu("a question beyond the last address", pdu, Refusal.ADDRESS)
    return request


def encode_reply(request: Request, reply: Reply) -> bytes:
    """Return the bytes that answer a question."""
    if reply.refusal:
        return refused(request.code, reply.refusal)
    if request.code in _READS:
        data = _packed(request.code, reply.values)
        return struct.pack(">BB", request.code, len(data)) + data
    second = request.values[0] if request.code in _SINGLE else request.count
    return struct.pack(">BHH", request.code, request.address, second)


def refused(code: int, refusal: int) -> bytes:
    """Return the bytes of an exception."""
    return bytes([code & 0x7F | _ERROR, refusal])


def decode_reply(request: Request, pdu: bytes) -> Reply:
    """Return what answers a question.

    Raises:
        BadPdu: it answers another one, or none at all.
    """
    if len(pdu) == 2 and pdu[0] == request.code | _ERROR and pdu[1]:
        return Reply((), pdu[1])
    if not pdu or pdu[0] != request.code:
        raise BadPdu("an answer to another question", pdu)
    if request.code not in _READS:
        if pdu != encode_reply(request, Reply()):
            raise BadPdu("an answer to another order", pdu)
        return Reply(request.values)
    return Reply(_unpacked(request.code, request.count, pdu[1:], pdu))


def _bits(code: int) -> bool:
    return code in _BIT_READS or code == Code.WRITE_COILS


def _most(code: int) -> int:
    """Return how many one question may name. Source: sections 6.1 to 6.12 of the specification."""
    if code in _READS:
        return MOST_BITS if _bits(code) else MOST_WORDS
    return {Code.WRITE_COILS: 1968, Code.WRITE_REGISTERS: 123}.get(Code(code), 1)


def _packed(code: int, values: Sequence[int]) -> bytes:
    if not _bits(code):
        return struct.pack(f">{len(values)}H", *values)
    number = sum(1 << place for place, value in enumerate(values) if value)
    return number.to_bytes((len(values) + 7) // 8, "little")


def _unpacked(code: int, count: int, counted: bytes, pdu: bytes) -> tuple[int, ...]:
    """Return values from a byte count and the data behind it."""
    size = (count + 7) // 8 if _bits(code) else 2 * count
    if not counted or counted[0] != size or len(counted) != size + 1:
        raise BadPdu("data and its length do not fit", pdu)
    if not _bits(code):
        return struct.unpack(f">{count}H", counted[1:])
    number = int.from_bytes(counted[1:], "little")
    return tuple(number >> place & 1 for place in range(count))
