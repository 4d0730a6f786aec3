"""Which relay should be how, what is asked of the module for it, and whether it is. No I/O."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from contracts.clock import MILLISECOND
from devices.gate.module import Dog, Module, Pulse
from devices.gate.turnstile import Contact, Order, Turnstile
from devices.modbus import types
from devices.modbus.host import Answer
from devices.modbus.types import Code, Request

_AFTER_NS = 100 * MILLISECOND
"""A module's own pulse may end so much later than it should."""
_REST_NS = 100 * MILLISECOND
"""Between two pulses; a turnstile that has not seen the end of one does not see the next."""


@dataclass(slots=True)
class _Relay:
    contact: Contact
    on: bool = False
    """Whether the order is given now."""
    waiting: int = 0
    """Orders on their way."""
    settled_ns: int = -1
    """When the last order was answered."""
    release_ns: int | None = None
    """When the host ends its pulse; -1 while the order is on its way."""
    window_ns: tuple[int, int] | None = None
    """Until when the module's own pulse surely lasts, and from when on it is surely over."""
    echoed: bool = True
    renew_ns: int = 0
    proof: bool | None = None
    """Whether it was seen as the last order wanted it; None while nobody knows."""

    @property
    def closed(self) -> bool:
        return self.on is self.contact.closed

    @property
    def busy(self) -> bool:
        return self.on or self.waiting > 0 or self.release_ns is not None or self.window_ns is not None


class Relays:
    """The relays of one turnstile.

    Pulses follow one another: an order that is given while another one lasts can mean something else.

    Args:
        module: what they hang on.
        turnstile: which order is which relay.
    """

    def __init__(self, module: Module, turnstile: Turnstile) -> None:
        self._module, self._pulse_ns = module, turnstile.pulse_ns
        self._relays = {order: _Relay(contact) for order, contact in turnstile.relays.items()}
        self._queue: deque[Order] = deque()
        self._rest_ns = 0
        # A module's pulse that cannot be as short as wanted would stand in the way of the next order.
        self._own_pulse = module.pulse is not Pulse.HOST and turnstile.pulse_ns >= module.pulse_unit_ns
        self._orders = {module.relay + relay.contact.channel: order for order, relay in self._relays.items()}
        if module.pulse is not Pulse.HOST:
            self._orders |= {module.pulse_at + relay.contact.channel: order for order, relay in self._relays.items()}

    def begin(self) -> list[Request]:
        """Return what puts every relay where it belongs."""
        widths = []
        if self._own_pulse and self._module.pulse is Pulse.COIL:
            widths = [
                types.write_register(self._module.pulse_width_at + relay.contact.channel, self._length(self._pulse_ns))
                for relay in self._relays.values()
            ]
        return widths + [self.give(order, on=order is Order.HOLD_FIRE) for order in self._relays]

    def give(self, order: Order, *, on: bool = True) -> Request:
        """Return what gives an order, or takes it back."""
        relay = self._relays[order]
        relay.on, relay.proof = on, None
        if not on:
            relay.release_ns = None
        return self._ask(order)

    def pulse(self, order: Order) -> None:
        """Give an order for a while, as soon as it is its turn: `due` returns it."""
        self._queue.append(order)

    def drop(self) -> None:
        """Give no more of the pulses that wait."""
        self._queue.clear()

    def proof(self, order: Order) -> bool | None:
        """Whether a relay was seen as its last order wanted it; None while nobody knows, or it waits for its turn."""
        return None if order in self._queue else self._relays[order].proof

    def once(self, request: Request) -> bool:
        """Whether a request must not go out twice: a module's own pulse."""
        return request.code == Code.WRITE_COIL and not self._plain(request.address)

    def due(self, now_ns: int) -> Iterator[Request]:
        """Yield what it is time for: the ends of pulses, the next pulse, and the fire relay held anew."""
        for order, relay in self._relays.items():
            if relay.release_ns is not None and 0 <= relay.release_ns <= now_ns:
                relay.release_ns, relay.on = None, False
                yield self._ask(order)
            if relay.window_ns is not None and now_ns >= relay.window_ns[1]:
                relay.window_ns, self._rest_ns = None, now_ns
                relay.proof = relay.echoed if relay.proof is None else relay.proof
            if self._held_by_pulses(order) and relay.on and now_ns >= relay.renew_ns and not relay.waiting:
                yield self._ask(order)
        others = [relay for order, relay in self._relays.items() if order is not Order.HOLD_FIRE]
        if self._queue and now_ns >= self._rest_ns and not any(relay.busy for relay in others):
            yield self._start(self._queue.popleft())

    def answered(self, answer: Answer) -> Order | None:
        """Take the answer to an order; return which, or None when it was none."""
        order = self._orders.get(answer.request.address)
        if order is None or answer.request.code != Code.WRITE_COIL:
            return None
        relay = self._relays[order]
        relay.waiting, relay.settled_ns = max(relay.waiting - 1, 0), answer.at_ns
        if self._plain(answer.request.address):
            if relay.release_ns is not None:
                relay.release_ns = answer.at_ns + self._pulse_ns
            elif not relay.on:
                self._rest_ns = answer.at_ns + _REST_NS
        elif self._held_by_pulses(order):
            relay.renew_ns = answer.asked_ns + self._module.watchdog.after_ns // 3
        elif not answer.refusal:
            relay.echoed = answer.values is not None
            relay.window_ns = (answer.asked_ns + self._pulse_ns, answer.at_ns + self._pulse_ns + _AFTER_NS)
        return order

    def judge(self, answer: Answer) -> dict[Order, bool]:
        """Hold what was read against what was told; relays of which nothing can be said now are left out."""
        if answer.values is None:
            return {}
        found: dict[Order, bool] = {}
        for order, relay in self._relays.items():
            pulsed = relay.window_ns is not None
            if relay.waiting or answer.asked_ns < relay.settled_ns or (pulsed and answer.at_ns > relay.window_ns[0]):  # type: ignore[index]
                continue
            closed = relay.contact.closed if pulsed else relay.closed
            found[order] = bool(answer.values[relay.contact.channel]) is closed
            relay.proof = found[order]
        return found

    def again(self, order: Order) -> Request:
        """Return what tells a relay once more."""
        return self._ask(order)

    def _start(self, order: Order) -> Request:
        relay = self._relays[order]
        if not (self._own_pulse and relay.contact.closed):
            request, relay.release_ns = self.give(order), -1
            return request
        relay.waiting, relay.proof = relay.waiting + 1, None
        address = self._module.pulse_at + relay.contact.channel
        if self._module.pulse is Pulse.COIL:
            return types.write_coil(address, True)
        return types.write_coil(address, self._length(self._pulse_ns))

    def _plain(self, address: int) -> bool:
        return self._module.relay <= address < self._module.relay + self._module.relays

    def _held_by_pulses(self, order: Order) -> bool:
        return order is Order.HOLD_FIRE and self._module.watchdog.kind is Dog.REFRESH

    def _length(self, ns: int) -> int:
        return max(1, round(ns / self._module.pulse_unit_ns))

    def _ask(self, order: Order) -> Request:
        relay = self._relays[order]
        relay.waiting += 1
        if self._held_by_pulses(order) and relay.on:
            address = self._module.pulse_at + relay.contact.channel
            return types.write_coil(address, self._length(self._module.watchdog.after_ns))
        return types.write_coil(self._module.relay + relay.contact.channel, relay.closed)
