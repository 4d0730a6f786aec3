"""A real card terminal as a port: a line, a clock, and the exchange between them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from contracts.checkout import TerminalEvent
from contracts.clock import MILLISECOND, Clock
from contracts.errors import DeviceUnavailable
from contracts.ports import FaultKind, PortInfo, PortKind
from devices.line import Line
from devices.probing import Probed
from devices.terminal.exchange import Exchange, Outcome
from devices.terminal.framing import Framing, TcpFraming
from devices.terminal.memory import Memory
from devices.terminal.orders import Orders
from devices.terminal.profile import TCP, Profile
from devices.terminal.serial import SerialFraming
from devices.terminal.session import End, State


class ZvtTerminal:
    """A `CardTerminal` that speaks ZVT. Everything happens in `read`, which never waits.

    Args:
        device: device id.
        connect: opens the line, also again after it was lost: a `devices.line.SerialLine` at a port, or at
            "socket://HOST:20007".
        clock: of the run.
        profile: how this terminal is set up.
        log: is told each message in words, without card data.
        faults: begins and ends faults of the emulator behind the line; a real terminal cannot be made to fail.
        memory: where payments are noted, so that another process knows of them; None forgets them with this one.
    """

    def __init__(
        self,
        device: str,
        connect: Callable[[], Line],
        clock: Clock,
        profile: Profile = TCP,
        log: Callable[[str], None] = lambda _: None,
        faults: Callable[[FaultKind | None], bool] = lambda kind: kind is None,
        memory: Memory | None = None,
    ) -> None:
        self.info = PortInfo(device, PortKind.CARD_TERMINAL, profile.model)
        self._connect, self._clock, self._profile, self._log = connect, clock, profile, log
        self._faults = faults
        self._line: Line | None = None
        self._framing: Framing = TcpFraming()
        self._exchange = Exchange(profile)
        self._orders = Orders(profile, memory)
        self._not_before_ns = 0

    @property
    def said(self) -> int:
        """What the terminal told last of its doing (`control.INTERMEDIATE`)."""
        return self._exchange.said.code

    @property
    def ready(self) -> bool:
        """Whether it is signed on and waits for a payment."""
        return self._orders.registered and self._exchange.state is State.READY

    @property
    def unclear(self) -> tuple[str, ...]:
        """Keys of payments that were called timed out, and of which the terminal never told what became: for people."""
        return tuple(self._orders.unclear)

    def request(self, key: str, amount_minor: int, currency: str) -> None:
        """Ask for a payment; the answer comes as a record with the same key.

        Raises:
            UsageError: the terminal cannot take such an amount.
        """
        self._orders.add(key, amount_minor, currency, self._clock.now_ns)

    def read(self, until_ns: int) -> Sequence[TerminalEvent]:
        """Return what it reported after the last call and up to until_ns, oldest first."""
        now_ns = self._clock.now_ns
        self._pump(now_ns)
        self._orders.pass_time(now_ns)
        answers, self._orders.answers = self._orders.answers, []
        at_ns = min(now_ns, until_ns)
        return [TerminalEvent(t_ns=at_ns, source=self.info.id, kind=a.kind, key=a.key, token=a.token) for a in answers]

    def fault(self, kind: FaultKind | None) -> bool:
        """Begin a fault, or end it with None; return whether the device can have it."""
        return self._faults(kind)

    def safe_state(self) -> None:
        """Call off what is not paid yet: what waits is forgotten, what runs is aborted."""
        self._orders.call_off()
        self._exchange.abort()
        self._attempt(self._flush)

    def probe(self) -> Probed:
        """Sign on, if it is not signed on yet, and wait until it is ready for a payment.

        Raises:
            DeviceUnavailable: it is not there, or does not let us sign on.
        """
        if self._line is None:
            self._take(self._connect())
        began_ns = self._clock.now_ns
        while not self.ready:
            if self._clock.now_ns - began_ns > self._profile.ack_ns:
                raise DeviceUnavailable(
                    "the terminal does not let the till sign on",
                    where=self.info.id,
                    expected="an answer to the registration (06 00)",
                    found=f"state {self._exchange.state}",
                    hint="check that ZVT is switched on, its port (20007 as a rule), the password, and that it is idle",
                )
            self._clock.wait_until(self._clock.now_ns + MILLISECOND)
            self._pump(self._clock.now_ns)
        return Probed(self._profile.model, "", self._clock.now_ns - began_ns)

    def close(self) -> None:
        """Let go of the line; may be called twice."""
        if self._line is not None:
            self._line.close()
            self._line = None

    def _pump(self, now_ns: int) -> None:
        if self._line is None and not self._open(now_ns):
            return
        if self._attempt(lambda: self._exchange_once(now_ns)):
            return
        self._over(self._exchange.lose(), now_ns)
        self._drop(now_ns)

    def _exchange_once(self, now_ns: int) -> None:
        """Take what came, give the next command, and send what is to be sent."""
        assert self._line is not None
        data = self._line.read()
        for apdu in self._framing.feed(data, now_ns):
            self._log(f"terminal: {apdu.control:04X}, {len(apdu.data)} bytes")
            self._over(self._exchange.hear(apdu, now_ns), now_ns)
        self._over(self._exchange.pass_time(now_ns), now_ns)
        if self._line is not None and self._exchange.state is State.READY and now_ns >= self._not_before_ns:
            command = self._orders.next()
            if command is not None:
                self._exchange.command(command, now_ns)
        self._flush()

    def _flush(self) -> None:
        if self._line is None:
            return
        for apdu in self._exchange.out:
            self._log(f"till: {apdu.control:04X}, {len(apdu.data)} bytes")
            self._framing.send(apdu, self._clock.now_ns)
        self._exchange.out.clear()
        out = self._framing.take()
        if out:
            self._line.write(out)

    def _over(self, outcome: Outcome | None, now_ns: int) -> None:
        """Take note of how a command ended; where that is unknown, begin anew on a new line."""
        if outcome is None:
            return
        unsure = outcome.end is End.UNSURE
        if not self._orders.ended(outcome, now_ns):
            self._not_before_ns = now_ns + self._profile.retry_ns
        if unsure:
            self._drop(now_ns)

    def _open(self, now_ns: int) -> bool:
        if now_ns < self._not_before_ns:
            return False
        try:
            self._take(self._connect())
        except DeviceUnavailable as error:
            self._log(str(error))
            self._not_before_ns = now_ns + self._profile.retry_ns
            return False
        return True

    def _take(self, line: Line) -> None:
        self._line = line
        self._framing = SerialFraming() if self._profile.serial else TcpFraming()

    def _drop(self, now_ns: int) -> None:
        self.close()
        self._exchange.lose()
        self._orders.registered = False
        self._not_before_ns = now_ns + self._profile.retry_ns

    def _attempt(self, call: Callable[[], None]) -> bool:
        """Do something with the line; return False when it is gone."""
        try:
            call()
        except DeviceUnavailable as error:
            self._log(str(error))
            return False
        return True
