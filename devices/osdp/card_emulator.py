"""An emulated reader of cards and codes."""

from __future__ import annotations

from enum import StrEnum

from contracts.clock import Clock
from contracts.errors import UsageError
from contracts.ports import FaultKind
from devices.line import Line
from devices.osdp.bio import MOST_TEMPLATE
from devices.osdp.cards import WIEGAND, Bits, bits_of_code, pack_formatted
from devices.osdp.codes import Reply
from devices.osdp.emulator import OsdpEmulator
from devices.osdp.link import Link
from devices.osdp.panel import Said
from devices.osdp.wiegand import encode_26
from devices.scanner.emulator import DECODE_NS, MOST_SHOWN

_MOST_TEXT = 255


class Sends(StrEnum):
    """How a reader tells what it read."""

    CODE = "RAW, 8 bits a character"
    TEXT = "FMT"
    CARD = "RAW, Wiegand of 26 bits"


class CardEmulator(OsdpEmulator):
    """The device. Show it codes, or for `Sends.CARD` cards as b"facility-number".

    Args:
        device: device id.
        line: to the ACU.
        clock: of the bench.
        link: the device's own address and key.
        sends: how it tells what it read.
        seed: of delays and noise.
        strict: with a key, it obeys in the secure channel only.
    """

    def __init__(
        self,
        device: str,
        line: Line,
        clock: Clock,
        link: Link,
        sends: Sends = Sends.CODE,
        *,
        seed: int = 0,
        strict: bool = True,
    ) -> None:
        super().__init__(device, line, clock, link, {}, seed=seed, strict=strict)
        self._sends = sends
        self._shown: list[tuple[int, bytes]] = []
        self._last: bytes | None = None

    def present(self, code: bytes) -> None:
        """Hold a code in front of it.

        Raises:
            UsageError: it has no way to tell such a code.
        """
        said = self._said(code)
        off = self._fault is FaultKind.OFF or len(self._shown) >= MOST_SHOWN
        if off or (self._fault is FaultKind.STUCK and self._last is None):
            return
        if self._fault is FaultKind.STUCK and self._last is not None:
            said = said[0], self._last
        self._last = said[1]
        self._shown.append((self._clock.now_ns + int(self._draws.integers(*DECODE_NS)), said[1]))

    def happen(self, now_ns: int) -> None:
        """Tell what was read by now."""
        reply = Reply.FMT if self._sends is Sends.TEXT else Reply.RAW
        for entry in [entry for entry in self._shown if entry[0] <= now_ns]:
            self._shown.remove(entry)
            self.pd.tell(reply, entry[1])

    def forget(self) -> None:
        """Nothing is before it any more."""
        self._shown.clear()

    def _said(self, code: bytes) -> Said:
        match self._sends:
            case Sends.CODE if len(code) <= MOST_TEMPLATE:
                return Reply.RAW, bits_of_code(code).pack()
            case Sends.TEXT if len(code) <= _MOST_TEXT:
                return Reply.FMT, pack_formatted(code)
            case Sends.CARD if (card := _card(code)) is not None:
                return Reply.RAW, Bits(0, WIEGAND, encode_26(*card)).pack()
        raise UsageError(
            "this reader cannot tell such a code",
            expected=f"{MOST_TEMPLATE} bytes at most; {_MOST_TEXT} in FMT; b'123-4567' for a card of 26 bits",
            found=f"{len(code)} bytes",
        )


def _card(code: bytes) -> tuple[int, int] | None:
    facility, _, number = code.partition(b"-")
    if not (facility.isdigit() and number.isdigit() and int(facility) < 1 << 8 and int(number) < 1 << 16):
        return None
    return int(facility), int(number)
