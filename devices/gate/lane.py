"""What a turnstile behind an I/O module is told and tells, without I/O: orders and answers in, questions out."""

from __future__ import annotations

from collections.abc import Iterator

from contracts.gate_states import Happening, State, towards
from contracts.record import take_due
from contracts.records import Direction, GateAction, GateCommand, GateEvent
from devices.gate.arming import Arming
from devices.gate.machine import Machine
from devices.gate.module import Module
from devices.gate.relays import Relays
from devices.gate.senses import Senses
from devices.gate.troubles import GateTrouble, Log
from devices.gate.turnstile import OPENS, PASSES, Mode, Order, Safe, Sense, Turnstile
from devices.modbus.host import Answer
from devices.modbus.types import Request


class Lane:
    """One turnstile.

    Args:
        device: device id.
        module: the I/O module.
        turnstile: what hangs on it.
        counters: whether passages that are too short for a look are taken from the module's counters.
    """

    def __init__(self, device: str, module: Module, turnstile: Turnstile, *, counters: bool = False) -> None:
        self._device, self._module, self._turnstile = device, module, turnstile
        self._relays, self._senses = Relays(module, turnstile), Senses(module, turnstile)
        self._counters = module.counters if counters else None
        self.arming, self.log = Arming(module.watchdog), Log()
        self._machine = Machine(turnstile)
        self._events: list[GateEvent] = []
        self._asks: list[tuple[Request, int]] = []
        self._safe = self._held = False
        self._dropped = True
        self._looks = 0
        for request in (*self._relays.begin(), *self.arming.begin()):
            self._ask(request)

    @property
    def state(self) -> State:
        """Where the gate stands."""
        return self._machine.state

    def asks(self) -> Iterator[tuple[Request, int]]:
        """Yield what is to be asked of the module now, and how often at most, 0 for as often as all."""
        asks, self._asks = self._asks, []
        yield from asks

    def told(self, until_ns: int) -> list[GateEvent]:
        """Return what was reported after the last call and up to until_ns, oldest first."""
        return take_due(self._events, until_ns)

    def order(self, command: GateCommand, now_ns: int) -> None:
        """Take an order."""
        if command.action is GateAction.LOCK:
            self._lock(now_ns)
        elif self.state in (State.NOT_READY, State.FREE) and not self._safe:
            self.log.tell(GateTrouble.NOT_OBEYED, now_ns, self.state)
        else:
            self._leave_safe_state(now_ns)
            self._open(command.direction, now_ns)
        self._send_due(now_ns)

    def let_go(self, now_ns: int) -> None:
        """Let people out, and in too where the turnstile knows no other way, until the next order."""
        self._safe = True
        self._withdraw()
        outwards = self._turnstile.safe is Safe.OUT
        self._ask(self._relays.give(Order.OPEN_OUT) if outwards else self._relays.give(Order.HOLD_FIRE, on=False))
        self._happen(Happening.LOOSE, now_ns)

    def heard(self, answers: list[Answer], now_ns: int) -> None:
        """Take how questions have ended."""
        for answer in answers:
            if answer.request == self._module.read_inputs():
                self._sensed(self._senses.take(answer.values, now_ns) if answer.values else [], now_ns)
            elif answer.request == self._module.read_relays():
                self._judge(answer, now_ns)
            elif self._counters is not None and answer.request == self._module.read_counters(self._counters):
                self._counted(answer, now_ns)
            else:
                self._ordered(answer, now_ns)

    def pass_time(self, now_ns: int, *, silent: bool) -> None:
        """Let time pass; `silent` is a module that has answered nothing for a while."""
        if silent:
            if self.state is not State.NOT_READY:
                self.log.tell(GateTrouble.SILENT, now_ns)
            self._senses.forget()
            self._dropped = True
            self._happen(Happening.SILENT, now_ns)
        elif self._senses.known:
            self._loose_or_held(now_ns)
        self.confirm(now_ns)
        if self._held and not self._machine.holds(now_ns):
            self._withdraw()
        if self._machine.over(now_ns):
            self._happen(Happening.TIME, now_ns)
        self._send_due(now_ns)

    def confirm(self, now_ns: int) -> None:
        """Say that it is open once its relay was read back so, and not before."""
        proof = self._relays.proof(OPENS[self._machine.direction])
        if self.state is State.OPENING and (proof is not None or self._machine.over(now_ns)):
            self._opened_or_failed(now_ns, done=bool(proof))

    def look(self) -> None:
        """Ask how everything is; relays less often, but when there is something to see."""
        self._looks += 1
        self._ask(self._module.read_inputs())
        if self._looks % 4 == 1 or self.state in (State.OPENING, State.NOT_READY, State.FREE):
            self._ask(self._module.read_relays())
        elif self._counters is not None and self._looks % 2:
            self._ask(self._module.read_counters(self._counters))

    def _ask(self, request: Request) -> None:
        self._asks.append((request, 1 if self._relays.once(request) else 0))

    def _open(self, direction: Direction, now_ns: int) -> None:
        turned, self._machine.direction = direction is not self._machine.direction, direction
        self._happen(Happening.OPEN, now_ns)
        # One edge opens for one; for the next one there is another edge when this one has passed.
        if self._machine.left == 1 or turned or self._turnstile.mode is not Mode.PULSE:
            self._let_one_through()

    def _let_one_through(self) -> None:
        order = OPENS[self._machine.direction]
        self._held = self._turnstile.mode is Mode.POTENTIAL
        if self._held:
            self._ask(self._relays.give(order))
        else:
            self._relays.pulse(order)

    def _lock(self, now_ns: int) -> None:
        self._leave_safe_state(now_ns)
        self._withdraw()
        if self._turnstile.mode is not Mode.POTENTIAL:
            self._relays.pulse(Order.STOP)
        self._happen(Happening.LOCK, now_ns)

    def _withdraw(self) -> None:
        """Take back what holds it open, and what was still to open it."""
        self._relays.drop()
        if self._held:
            self._held = False
            for order in OPENS.values():
                self._ask(self._relays.give(order, on=False))

    def _leave_safe_state(self, now_ns: int) -> None:
        if self._safe:
            self._safe = False
            self._ask(self._relays.give(Order.HOLD_FIRE))
            if self._turnstile.safe is Safe.OUT:
                self._ask(self._relays.give(Order.OPEN_OUT, on=False))
            if not self._senses.active(Sense.FIRE):
                self._happen(Happening.HELD, now_ns)

    def _sensed(self, changes: list[tuple[Sense, bool]], now_ns: int) -> None:
        for sense, active in changes:
            if sense is Sense.READY and not active:
                self.log.tell(GateTrouble.NOT_READY, now_ns)
            elif active and sense in PASSES:
                self._happen(Happening.BODY, now_ns, PASSES[sense])
            elif active and sense is Sense.ALARM:
                self._happen(Happening.ALARM, now_ns)
            elif active and sense is Sense.TIMED_OUT:
                self._happen(Happening.TIME, now_ns)

    def _counted(self, answer: Answer, now_ns: int) -> None:
        if answer.values is None or self._counters is None:
            return
        for sense in self._senses.count(self._module.counted(self._counters, answer.values), now_ns):
            self.log.tell(GateTrouble.SHORT, now_ns, sense)
            self._happen(Happening.BODY, now_ns, PASSES[sense])

    def _ordered(self, answer: Answer, now_ns: int) -> None:
        """Take the end of an order: carried out, refused, or lost."""
        before = self.arming.armed
        for request in self.arming.answered(answer):
            self._ask(request)
        if self.arming.armed is False and before is not False:
            self.log.tell(GateTrouble.NOT_ARMED, now_ns, answer.why)
        order = self._relays.answered(answer)
        opening = self.state is State.OPENING and order is OPENS[self._machine.direction]
        if answer.values is None:
            trouble = GateTrouble.REFUSED if answer.refusal else GateTrouble.LOST_ORDER
            self.log.tell(trouble, now_ns, f"{order or answer.request}: {answer.why}")
            if answer.refusal and opening:
                self._opened_or_failed(now_ns, done=False)
        elif opening:
            self._ask(self._module.read_relays())

    def _judge(self, answer: Answer, now_ns: int) -> None:
        """Hold the relays against what they were told."""
        for order, right in self._relays.judge(answer).items():
            if order is Order.HOLD_FIRE and not self._safe:
                self._fire_relay(held=right, now_ns=now_ns)
            elif not right:
                self.log.tell(GateTrouble.MISMATCH, now_ns, order)
            if not right and (self._safe or order not in OPENS.values()):
                self._ask(self._relays.again(order))

    def _fire_relay(self, *, held: bool, now_ns: int) -> None:
        if not held:
            self.log.tell(GateTrouble.DROPPED, now_ns)
        self._dropped = not held

    def _opened_or_failed(self, now_ns: int, *, done: bool) -> None:
        """The relay was looked at; one that did not do it is let go, so that it does not open the gate later."""
        self._happen(Happening.DONE if done else Happening.FAILED, now_ns)
        if not done:
            self._held = False
            self._relays.drop()
            for order in OPENS.values():
                self._ask(self._relays.give(order, on=False))

    def _send_due(self, now_ns: int) -> None:
        for request in self._relays.due(now_ns):
            self._ask(request)

    def _loose_or_held(self, now_ns: int) -> None:
        """The fire loop: the panel's contact and our relay in a row."""
        if not self._dropped or self._safe:
            self._happen(Happening.ANSWERS, now_ns)
        loose = self._dropped or self._safe or bool(self._senses.active(Sense.FIRE))
        self._happen(Happening.LOOSE if loose else Happening.HELD, now_ns)

    def _happen(self, happening: Happening, now_ns: int, direction: Direction = Direction.IN) -> None:
        """Go through the table, and report."""
        for kind in self._machine.happen(happening, now_ns):
            self._events.append(GateEvent(t_ns=now_ns, source=self._device, kind=towards(kind, direction)))
        if happening is Happening.BODY and self.state is State.AUTHORISED and self._turnstile.mode is Mode.PULSE:
            self._let_one_through()
