"""One device of a shim: opened when needed, called in a thread of its own, its last trouble kept for whoever asks."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from contracts.clock import MILLISECOND, Clock
from contracts.errors import DeviceUnavailable, UsageError
from contracts.ports import Port
from devices.probing import Probed, Probing, complaint_of
from devices.shim.clock import ShimClock
from devices.shim.offer import Offer, offer_of
from devices.shim.worker import Worker

T = TypeVar("T")
STEP_NS = 100 * MILLISECOND
"""A run that sets the time by more begins on another time line: a driver that lived on the old one is opened anew."""


OPENING_S = 10.0
"""Opening a line, shaking hands with a device and asking it who it is may take longer than a call."""


class Hosted:
    """A device and its thread.

    Args:
        device: its port, or how to open it.
        own: a clock that nobody sets.
        within_s: seconds that one call of its driver may take.
    """

    def __init__(self, device: Port | Offer, own: Clock, within_s: float) -> None:
        self.offer, self._port = offer_of(device)
        self._fixed = self._port is not None
        self.info = self.offer.info
        self.clock = ShimClock(own)
        self.within_s = within_s
        self._trouble: Exception | None = None
        self._worker = Worker(self.info.id, own)

    @property
    def open(self) -> bool:
        """Whether its driver is open."""
        return self._port is not None

    @property
    def busy(self) -> bool:
        """Whether its driver is at something."""
        return self._worker.busy

    @property
    def trouble(self) -> Exception | None:
        """What last went wrong with it, or that it hangs; None when all is well."""
        return self._worker.hanging(self.within_s) or self._trouble

    def begin(self) -> Future[None]:
        """Have it opened, if it is not, or went wrong when it was last used; one that hangs is not waited for."""
        hanging = self._worker.hanging(self.within_s, "open")
        if hanging is None:
            return self._worker.submit("open", self._ensure)
        refused: Future[None] = Future()
        refused.set_exception(hanging)
        return refused

    def wait(self, job: Future[T], what: str, within_s: float | None = None) -> T:
        """Return what a job of this device returns; keep its error.

        Args:
            job: what it does.
            what: the job's name, for people.
            within_s: seconds to wait; None: as long as a call may take.

        Raises:
            DeviceUnavailable: it takes too long.
        """
        return self._noted(lambda: self._worker.result(job, what, self.within_s if within_s is None else within_s))

    def call(self, what: str, allowed: Callable[[], object], act: Callable[[Any], T], cut: Callable[[], object]) -> T:
        """Call its driver.

        Args:
            what: the call's name, for people.
            allowed: raises if the caller may not; asked at the very moment, after whatever the device did before.
            act: gets the port.
            cut: tells whoever called that the driver hangs.

        Raises:
            DeviceUnavailable: it is not open, or hangs at something else.
        """

        def job() -> T:
            allowed()
            return self._noted(lambda: act(self._need()))

        return self._worker.do(what, job, self.within_s, cut)

    def cut(self) -> None:
        """If its driver hangs, tell whoever called it."""
        self._worker.cut(self.within_s)

    def begin_safe_state(self) -> Future[None]:
        """Have it go to its safe state; one that is not open has none to go to."""
        return self._worker.submit("safe_state", lambda: self._port.safe_state() if self._port else None)

    def probe(self) -> Probed | None:
        """Open it if need be and ask it who it is; None where its driver has no such question."""

        def job() -> Probed | None:
            self._ensure()
            port = self._need()
            return port.probe() if isinstance(port, Probing) else None

        if hanging := self._worker.hanging(self.within_s, "probe"):
            raise hanging
        return self._noted(lambda: self._worker.run("probe", job, OPENING_S))

    def shift(self, by_ns: int, allowed: Callable[[], object]) -> Future[None]:
        """Have its clock set; a step makes its driver be opened anew.

        Args:
            by_ns: what to add to its time.
            allowed: as for `call`.
        """

        def job() -> None:
            allowed()
            if abs(by_ns) > STEP_NS:
                self._close()
            self.clock.shift(by_ns)
            self._ensure()

        return self._worker.submit("set the clock", job)

    def close(self) -> Future[None]:
        """Have it let go of, after whatever it does now."""
        job = self._worker.submit("close", self._close)
        self._worker.close()
        return job

    def _ensure(self) -> None:
        if self._port is not None and isinstance(self._trouble, DeviceUnavailable):
            self._close()
        if self._port is None:
            self._port = self._noted(lambda: self.offer.open(self.clock))

    def _need(self) -> Port:
        if self._port is None:
            raise self._trouble or DeviceUnavailable("the device is not open", where=self.info.id)
        return self._port

    def _close(self) -> None:
        if self._fixed or self._port is None:
            return
        port, self._port = self._port, None
        close = getattr(port, "close", None)
        if close is not None:
            close()

    def _noted(self, act: Callable[[], T]) -> T:
        try:
            result = act()
        except UsageError:
            raise  # the caller's fault, not the device's
        except Exception as error:
            self._trouble = error
            raise
        self._trouble = complaint_of(self._port)
        return result
