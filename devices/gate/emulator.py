"""A gate that is not there: an I/O module on a wire and a turnstile behind it. Whoever moves bodies lets them cross.

It has what a twin's gate has (`blocks`, `lets_through`, `passed`), so the twin's own gate can be put on a wire: a real
controller then opens it, and simulated shoppers walk through.
"""

from __future__ import annotations

from contracts.clock import Clock
from contracts.ports import FaultKind
from contracts.records import Direction
from contracts.seeds import stream
from devices.gate.emulate.gunnebo import Gunnebo
from devices.gate.emulate.io_module import IoModule
from devices.gate.emulate.mechanics import Mechanics
from devices.gate.emulate.perco import Perco
from devices.gate.module import Module
from devices.gate.turnstile import Mode, Order, Sense, Turnstile
from devices.modbus.device import Device
from devices.modbus.framing import Framing
from devices.modbus.harm import Harm

HARM_OF = {
    FaultKind.OFF: Harm.SILENCE,
    FaultKind.GARBAGE: Harm.BITS,
    FaultKind.SLOW: Harm.SLOW,
    FaultKind.DELAYED: Harm.LATE,
    FaultKind.INTERMITTENT: Harm.SOME,
}
"""What happens to its answers; STUCK are inputs that stay as they are, WRONG are relays that do."""


class GateEmulator:
    """The device; `device` makes its end of a line, of which it may have several.

    Args:
        module: which I/O module.
        turnstile: which turnstile.
        clock: bench time.
        unit: its address.
        detector: whether whoever passes without leave is noticed.
        bounces: whether contacts bounce.
        seed: of bounces and harmed bits.
        on: the module, where another turnstile hangs on it too; None makes one.

    A fault is the module's, with all that hang on it.
    OFF hears nothing either, so that its watchdog, if it has one, opens the turnstile after a while.
    """

    def __init__(
        self,
        module: Module,
        turnstile: Turnstile,
        clock: Clock,
        *,
        unit: int = 1,
        detector: bool = False,
        bounces: bool = True,
        seed: int = 0,
        on: IoModule | None = None,
    ) -> None:
        self._turnstile, self._clock, self.unit, self._seed = turnstile, clock, unit, seed
        self.module = on or IoModule(module, stream(seed, "gate", "contacts"), bounces=bounces)
        stack = turnstile.mode is Mode.STACK
        self.mechanics: Mechanics = (Gunnebo if stack else Perco)(turnstile, detector=detector)
        self._burns = self._held = False
        self._orders = {contact.channel: order for order, contact in turnstile.relays.items()}
        self.module.own(self._orders)
        self._devices: list[Device] = []
        self._harm: Harm | None = None
        for order, contact in turnstile.relays.items():
            self.mechanics.order(order, clock.now_ns, given=not contact.closed)
        self.advance()

    @property
    def blocks(self) -> bool:
        """Whether its barrier stands across the lane."""
        return not any(map(self.lets_through, Direction))

    def lets_through(self, direction: Direction) -> bool:
        """Whether a body may go through now."""
        self.advance()
        return self.mechanics.lets_through(direction)

    def passed(self, direction: Direction) -> bool:
        """A body has crossed the line; return whether the gate had been opened for it."""
        self.advance()
        had_leave = self.mechanics.cross(direction, self._clock.now_ns)
        self._tell()
        return had_leave

    def fire(self, *, burns: bool) -> None:
        """Let the fire panel open the loop, or close it again."""
        self.advance()
        self._burns = burns
        self._loop(self._clock.now_ns)
        self._tell()

    def fault(self, kind: FaultKind | None) -> bool:
        """Begin a fault, or end it with None; return whether it can have it."""
        self.begin(HARM_OF.get(kind) if kind is not None else None)
        self.module.welded = kind is FaultKind.WRONG
        levels = tuple(contact.closed(self._clock.now_ns) for contact in self.module.contacts)
        self.module.frozen = levels if kind is FaultKind.STUCK else None
        return True

    def begin(self, harm: Harm | None) -> None:
        """Begin to harm its answers, or end it with None."""
        self._harm = harm
        for device in self._devices:
            device.begin(harm)

    def device(self, framing: Framing) -> Device:
        """Return its end of one more line."""
        found = Device({self.unit: self.module.bank}, framing, self._seed)
        self.hang_on(found)
        return found

    def hang_on(self, device: Device) -> None:
        """Let its faults be those of an end of a line."""
        device.begin(self._harm)
        self._devices.append(device)

    def advance(self) -> None:
        """Let time pass: pulses end, the watchdog watches, the turnstile turns, contacts follow."""
        now_ns = self._clock.now_ns
        self.module.advance(now_ns)
        for at_ns, channel, closed in self.module.changed(self._orders):
            order = self._orders[channel]
            self._order(order, at_ns, given=closed is self._turnstile.relays[order].closed)
        self.mechanics.advance(now_ns)
        self._tell()

    def _order(self, order: Order, at_ns: int, *, given: bool) -> None:
        if order is Order.HOLD_FIRE:
            self._held = given
            self._loop(at_ns)
        else:
            self.mechanics.order(order, at_ns, given=given)

    def _loop(self, at_ns: int) -> None:
        """The fire loop: the module's relay and the panel's contact in a row."""
        self.mechanics.order(Order.HOLD_FIRE, at_ns, given=self._held and not self._burns)

    def _tell(self) -> None:
        """Let the contacts follow what the turnstile says."""
        says = self.mechanics.says() | ({Sense.FIRE} if self._burns else frozenset())
        for sense, contact in self._turnstile.inputs.items():
            closed = (sense in says) is contact.closed
            self.module.contacts[contact.channel].set(self._clock.now_ns, closed=closed)
