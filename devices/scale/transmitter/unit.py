"""One emulated transmitter: its cells, its registers, and what happens when orders are written."""

from __future__ import annotations

from collections.abc import Sequence

from contracts.clock import MILLISECOND
from devices.modbus.bank import OF, Bank, Table
from devices.modbus.types import Request
from devices.scale.balance import Balance, Trouble
from devices.scale.transmitter.encode import status_words, weight_words
from devices.scale.transmitter.model import Order, Setup, Transmitter

BEAT_NS = 100 * MILLISECOND
"""Source: Flintec FT-112, 13.2.1."""


class Unit:
    """What answers to one unit number.

    Args:
        of: the transmitter.
        setup: how it is set up.
        cells: one for each channel.

    `trouble` FROZEN stops the whole program, its heartbeat too.
    """

    def __init__(self, of: Transmitter, setup: Setup, cells: Sequence[Balance]) -> None:
        self._of, self._setup, self.cells = of, setup, tuple(cells)
        self.bank = Bank(written=self._written, fresh=self._fresh, most=of.most)
        self.bank.define(of.table, of.at, [0] * of.count)
        self.bank.define(Table.HOLDING, of.command, [0])
        self._last_order = 0
        self._frozen = False

    def begin(self, trouble: Trouble | None, now_ns: int) -> None:
        """Begin a trouble on all channels, or end it with None."""
        if trouble is Trouble.FROZEN:
            self._fresh(now_ns)
        self._frozen = trouble is Trouble.FROZEN
        for cell in self.cells:
            cell.begin(trouble, now_ns)

    def _fresh(self, now_ns: int) -> None:
        if self._frozen:
            return
        of = self._of
        for channel, cell in enumerate(self.cells):
            shown, shift = cell.look(now_ns), channel * of.stride
            self.bank.define(of.table, of.weight + shift, weight_words(of, self._setup, shown.gross_g))
            self.bank.define(of.table, of.status + shift, status_words(of, self._setup, shown))
        if of.heartbeat is not None:
            self.bank.define(of.table, of.heartbeat, [now_ns // BEAT_NS & 0xFFFF])

    def _written(self, request: Request, now_ns: int) -> None:
        span = range(request.address, request.address + request.count)
        if OF[request.code] is not Table.HOLDING or self._of.command not in span or self._frozen:
            return
        value = request.values[self._of.command - request.address]
        # Where orders are bits, one that stays set is no new order.
        rose = value & ~self._last_order if self._of.edges else value
        self._last_order = value
        for order, mark in self._of.orders.items():
            if rose == mark or (self._of.edges and rose & mark):
                self._obey(order, now_ns)

    def _obey(self, order: Order, now_ns: int) -> None:
        for cell in self.cells:
            if order is Order.ZERO:
                cell.zero(now_ns)
            elif order is Order.TARE:
                cell.tare(now_ns)
            else:
                cell.take_off(0.0)
