"""A Modbus device as drivers have it: questions go out and answers come in whenever it is let work."""

from __future__ import annotations

from collections.abc import Callable

from contracts.clock import MILLISECOND, SECOND, Clock
from contracts.errors import DeviceUnavailable
from devices.bus import Bus
from devices.line import Line
from devices.modbus.address import Address, parse
from devices.modbus.framing import Framing
from devices.modbus.host import REPLY_NS, Answer, Host, Trouble
from devices.modbus.sockets import Waits
from devices.modbus.types import Request
from devices.shared import Shared

AGAIN_NS = 2 * SECOND
"""From a line that was lost to the next attempt to open it."""
SILENT_NS = 2 * SECOND
"""A device that has answered nothing for so long is not there."""
_ROUNDS = 8
"""Questions and answers in one go at most, so that a fast device cannot keep its driver for ever."""


ModbusBus = Bus[Answer]
"""A line that several units hang on, or several drivers that use one unit."""


class Client:
    """One device on one line. Call `work` often; only `exchange` ever waits.

    Args:
        where: for messages: the device's address.
        open_line: opens the line, at once and again after it was lost.
        framing: of the line.
        clock: bench time.
        unit: address of the device.
        reply_ns: the longest that an answer may take.
        attempts: how often a question goes out before it has failed.
        bus: of a line that other devices hang on too; it opens the line instead.

    Raises:
        DeviceUnavailable: the line cannot be opened.
    """

    def __init__(
        self,
        where: str,
        open_line: Callable[[], Line],
        framing: Framing,
        clock: Clock,
        *,
        unit: int = 1,
        reply_ns: int = REPLY_NS,
        attempts: int = 2,
        bus: ModbusBus | None = None,
    ) -> None:
        self.where, self._clock = where, clock
        self._host = Host(framing, unit, reply_ns=reply_ns, attempts=attempts)
        self._bus = bus or ModbusBus(open_line, AGAIN_NS)
        self._bus.open()
        self._seat = self._bus.join(self._host, clock)
        self._heard_ns = clock.now_ns

    @property
    def troubles(self) -> dict[Trouble, int]:
        """What went wrong on the wire so far."""
        return {trouble: count for trouble, count in self._host.troubles.items() if count}

    @property
    def idle(self) -> bool:
        """Whether nothing waits for an answer."""
        return self._host.idle

    @property
    def silent_ns(self) -> int:
        """How long the device has answered nothing."""
        return self._clock.now_ns - self._heard_ns

    def ask(self, request: Request, attempts: int = 0) -> None:
        """Take a question; its answer comes out of `work`.

        Args:
            request: the question.
            attempts: how often it goes out at most, 0 for as often as all; 1 for what must not happen twice.
        """
        self._host.ask(request, attempts)

    def turn_to(self, unit: int) -> None:
        """Ask another device of the same line from now on; only while nothing waits for an answer."""
        assert self.idle
        self._host.unit = unit

    def forget(self) -> None:
        """Drop what waits and has not gone out."""
        self._host.forget()

    def work(self) -> list[Answer]:
        """Hear what came, send what is due; return the questions that have ended, answered or not."""
        ended: list[Answer] = []
        for _ in range(_ROUNDS):
            fresh = self._round()
            ended += fresh
            if not fresh:
                break
        return ended

    def exchange(self, *requests: Request, within_ns: int = SECOND, attempts: int = 0) -> list[Answer]:
        """Ask, and wait for the answers, as a probe does; answers to what was asked before come out too."""
        for request in requests:
            self.ask(request, attempts)
        ended: list[Answer] = []
        until_ns = self._clock.now_ns + within_ns
        while not self.idle:
            ended += self.work()
            if self.idle or self._clock.now_ns >= until_ns:
                break
            self._wait(MILLISECOND)
        return ended

    def settle(self, within_ns: int) -> list[Answer]:
        """Wait for answers where the line can tell that they come, so no longer than a fast device takes."""
        ended = self.work()
        until_ns = self._clock.now_ns + within_ns
        while isinstance(line := self._bus.line, Waits) and (left_ns := until_ns - self._clock.now_ns) > 0:
            if self.idle:
                break
            came = line.wait(left_ns)
            # Another device's driver may have heard it for this one.
            ended += self.work()
            if not came:
                break
        return ended

    def unavailable(self) -> DeviceUnavailable | None:
        """Return why the device cannot be had and what to try, or None while it answers."""
        gone = self._bus.gone
        if gone is None and self.silent_ns <= SILENT_NS:
            return None
        if gone is not None:
            return DeviceUnavailable(
                "the line to the module is lost",
                where=self.where,
                expected="an open line",
                found=gone.found or gone.what,
                hint="check power, cable and who else talks to it; it is opened again every 2 s",
            )
        counted = ", ".join(f"{count} x {trouble}" for trouble, count in sorted(self.troubles.items())) or "nothing"
        return DeviceUnavailable(
            "the module does not answer",
            where=self.where,
            expected=f"answers from unit {self._host.unit}",
            found=f"none for {self.silent_ns / SECOND:.1f} s; so far {counted}",
            hint=_hint(self.troubles),
        )

    def close(self) -> None:
        """Let go of the line; may be called twice."""
        self._seat.leave()

    def _round(self) -> list[Answer]:
        ended = self._seat.hear()
        self._seat.speak()
        if any(answer.values is not None or answer.refusal for answer in ended):
            self._heard_ns = self._clock.now_ns
        return ended

    def _wait(self, limit_ns: int) -> None:
        if isinstance(self._bus.line, Waits):
            self._bus.line.wait(limit_ns)
        else:
            self._clock.wait_until(self._clock.now_ns + limit_ns)


def connect(url: str, clock: Clock, *, reply_ns: int = REPLY_NS, attempts: int = 2) -> Client:
    """Return a device by its address (`devices.modbus.address`).

    Raises:
        UsageError: the address says something impossible.
        DeviceUnavailable: nobody is there.
    """
    return of(parse(url), clock, where=url, reply_ns=reply_ns, attempts=attempts)


def of(
    address: Address,
    clock: Clock,
    *,
    where: str,
    reply_ns: int = REPLY_NS,
    attempts: int = 2,
    shared: Shared | None = None,
) -> Client:
    """Return a device.

    Args:
        address: where it is.
        clock: bench time.
        where: for messages.
        reply_ns: the longest that an answer may take.
        attempts: how often a question goes out before it has failed.
        shared: what the devices of one bench share: those on the same line share its connection.

    Raises:
        DeviceUnavailable: nobody is there.
    """
    lines = shared or Shared()
    bus = lines.get(("modbus", address.scheme, address.place), lambda: ModbusBus(address.open, AGAIN_NS))
    times = {"reply_ns": reply_ns, "attempts": attempts}
    return Client(where, address.open, address.framing, clock, unit=address.unit, bus=bus, **times)


def _hint(troubles: dict[Trouble, int]) -> str:
    if troubles.get(Trouble.NOISE):
        return "bytes come that are no frames: check speed, parity, termination, and TCP against RTU over TCP"
    if troubles.get(Trouble.UNIT):
        return "somebody else answers: check the unit"
    return "check power, the unit (TCP modules often take only 1, 0 or 255), A and B of RS-485, and speed"
