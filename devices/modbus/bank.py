"""What an emulated device holds: coils, inputs and registers, and what happens when they are written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum

from devices.modbus.pdu import BadPdu, decode_request, encode_reply, refused
from devices.modbus.types import OFF, ON, Code, Refusal, Reply, Request


class Table(StrEnum):
    """The four tables of Modbus."""

    COILS = "coils"
    INPUTS = "inputs"
    HOLDING = "holding registers"
    INPUT_REGISTERS = "input registers"


OF = {
    Code.READ_COILS: Table.COILS,
    Code.READ_INPUTS: Table.INPUTS,
    Code.READ_HOLDING: Table.HOLDING,
    Code.READ_INPUT_REGISTERS: Table.INPUT_REGISTERS,
    Code.WRITE_COIL: Table.COILS,
    Code.WRITE_REGISTER: Table.HOLDING,
    Code.WRITE_COILS: Table.COILS,
    Code.WRITE_REGISTERS: Table.HOLDING,
}
"""Which table a function reads or writes."""
_READS = frozenset({Code.READ_COILS, Code.READ_INPUTS, Code.READ_HOLDING, Code.READ_INPUT_REGISTERS})

Special = Callable[[Request, int], Reply | None]
"""Takes any question or order first, and the bench time; returns its answer, or None to leave it to the tables."""
Written = Callable[[Request, int], None]
"""Is told of an order that was carried out, and the bench time."""
Fresh = Callable[[int], None]
"""Brings the tables up to date before they are read; takes the bench time."""


class Bank:
    """The tables of one unit. What was never defined is not there: asked for, the answer is exception 2.

    Args:
        functions: what it knows; others are answered with exception 1.
        special: see `Special`; it also obeys what function 5 writes beside on and off.
        written: see `Written`.
        fresh: see `Fresh`.
        most: how many registers or bits one question may name, where the device allows fewer than Modbus.
    """

    def __init__(
        self,
        functions: Sequence[Code] = tuple(Code),
        *,
        special: Special = lambda _request, _now_ns: None,
        written: Written = lambda _request, _now_ns: None,
        fresh: Fresh = lambda _now_ns: None,
        most: int = 2000,
    ) -> None:
        self._functions, self._most = frozenset(functions), most
        self._special, self._written, self._fresh = special, written, fresh
        self._tables: dict[Table, dict[int, int]] = {table: {} for table in Table}

    def define(self, table: Table, address: int, values: Sequence[int]) -> None:
        """Let there be values from an address on."""
        self._tables[table].update({address + place: value for place, value in enumerate(values)})

    def get(self, table: Table, address: int, count: int = 1) -> tuple[int, ...]:
        """Return values that are there."""
        return tuple(self._tables[table][address + place] for place in range(count))

    def answer(self, pdu: bytes, now_ns: int) -> bytes:
        """Return what a device answers; any bytes may come."""
        try:
            request = decode_request(pdu)
        except BadPdu as bad:
            return refused(pdu[0] if pdu else 0, bad.refusal)
        reply = self.obey(request, now_ns)
        return encode_reply(request, reply)

    def obey(self, request: Request, now_ns: int) -> Reply:
        """Answer a question, or carry out an order."""
        if request.code not in self._functions:
            return Reply(refusal=Refusal.FUNCTION)
        if request.count > self._most:
            return Reply(refusal=Refusal.VALUE)
        if (reply := self._special(request, now_ns)) is not None:
            return reply
        if not self._has(request):
            return Reply(refusal=Refusal.ADDRESS)
        if request.code in _READS:
            self._fresh(now_ns)
            return Reply(self.get(OF[request.code], request.address, request.count))
        return self._write(request, now_ns)

    def _write(self, request: Request, now_ns: int) -> Reply:
        if request.code == Code.WRITE_COIL and request.values[0] not in (ON, OFF):
            return Reply(refusal=Refusal.VALUE)
        values = tuple(map(bool, request.values)) if OF[request.code] is Table.COILS else request.values
        self.define(OF[request.code], request.address, values)
        self._written(request, now_ns)
        return Reply(request.values)

    def _has(self, request: Request) -> bool:
        table = self._tables[OF[request.code]]
        return all(request.address + place in table for place in range(request.count))
