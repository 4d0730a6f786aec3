"""One line, several devices: it has one owner, and whoever talks on it takes turns.

A Modbus line or an RS-485 pair of OSDP carries one question at a time. Every driver has a seat; whoever works hears for
all of them, so that nobody waits for the reader of another.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Generic, Protocol, TypeVar

from contracts.clock import SECOND, Clock
from contracts.errors import DeviceUnavailable
from devices.line import Line

T = TypeVar("T")
MOST_REST_NS = 2 * SECOND
_RESTS = 4
"""A device that lets its turn pass in silence waits so many times as long, or a dead one would hold up all others."""


class Talker(Protocol[T]):
    """The host's side of one device, without I/O."""

    def holds(self, now_ns: int) -> bool:
        """Whether nobody else may speak: an answer is due."""

    def feed(self, data: bytes, now_ns: int) -> list[T]:
        """Take bytes, b"" when only time has passed; return what came of them."""

    def to_send(self, now_ns: int) -> bytes:
        """Return the bytes that go out now, b"" for none."""

    def lost(self, now_ns: int) -> list[T]:
        """The line is gone."""


class Bus(Generic[T]):
    """The owner of a line.

    Args:
        open_line: opens it, also again after it was lost.
        again_ns: from a loss to the next attempt.
    """

    def __init__(self, open_line: Callable[[], Line], again_ns: int) -> None:
        self._open, self._wait_ns = open_line, again_ns
        self._lock = threading.RLock()
        self._seats: list[Seat[T]] = []
        self._speaker: Seat[T] | None = None
        self._again: tuple[Clock, int] | None = None
        self.line: Line | None = None
        self.gone: DeviceUnavailable | None = None
        """Why there is no line; None while there is, and before it was wanted."""

    def open(self) -> None:
        """Open the line now, so that one that is not there is told of now.

        Raises:
            DeviceUnavailable: it is not.
        """
        with self._lock:
            if self.line is None:
                self.line = self._open()

    def join(self, talker: Talker[T], clock: Clock) -> Seat[T]:
        """Take a seat.

        Args:
            talker: to one device.
            clock: by which that device lives.
        """
        with self._lock:
            self._seats.append(Seat(self, talker, clock))
            return self._seats[-1]

    def leave(self, seat: Seat[T]) -> None:
        """Give a seat back; the last one closes the line. May be called twice."""
        with self._lock:
            if seat in self._seats:
                self._seats.remove(seat)
            self._speaker = None if self._speaker is seat else self._speaker
            if not self._seats and self.line is not None:
                self.line.close()
                self.line = None

    def hear(self, seat: Seat[T]) -> list[T]:
        """Hear what came, for whoever asked; return what there is for this seat."""
        with self._lock:
            self._told(seat, self._hear)
            found, seat.box = seat.box, []
            return found

    def speak(self, seat: Seat[T]) -> None:
        """Let whoever's turn it is speak."""
        with self._lock:
            if self.line is not None:
                self._told(seat, self._speak)

    def _told(self, seat: Seat[T], act: Callable[[], None]) -> None:
        try:
            if self.line is None:
                if self._waits():
                    return
                self._again = seat.clock, seat.clock.now_ns + self._wait_ns
                self.line = self._open()
                self.gone = None
            act()
        except DeviceUnavailable as error:
            self._lose(error, seat)

    def _waits(self) -> bool:
        """Whether it is too early for another attempt; a clock that was set since is not waited for."""
        return self._again is not None and 0 < self._again[1] - self._again[0].now_ns <= self._wait_ns

    def _hear(self) -> None:
        assert self.line is not None
        data = self.line.read()
        hearer = self._speaker or self._seats[0]
        hearer.heard = hearer.heard or bool(data)
        for seat in self._seats:
            seat.box += seat.talker.feed(data if seat is hearer else b"", seat.clock.now_ns)

    def _speak(self) -> None:
        assert self.line is not None
        for seat in list(self._turns()):
            if data := seat.talker.to_send(seat.clock.now_ns):
                self._turn_to(seat)
                self.line.write(data)
                return

    def _turns(self) -> Iterator[Seat[T]]:
        """Yield who may speak, in turn."""
        last = self._speaker
        if last is not None and last.talker.holds(last.clock.now_ns):
            yield last
            return
        begin = self._seats.index(last) + 1 if last is not None else 0
        for seat in self._seats[begin:] + self._seats[:begin]:
            if len(self._seats) == 1 or not seat.rests:
                yield seat

    def _turn_to(self, seat: Seat[T]) -> None:
        if self._speaker is not None and self._speaker is not seat:
            self._speaker.rest()
        seat.begin()
        self._speaker = seat

    def _lose(self, error: DeviceUnavailable, seat: Seat[T]) -> None:
        if self.line is not None:
            self.line.close()
            for each in self._seats:
                each.box += each.talker.lost(each.clock.now_ns)
        self.line, self.gone, self._speaker = None, error, None
        self._again = seat.clock, seat.clock.now_ns + self._wait_ns


class Seat(Generic[T]):
    """One device's place on a bus; made by `Bus.join`."""

    def __init__(self, bus: Bus[T], talker: Talker[T], clock: Clock) -> None:
        self.bus, self.talker, self.clock = bus, talker, clock
        self.box: list[T] = []
        """What came while another seat worked."""
        self.heard = False
        """Whether anything came since its last turn began."""
        self._began_ns = self._rest_until_ns = 0

    @property
    def rests(self) -> bool:
        """Whether it is left out, having let its last turn pass in silence."""
        left_ns = self._rest_until_ns - self.clock.now_ns
        return 0 < left_ns <= MOST_REST_NS

    def begin(self) -> None:
        """Its turn begins."""
        self.heard, self._began_ns = False, self.clock.now_ns

    def rest(self) -> None:
        """Its turn is over: one that heard nothing lets the others speak for a while."""
        if not self.heard:
            took_ns = self.clock.now_ns - self._began_ns
            self._rest_until_ns = self.clock.now_ns + min(_RESTS * took_ns, MOST_REST_NS)

    def hear(self) -> list[T]:
        """Hear what came; return what there is for this device."""
        return self.bus.hear(self)

    def speak(self) -> None:
        """Say what is due."""
        self.bus.speak(self)

    def leave(self) -> None:
        """Give the seat back; may be called twice."""
        self.bus.leave(self)
