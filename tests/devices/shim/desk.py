"""A scanner for tests of shims: notes what is done to it, and misbehaves as told."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from contracts.clock import Clock, VirtualClock
from contracts.ports import FaultKind, PortInfo, PortKind
from contracts.records import Scan
from devices.probing import Probed
from devices.shim.offer import Offer


class Desk:
    """A scanner that reads whatever is held before it, at once."""

    def __init__(self, id_: str = "scanner-1", clock: Clock | None = None) -> None:
        self.info = PortInfo(id_, PortKind.SCANNER, "a desk")
        self.clock: Clock = clock or VirtualClock()
        self.done: list[str] = []
        self.codes: list[bytes] = []
        self.fails: dict[str, Exception] = {}
        self.hangs: threading.Event | None = None
        self.closed = False

    def present(self, code: bytes) -> None:
        self._do(f"present {code.decode()}")
        self.codes.append(code)

    def read(self, until_ns: int) -> Sequence[Scan]:
        self._do("read")
        codes, self.codes = self.codes, []
        return [Scan(t_ns=self.clock.now_ns, source=self.info.id, code=code) for code in codes]

    def fault(self, kind: FaultKind | None) -> bool:
        self._do(f"fault {kind}")
        return kind is None

    def safe_state(self) -> None:
        self._do("safe_state")

    def probe(self) -> Probed:
        self._do("probe")
        return Probed("Desk & Sons, no. 7", "1.2", 3_000_000)

    def close(self) -> None:
        self.closed = True

    def _do(self, what: str) -> None:
        word = what.split(maxsplit=1)[0]
        if self.hangs is not None and word == "read":
            self.hangs.wait()
        if word in self.fails:
            raise self.fails[word]
        self.done.append(what)


def desks(*ids: str) -> dict[str, Desk]:
    """Return desks by id."""
    return {id_: Desk(id_) for id_ in ids}


class Drawer:
    """Offers a desk, and opens a new one whenever it is asked to."""

    def __init__(self, id_: str = "scanner-1") -> None:
        self.opened: list[Desk] = []
        self.fails: Exception | None = None
        self.offer = Offer(PortInfo(id_, PortKind.SCANNER, "a desk"), self._open, "/dev/desk", "scanner/desk")

    def _open(self, clock: Clock) -> Desk:
        if self.fails is not None:
            raise self.fails
        self.opened.append(Desk(self.offer.info.id, clock))
        return self.opened[-1]
