"""The twin's own devices put on wires: emulators that live what the twin's devices live, worked by one thread.

A wire does not wait for the run's next tick: a controller wants its answer within milliseconds. So a thread lets every
emulator hear and speak; the run only tells them what happened, and fetches what was asked of them.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from contextlib import ExitStack

from contracts.errors import RigFault, WalkoutError
from contracts.ports import FaultKind
from contracts.record import Record
from contracts.records import AnswerRecord
from devices.drivers.kind import Emulated

PAUSE_S = 0.002
"""Between two rounds: a serial line of 115200 baud carries some twenty bytes meanwhile."""


class Exposures:
    """Emulators by device id. Close it, or its thread goes on.

    Args:
        emulated: who is worked.
    """

    def __init__(self, emulated: Mapping[str, Emulated]) -> None:
        self._emulated = dict(emulated)
        self._lock = threading.Lock()
        self._error: WalkoutError | None = None
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None

    def __contains__(self, device: object) -> bool:
        """Whether a device is exposed."""
        return device in self._emulated

    @property
    def ids(self) -> tuple[str, ...]:
        """Who is exposed."""
        return tuple(sorted(self._emulated))

    def begin(self) -> None:
        """Let them hear and speak from now on."""
        if self._emulated and self._thread is None:
            self._thread = threading.Thread(target=self._work, daemon=True, name="exposed devices")
            self._thread.start()

    def live(self, record: Record) -> None:
        """Let the device that a record came from live it on its wire."""
        with self._lock:
            self._emulated[record.source].live(record)

    def orders(self) -> list[AnswerRecord]:
        """Return what was asked over the wires since the last call.

        Raises:
            RigFault: an emulator failed.
        """
        if self._error is not None:
            raise self._error
        with self._lock:
            return [order for _, device in sorted(self._emulated.items()) for order in device.orders()]

    def fault(self, device: str, kind: FaultKind | None) -> bool:
        """Begin a fault of one, or end it with None; return whether it can have it."""
        with self._lock:
            return self._emulated[device].fault(kind)

    def close(self) -> None:
        """End the thread and let go of every line; may be called twice."""
        self._ended.set()
        if self._thread is not None:
            self._thread.join()
        with ExitStack() as stay:
            for device in self._emulated.values():
                stay.callback(device.close)

    def _work(self) -> None:
        while not self._ended.wait(PAUSE_S):
            for name, device in self._emulated.items():
                try:
                    with self._lock:
                        device.work()
                except Exception as error:
                    self._error = _failed(name, error)
                    return


def _failed(name: str, error: Exception) -> WalkoutError:
    """Return an error of ours as it is, and any other with the device's name on it."""
    if isinstance(error, WalkoutError):
        return error
    failed = RigFault("an exposed device failed", where=name, found=f"{type(error).__name__}: {error}")
    failed.__cause__ = error
    return failed
