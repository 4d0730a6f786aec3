"""A source of which some devices are the twin's and some hang on wires.

What a shopper of the twin does at a device on a wire goes there: the emulator lives it, or the real one is shown it.
What the device then says is delivered in place of what the twin's own would have said.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Protocol

from contracts.biometrics import BioScan
from contracts.checkout import PalmOrder, TerminalOrder
from contracts.clock import MILLISECOND, SECOND, WallClock
from contracts.errors import DeviceUnavailable, UsageError, WalkoutError
from contracts.ports import BioReader, CardTerminal, Enrols, Gate, PalmReader, Port, Scanner, Screen, Source
from contracts.record import Record
from contracts.records import (
    AnswerRecord,
    Direction,
    GateAction,
    GateCommand,
    GateEvent,
    GateEventKind,
    PalmScan,
    Scan,
    ScreenCommand,
)
from contracts.run import ClockOffset
from devices.shim.offset import Offset
from rig.mixed.exposures import Exposures
from rig.mixed.prompts import Prompts
from rig.mixed.watch import Watch, told_at

TELLS_NS = SECOND
"""The clock of every shim is measured so often."""
DRIFT_NS = 20 * MILLISECOND
"""A shim's clock further off than this makes times that cannot be compared."""
_PASSED = {GateEventKind.PASSED_IN: Direction.IN, GateEventKind.PASSED_OUT: Direction.OUT}


class Shim(Protocol):
    """A process that hosts devices, as a run needs it."""

    @property
    def address(self) -> str:
        """Where it listens."""

    @property
    def ports(self) -> Mapping[str, Port]:
        """Its devices, by id."""

    def read(self, until_ns: int) -> Mapping[str, Sequence[Record]]:
        """Return what each device reported after the last call and up to until_ns."""

    def troubles(self) -> Mapping[str, WalkoutError]:
        """Return what is wrong with which devices now, by id."""

    def synchronise(self, bench_now_ns: int) -> Offset:
        """Let its clock show the run's time."""

    def offset(self) -> Offset:
        """Return how far its clock is ahead of the run's by now."""


class Twin(Source, Protocol):
    """The simulated store, as a mixed run needs it."""

    def command(self, answer: AnswerRecord) -> None:
        """Carry out an order."""


class MixedSource:
    """Implements `contracts.ports.Source`.

    Args:
        twin: the store; everything that no bench has.
        shims: who hosts devices.
        recorded: devices of which a recording is left, by id.
        exposed: the twin's devices that are on wires.
        prompts: for whoever serves some of them by hand.
        clock: of the run; before its real time begins, nothing on a wire is heard.
        watch: knows which devices fail because the scenario wants it.
    """

    def __init__(
        self,
        twin: Twin,
        shims: Sequence[Shim],
        recorded: Mapping[str, Port],
        exposed: Exposures,
        prompts: Prompts,
        clock: WallClock,
        watch: Watch | None = None,
    ) -> None:
        self._twin, self._shims, self._recorded, self._exposed = twin, shims, recorded, exposed
        self._prompts, self._clock, self._watch = prompts, clock, watch or Watch()
        self._devices = {**recorded, **{id_: port for shim in shims for id_, port in shim.ports.items()}}
        self._begun = False
        self._delivered_ns = 0
        self._measure_ns = 0

    def read(self, until_ns: int) -> Sequence[Record]:
        """Return everything delivered after the last call and up to until_ns, oldest first."""
        happened = self._twin.read(until_ns)
        told = [record for record in happened if self._is_delivered(record)]
        if self._clock.real:
            self._begin()
            for order in self._exposed.orders():
                self._twin.command(order)
            self._prompts.wanted(happened, until_ns)
            told += self._heard(until_ns)
            told += self._measured(until_ns)
        self._delivered_ns = until_ns
        return sorted(told, key=lambda record: record.t_ns)

    def command(self, answer: AnswerRecord) -> None:
        """Carry out an order, at whatever device it names."""
        port = self._devices.get(_named(answer))
        self._prompts.wanted([answer], answer.t_ns)
        if isinstance(answer, PalmOrder) and self._clock.real:
            self._enrol(answer)  # and the twin's own reader does too: its people wait for that
        if not (self._clock.real and self._obeyed(port, answer)):
            self._twin.command(answer)

    def _enrol(self, order: PalmOrder) -> None:
        """Give an order to the reader that it names, or to all of them that take orders.

        Raises:
            UsageError: the reader that it names takes none. One that is not named goes on knowing somebody, as the
                judge will see.
        """
        for id_, port in sorted(self._devices.items()):
            if isinstance(port, Enrols) and order.reader in ("", id_):
                with contextlib.suppress(*(() if order.reader else (UsageError,))):
                    port.order(order)

    def close(self) -> None:
        """Let go of everything; may be called twice."""
        self._twin.close()

    def _is_delivered(self, record: Record) -> bool:
        """Whether a record of the twin's goes on; what a device on a wire lives goes there instead."""
        if record.source in self._exposed:
            self._exposed.live(record)
        elif record.source in self._devices and record.source not in self._prompts and self._clock.real:
            _show(self._devices[record.source], record)
        return record.source not in self._devices

    def _begin(self) -> None:
        if not self._begun:
            self._begun = True
            # Each opens its devices anew, which takes them a moment: all at once.
            with ThreadPoolExecutor(max(1, len(self._shims))) as threads:
                list(threads.map(lambda shim: shim.synchronise(self._clock.now_ns), self._shims))

    def _heard(self, until_ns: int) -> list[Record]:
        """Return what devices said; delivery is now, whenever it was said: a tick that is over takes nothing more."""
        said = [record for shim in self._shims for records in _said(shim, until_ns).values() for record in records]
        said += [record for port in self._recorded.values() for record in port.read(until_ns)]
        heard = [replace(record, t_ns=min(max(record.t_ns, self._delivered_ns), until_ns)) for record in said]
        for record in heard:
            self._mirror(record)
        self._prompts.heard(heard, until_ns)
        return heard

    def _mirror(self, record: Record) -> None:
        """Let simulated people through a gate where a real one says that somebody went through."""
        if isinstance(record, GateEvent) and record.kind in _PASSED and record.source not in self._exposed:
            direction = _PASSED[record.kind]
            order = GateCommand(
                t_ns=record.t_ns, source="rig", gate=record.source, action=GateAction.OPEN, direction=direction
            )
            self._twin.command(order)

    def _obeyed(self, port: Port | None, answer: AnswerRecord) -> bool:
        """Give an order to a device on a wire; return whether it is not for the twin too."""
        match answer:
            case GateCommand() if isinstance(port, Gate):
                port.command(answer)
                return True
            case ScreenCommand() if isinstance(port, Screen):
                port.show(answer)  # and simulated people read the twin's
            case TerminalOrder(terminal=terminal) if isinstance(port, CardTerminal):
                port.request(answer.key, answer.amount_minor, answer.currency)
                return terminal in self._exposed
        return False

    def _measured(self, until_ns: int) -> list[Record]:
        """Return how the clocks of all shims stand, once a second; that often devices are asked what is wrong, too."""
        if until_ns < self._measure_ns:
            return []
        self._measure_ns = until_ns - until_ns % TELLS_NS + TELLS_NS
        measured: list[Record] = [self._measure(shim, until_ns) for shim in self._shims]
        self._watch.look({id_: error for shim in self._shims for id_, error in shim.troubles().items()}, until_ns)
        return measured

    def _measure(self, shim: Shim, until_ns: int) -> ClockOffset:
        found = shim.offset()
        if abs(found.offset_ns) - found.round_trip_ns // 2 > DRIFT_NS:
            raise _adrift(shim.address, found.offset_ns)
        return ClockOffset(
            t_ns=until_ns,
            source="rig",
            shim=shim.address,
            offset_ns=found.offset_ns,
            round_trip_ns=found.round_trip_ns,
        )


def _said(shim: Shim, until_ns: int) -> Mapping[str, Sequence[Record]]:
    """Return what a shim's devices said; one that cannot be read is told of with the time of the run."""
    try:
        return shim.read(until_ns)
    except DeviceUnavailable as error:
        raise told_at(error, until_ns) from error


def _named(answer: AnswerRecord) -> str:
    """Return the device that an order is for, "" for orders to none."""
    match answer:
        case GateCommand(gate=device) | ScreenCommand(screen=device) | TerminalOrder(terminal=device):
            return device
    return ""


def _show(port: Port, record: Record) -> None:
    """Hold before a real device what a simulated shopper held before the twin's."""
    match record:
        case Scan(code=code) if isinstance(port, Scanner):
            port.present(code)
        case PalmScan(handle=handle) if isinstance(port, PalmReader):
            port.present(handle)
        case BioScan(subject=subject) if isinstance(port, BioReader):
            port.present(subject)


def _adrift(address: str, offset_ns: int) -> WalkoutError:
    return DeviceUnavailable(
        "the clock of a shim runs away",
        where=address,
        expected=f"within {DRIFT_NS // MILLISECOND} ms of the run's",
        found=f"{offset_ns / MILLISECOND:.1f} ms off",
        hint="look at the load of that machine, and whether its clock is being set",
    )
