"""A reader of cards or codes that speaks OSDP, as the port `Scanner`."""

from __future__ import annotations

from typing import Protocol

from contracts.errors import UsageError
from contracts.ports import FaultKind, PortInfo, PortKind
from contracts.records import Scan
from devices.osdp.acu import Heard
from devices.osdp.cards import read_formatted, read_raw
from devices.osdp.codes import Reply
from devices.osdp.driver import OsdpReader
from devices.osdp.trouble import Trouble
from devices.osdp.wire import Wire
from devices.scanner.again import Again
from devices.scanner.driver import AGAIN_NS


class Presenter(Protocol):
    """What holds codes before the reader: an emulator, a display at the bench."""

    def present(self, code: bytes) -> None:
        """Hold a code in front of it."""

    def fault(self, kind: FaultKind | None) -> bool:
        """Make the reader itself fail, or end that; return whether it can."""


class OsdpScanner(OsdpReader[Scan]):
    """Cards and codes by RAW and FMT; keys are left out.

    Args:
        device: device id.
        wire: to the reader.
        presenter: holds codes before it; without one, `present` is refused.
        again_ns: the same code within this time is taken once; 0 takes all.
        model: maker and model.
    """

    def __init__(
        self,
        device: str,
        wire: Wire,
        *,
        presenter: Presenter | None = None,
        again_ns: int = AGAIN_NS,
        model: str = "OSDP reader",
    ) -> None:
        faults = None if presenter is None else presenter.fault
        info = PortInfo(device, PortKind.SCANNER, model)
        super().__init__(info, wire, faults)
        self._presenter, self._again = presenter, Again(again_ns)

    def present(self, code: bytes) -> None:
        """Hold a code in front of it.

        Raises:
            UsageError: nothing at this bench can.
        """
        if self._presenter is None:
            raise UsageError(
                "nothing shows codes to this reader",
                where=self.info.id,
                expected="a display at the bench, or an emulator",
                hint="name a screen for it in the bench file",
            )
        self._presenter.present(code)

    def hear(self, heard: Heard, now_ns: int) -> Scan | None:
        """Return the record of a card or a code."""
        if heard.reply not in (Reply.RAW, Reply.FMT):
            return None
        code = self._code(heard)
        if code is None or self._again(code, now_ns):
            return None
        return Scan(t_ns=now_ns, source=self.info.id, code=code, symbology="")

    def _code(self, heard: Heard) -> bytes | None:
        raw = read_raw(heard.data) if heard.reply == Reply.RAW else None
        text = read_formatted(heard.data) if heard.reply == Reply.FMT else None
        if raw is None and text is None:
            self.troubles[Trouble.BROKEN] += 1
        if raw is None:
            return text
        if raw.code is None:
            self.troubles[Trouble.PARITY] += 1
        return raw.code
