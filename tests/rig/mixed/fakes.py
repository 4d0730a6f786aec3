"""A twin, devices and emulators that do as they are told, for mixed runs without a store."""

from __future__ import annotations

from collections.abc import Sequence

from contracts.clock import WallClock
from contracts.errors import WalkoutError
from contracts.ports import FaultKind, Port, PortInfo, PortKind
from contracts.record import Record
from contracts.records import AnswerRecord, GateCommand
from devices.shim.offset import Offset


class FakeTwin:
    """Delivers what it is given, and notes its orders."""

    def __init__(self) -> None:
        self.coming: list[Record] = []
        self.ordered: list[AnswerRecord] = []
        self.closed = False

    def read(self, until_ns: int) -> Sequence[Record]:
        due = [record for record in self.coming if record.t_ns <= until_ns]
        self.coming = [record for record in self.coming if record.t_ns > until_ns]
        return due

    def command(self, answer: AnswerRecord) -> None:
        self.ordered.append(answer)

    def close(self) -> None:
        self.closed = True


class FakePort:
    """A device at a bench: a scanner and a gate at once is enough for these tests."""

    def __init__(self, device: str, kind: PortKind) -> None:
        self.info = PortInfo(device, kind)
        self.says: list[Record] = []
        self.faults: list[FaultKind | None] = []

    def read(self, until_ns: int) -> Sequence[Record]:  # says all at once, as late devices do
        said, self.says = self.says, []
        return said

    def fault(self, kind: FaultKind | None) -> bool:
        self.faults.append(kind)
        return True

    def safe_state(self) -> None: ...


class FakeScanner(FakePort):
    """Notes the codes that are held before it."""

    def __init__(self, device: str) -> None:
        super().__init__(device, PortKind.SCANNER)
        self.shown: list[bytes] = []

    def present(self, code: bytes) -> None:
        self.shown.append(code)


class FakeGate(FakePort):
    """Notes its orders."""

    def __init__(self, device: str) -> None:
        super().__init__(device, PortKind.GATE)
        self.ordered: list[GateCommand] = []

    def command(self, command: GateCommand) -> None:
        self.ordered.append(command)


class FakeEmulated:
    """Notes what it lives, and asks for what it is told to."""

    def __init__(self) -> None:
        self.lived: list[Record] = []
        self.asks: list[AnswerRecord] = []
        self.worked = 0
        self.breaks: Exception | None = None
        self.closed = False

    def work(self) -> None:
        self.worked += 1
        if self.breaks is not None:
            raise self.breaks

    def live(self, record: Record) -> None:
        self.lived.append(record)

    def orders(self) -> Sequence[AnswerRecord]:
        asked, self.asks = self.asks, []
        return asked

    def fault(self, kind: FaultKind | None) -> bool:
        return kind is not FaultKind.WRONG

    def close(self) -> None:
        self.closed = True


class FakeShim:
    """A shim whose clock is off by what it is told."""

    address = "shim:1"

    def __init__(self, *devices: FakePort) -> None:
        self.ports: dict[str, Port] = {device.info.id: device for device in devices}
        self.synchronised: list[int] = []
        self.off_ns = 0
        self.wrong: dict[str, WalkoutError] = {}

    def read(self, until_ns: int) -> dict[str, Sequence[Record]]:
        return {id_: port.read(until_ns) for id_, port in self.ports.items()}

    def synchronise(self, bench_now_ns: int) -> Offset:
        self.synchronised.append(bench_now_ns)
        return self.offset()

    def troubles(self) -> dict[str, WalkoutError]:
        return self.wrong

    def offset(self) -> Offset:
        return Offset(self.off_ns, 200_000)


class StillClock(WallClock):
    """Real time that stands where it is put."""

    def __init__(self, *, real: bool) -> None:
        super().__init__(0)
        self.begun = real

    @property
    def real(self) -> bool:
        return self.begun

    @property
    def now_ns(self) -> int:
        return 300_000_000
