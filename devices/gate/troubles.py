"""What can be wrong between a gate's driver and its turnstile, beside what `devices.modbus.host.Trouble` counts."""

from __future__ import annotations

from collections import Counter, deque
from enum import StrEnum

from contracts.clock import SECOND

_KEPT = 200


class GateTrouble(StrEnum):
    """What is wrong."""

    MISMATCH = "a relay is not as it was told to be"
    DROPPED = "the fire relay was let go: a watchdog, or a restart"
    REFUSED = "the module refused an order"
    LOST_ORDER = "no answer to an order"
    NOT_OBEYED = "the gate was told to open while it could not"
    NOT_READY = "the turnstile says that it is not ready"
    NOT_ARMED = "the watchdog cannot be switched on"
    SILENT = "the module is silent"
    SHORT = "a passage that only the counter saw"


class Log:
    """Counts, and the last notes with their times, for people."""

    def __init__(self) -> None:
        self.counts: Counter[GateTrouble] = Counter()
        self.notes: deque[str] = deque(maxlen=_KEPT)

    def tell(self, trouble: GateTrouble, now_ns: int, what: str = "") -> None:
        """Count a trouble and note it."""
        self.counts[trouble] += 1
        self.notes.append(f"{now_ns / SECOND:.3f} s: {trouble}" + (f": {what}" if what else ""))
