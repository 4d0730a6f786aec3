"""Ports that a recording plays, a class a kind. What they are told changes nothing: the past has happened."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from contracts.checkout import PaymentOrder
from contracts.layout import CameraInfo
from contracts.ports import FaultKind, PortInfo, PortKind
from contracts.record import Record
from contracts.records import GateCommand, ScreenCommand


class RecordedPort:
    """Says what a device said in an earlier run, at the same times of this one.

    Args:
        info: who it was.
        coming: what it said, oldest first.
    """

    def __init__(self, info: PortInfo, coming: Iterator[Record]) -> None:
        self.info, self._coming = info, coming
        self._next = next(coming, None)

    def read(self, until_ns: int) -> Sequence[Record]:
        """Return what it said after the last call and up to until_ns, oldest first."""
        due: list[Record] = []
        while self._next is not None and self._next.t_ns <= until_ns:
            due.append(self._next)
            self._next = next(self._coming, None)
        return due

    def fault(self, kind: FaultKind | None) -> bool:
        """Tell that the past cannot fail any more."""
        return kind is None

    def safe_state(self) -> None:
        """A recording hurts nobody."""


class RecordedCamera(RecordedPort):
    """A camera.

    Args:
        info: who it was.
        coming: what it said, oldest first.
        calibration: as the recording's store has it.
    """

    def __init__(self, info: PortInfo, coming: Iterator[Record], calibration: CameraInfo) -> None:
        super().__init__(info, coming)
        self.calibration = calibration


class RecordedScale(RecordedPort):
    """A weighing controller.

    Args:
        info: who it was.
        coming: what it said, oldest first.
        plates: ids, as the recording's store has them.
    """

    def __init__(self, info: PortInfo, coming: Iterator[Record], plates: Sequence[str]) -> None:
        super().__init__(info, coming)
        self.plates = plates


class RecordedGate(RecordedPort):
    """A gate: it opened when it opened."""

    def command(self, command: GateCommand) -> None:
        """Take an order that comes too late."""


class RecordedScanner(RecordedPort):
    """A scanner: it reads what it read."""

    def present(self, code: bytes) -> None:
        """Be shown what it does not see."""


class RecordedPalmReader(RecordedPort):
    """A palm reader: it knows whom it knew."""

    def present(self, handle: str) -> None:
        """Be shown what it does not see."""


class RecordedBioReader(RecordedPort):
    """A reader of faces or fingers: it knows whom it knew."""

    def present(self, subject: str) -> None:
        """Be shown what it does not see."""


class RecordedTerminal(RecordedPort):
    """A card terminal: it answers what it was asked then."""

    def request(self, key: str, amount_minor: int, currency: str) -> None:
        """Be asked what it does not hear."""


class RecordedProvider(RecordedPort):
    """A payment provider: it answers what it was asked then."""

    def request(self, order: PaymentOrder) -> None:
        """Be asked what it does not hear."""


class RecordedScreen(RecordedPort):
    """A screen: it says nothing, and shows to nobody."""

    def show(self, command: ScreenCommand) -> None:
        """Be given what nobody sees."""


PORTS: dict[PortKind, Callable[[PortInfo, Iterator[Record]], RecordedPort]] = {
    PortKind.GATE: RecordedGate,
    PortKind.SCANNER: RecordedScanner,
    PortKind.PALM_READER: RecordedPalmReader,
    PortKind.BIO_READER: RecordedBioReader,
    PortKind.CARD_TERMINAL: RecordedTerminal,
    PortKind.PAYMENT_PROVIDER: RecordedProvider,
    PortKind.SCREEN: RecordedScreen,
}
"""Kinds that need nothing but their records."""
