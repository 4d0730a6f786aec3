"""A turnstile behind an I/O module as the port `Gate`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from contracts.clock import MILLISECOND, Clock
from contracts.errors import DeviceUnavailable
from contracts.gate_states import State
from contracts.ports import FaultKind, PortInfo, PortKind
from contracts.records import GateCommand, GateEvent
from devices.gate.lane import Lane
from devices.gate.module import Module
from devices.gate.probe import probe
from devices.gate.troubles import Log
from devices.gate.turnstile import Turnstile
from devices.modbus.client import Client
from devices.modbus.host import Answer, Trouble
from devices.probing import Probed

SETTLE_NS = 8 * MILLISECOND
"""How long a call may wait for a module on TCP, which answers in a fraction of that as a rule."""


class IoGate:
    """Orders by relays, and what the inputs tell of them. Read it at least every 50 ms: that feeds the watchdog too.

    It does not raise when the module is gone: `state` is NOT_READY then, and `complaint` says why.

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
        self._module, self._client, self._clock, self._faults = module, client, clock, faults
        self._lane = Lane(id, module, turnstile, counters=counters)

    @property
    def state(self) -> State:
        """Where the gate stands."""
        return self._lane.state

    @property
    def log(self) -> Log:
        """What was wrong so far."""
        return self._lane.log

    @property
    def armed(self) -> bool | None:
        """Whether the module's watchdog is on; None where nobody can tell over Modbus."""
        return self._lane.arming.armed

    @property
    def wire(self) -> dict[Trouble, int]:
        """What went wrong on the wire so far."""
        return self._client.troubles

    @property
    def complaint(self) -> DeviceUnavailable | None:
        """Why the module cannot be had and what to try, None while it answers."""
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
        self._lane.order(command, now_ns)
        self._exchange(now_ns)
        self._lane.confirm(now_ns)

    def read(self, until_ns: int) -> Sequence[GateEvent]:
        """Return what it reported after the last call and up to until_ns, oldest first."""
        now_ns = min(self._clock.now_ns, until_ns)
        self._heard(self._client.work(), now_ns)
        self._lane.pass_time(now_ns, silent=self._client.unavailable() is not None)
        self._pass_on()
        if self._client.idle:
            self._lane.look()
        self._exchange(now_ns)
        self._lane.confirm(now_ns)
        return self._lane.told(until_ns)

    def fault(self, kind: FaultKind | None) -> bool:
        """Begin a fault, or end it with None; return whether the device can have it."""
        return kind is None if self._faults is None else self._faults(kind)

    def safe_state(self) -> None:
        """Open outwards, and inwards too where the turnstile's profile has no other way (`Turnstile.safe`).

        When this host is lost, or nobody reads any more, the module's watchdog lets the fire input go: that opens both.
        """
        now_ns = self._clock.now_ns
        self._lane.let_go(now_ns)
        self._exchange(now_ns)

    def close(self) -> None:
        """Let go of the line; may be called twice. The watchdog then opens the gate."""
        self._client.close()

    def _exchange(self, now_ns: int) -> None:
        """Ask what is to be asked, and wait a little for the answers where the line can tell that they come."""
        until_ns = self._clock.now_ns + SETTLE_NS
        self._pass_on()
        while answers := self._client.settle(max(until_ns - self._clock.now_ns, 0)):
            self._heard(answers, now_ns)

    def _heard(self, answers: list[Answer], now_ns: int) -> None:
        self._lane.heard(answers, now_ns)
        self._pass_on()

    def _pass_on(self) -> None:
        for request, attempts in self._lane.asks():
            self._client.ask(request, attempts)
