"""A turnstile behind an I/O module as the port `Gate`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from contracts.clock import MILLISECOND, Clock
from contracts.errors import DeviceUnavailable
from contracts.ports import FaultKind, PortInfo, PortKind
from contracts.records import Direction, GateAction, GateCommand, GateEvent, GateEventKind
from devices.gate.arming import Arming
from devices.gate.machine import Machine
from devices.gate.module import Module
from devices.gate.probe import probe
from devices.gate.relays import Relays
from devices.gate.senses import Senses
from devices.gate.states import Happening, State
from devices.gate.troubles import GateTrouble, Log
from devices.gate.turnstile import OPENS, PASSES, Mode, Order, Sense, Turnstile
from devices.modbus.client import Client
from devices.modbus.host import Answer, Trouble
from devices.modbus.types import Request
from devices.probing import Probed

SETTLE_NS = 8 * MILLISECOND
"""How long a call may wait for a module on TCP, which answers in a fraction of that as a rule."""


class IoGate:
    """Orders by relays, and what the inputs tell of them. Read it at least every 50 ms: that feeds the watchdog too.

    It does not raise when the module is gone: `state` is NOT_READY then, and `unavailable` says why.

    Args:
        id: device id.
        module: the I/O module.
        turnstile: what hangs on it.
        client: the module's line; the driver closes it.
        clock: bench time.
        faults: how the device is told to have a fault; a real one cannot be.
        counters: whether passages that are too short for a look are taken from the module's counters.
    """

    def __init__(
        self,
        id: str,  # noqa: A002
        module: Module,
        turnstile: Turnstile,
        client: Client,
        clock: Clock,
        *,
        faults: Callable[[FaultKind | None], bool] | None = None,
        counters: bool = False,
    ) -> None:
        self.info = PortInfo(id, PortKind.GATE, f"{turnstile.model} on {module.model}")
        self._module, self._turnstile, self._client, self._clock = module, turnstile, client, clock
        self._faults = faults
        self._relays, self._senses = Relays(module, turnstile), Senses(module, turnstile)
        self._counters = module.counters if counters else None
        self._arming, self.log = Arming(module.watchdog), Log()
        self._machine = Machine(turnstile)
        self._events: list[GateEvent] = []
        self._safe = self._held = False
        self._dropped = True
        self._looks = 0
        for request in (*self._relays.begin(), *self._arming.begin()):
            client.ask(request)

    @property
    def state(self) -> State:
        """Where the gate stands."""
        return self._machine.state

    @property
    def armed(self) -> bool | None:
        """Whether the module's watchdog is on; None where nobody can tell over Modbus."""
        return self._arming.armed

    @property
    def wire(self) -> dict[Trouble, int]:
        """What went wrong on the wire so far."""
        return self._client.troubles

    def unavailable(self) -> DeviceUnavailable | None:
        """Return why the module cannot be had and what to try, or None while it answers."""
        return self._client.unavailable()

    def probe(self) -> Probed:
        """Ask the module for its inputs and relays, and wait for the answers.

        Raises:
            DeviceUnavailable: it does not answer, or is another one.
        """
        probed, others = probe(self.info.id, self._module, self._client)
        self._heard(others, self._clock.now_ns)
        return probed

    def command(self, command: GateCommand) -> None:
        """Take an order; it acts from now on."""
        now_ns = self._clock.now_ns
        if command.action is GateAction.LOCK:
            self._lock(now_ns)
        elif self.state in (State.NOT_READY, State.FREE) and not self._safe:
            self.log.tell(GateTrouble.NOT_OBEYED, now_ns, self.state)
        else:
            self._leave_safe_state(now_ns)
            self._open(command.direction, now_ns)
        self._send_due(now_ns)
        self._heard(self._client.settle(SETTLE_NS), now_ns)
        self._confirm(now_ns)

    def read(self, until_ns: int) -> Sequence[GateEvent]:
        """Return what it reported after the last call and up to until_ns, oldest first."""
        now_ns = min(self._clock.now_ns, until_ns)
        self._heard(self._client.work(), now_ns)
        self._pass_time(now_ns)
        if self._client.idle:
            self._look()
        self._heard(self._client.settle(SETTLE_NS), now_ns)
        ready = [event for event in self._events if event.t_ns <= until_ns]
        self._events = self._events[len(ready) :]
        return ready

    def fault(self, kind: FaultKind | None) -> bool:
        """Begin a fault, or end it with None; return whether the device can have it."""
        return kind is None if self._faults is None else self._faults(kind)

    def safe_state(self) -> None:
        """Let the fire relay go: the turnstile opens, outwards too, as it does when this host is lost."""
        self._safe = True
        self._withdraw()
        self._ask(self._relays.give(Order.HOLD_FIRE, on=False))
        now_ns = self._clock.now_ns
        self._happen(Happening.LOOSE, now_ns)
        self._heard(self._client.settle(SETTLE_NS), now_ns)

    def close(self) -> None:
        """Let go of the line; may be called twice. The watchdog then opens the gate."""
        self._client.close()

    def _ask(self, request: Request) -> None:
        self._client.ask(request, attempts=1 if self._relays.once(request) else 0)

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
            if not self._senses.active(Sense.FIRE):
                self._happen(Happening.HELD, now_ns)

    def _look(self) -> None:
        """Ask how everything is; relays less often, but when there is something to see."""
        self._looks += 1
        self._client.ask(self._module.read_inputs())
        if self._looks % 4 == 1 or self.state in (State.OPENING, State.NOT_READY, State.FREE):
            self._client.ask(self._module.read_relays())
        elif self._counters is not None and self._looks % 2:
            self._client.ask(self._module.read_counters(self._counters))

    def _heard(self, answers: list[Answer], now_ns: int) -> None:
        for answer in answers:
            if answer.request == self._module.read_inputs():
                self._sensed(self._senses.take(answer.values, now_ns) if answer.values else [], now_ns)
            elif answer.request == self._module.read_relays():
                self._judge(answer, now_ns)
            elif self._counters is not None and answer.request == self._module.read_counters(self._counters):
                self._counted(answer, now_ns)
            else:
                self._ordered(answer, now_ns)

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
        before = self._arming.armed
        for request in self._arming.answered(answer):
            self._client.ask(request)
        if self._arming.armed is False and before is not False:
            self.log.tell(GateTrouble.NOT_ARMED, now_ns, answer.why)
        order = self._relays.answered(answer)
        opening = self.state is State.OPENING and order is OPENS[self._machine.direction]
        if answer.values is None:
            trouble = GateTrouble.REFUSED if answer.refusal else GateTrouble.LOST_ORDER
            self.log.tell(trouble, now_ns, f"{order or answer.request}: {answer.why}")
            if answer.refusal and opening:
                self._opened_or_failed(now_ns, done=False)
        elif opening:
            self._client.ask(self._module.read_relays())

    def _judge(self, answer: Answer, now_ns: int) -> None:
        """Hold the relays against what they were told."""
        for order, right in self._relays.judge(answer).items():
            if order is Order.HOLD_FIRE and not self._safe:
                self._fire_relay(held=right, now_ns=now_ns)
            elif not right:
                self.log.tell(GateTrouble.MISMATCH, now_ns, order)
            if not right and order not in OPENS.values():
                self._ask(self._relays.again(order))

    def _fire_relay(self, *, held: bool, now_ns: int) -> None:
        if not held:
            self.log.tell(GateTrouble.DROPPED, now_ns)
        self._dropped = not held

    def _pass_time(self, now_ns: int) -> None:
        if self._client.unavailable() is not None:
            if self.state is not State.NOT_READY:
                self.log.tell(GateTrouble.SILENT, now_ns)
            self._senses.forget()
            self._dropped = True
            self._happen(Happening.SILENT, now_ns)
        elif self._senses.known:
            self._loose_or_held(now_ns)
        self._confirm(now_ns)
        if self._held and not self._machine.holds(now_ns):
            self._withdraw()
        if self._machine.over(now_ns):
            self._happen(Happening.TIME, now_ns)
        self._send_due(now_ns)

    def _confirm(self, now_ns: int) -> None:
        """Say that it is open once its relay was read back so, and not before."""
        proof = self._relays.proof(OPENS[self._machine.direction])
        if self.state is State.OPENING and (proof is not None or self._machine.over(now_ns)):
            self._opened_or_failed(now_ns, done=bool(proof))

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
            out = kind is GateEventKind.PASSED_IN and direction is Direction.OUT
            said = GateEventKind.PASSED_OUT if out else kind
            self._events.append(GateEvent(t_ns=now_ns, source=self.info.id, kind=said))
        if happening is Happening.BODY and self.state is State.AUTHORISED and self._turnstile.mode is Mode.PULSE:
            self._let_one_through()
