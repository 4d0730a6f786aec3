"""Devices that fall silent during a run: told while it runs, with the time, so that none looks like a wrong product."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from contracts.clock import SECOND
from contracts.errors import DeviceUnavailable, LeaseLost, WalkoutError
from contracts.ports import FaultKind

PATIENCE_NS = 3 * SECOND
"""A driver that complains for so long is believed; until then it may get its device back by itself. Our choice."""
MENDING_NS = 10 * SECOND
"""So long after a fault of the scenario a device may need to be found again. OSDP's own limit is 8 s."""
Switch = Callable[[FaultKind | None], bool]


class Watch:
    """What the drivers of one run complain of."""

    def __init__(self) -> None:
        self._failing: set[str] = set()
        self._mended: dict[str, int | None] = {}
        self._since: dict[str, int] = {}

    def knowing(self, device: str, switch: Switch) -> Switch:
        """Return what makes a device fail, so that its silence is then what the scenario wants."""

        def told(kind: FaultKind | None) -> bool:
            applied = switch(kind)
            if kind is not None and applied:
                self._failing.add(device)
                self._mended.pop(device, None)
            elif kind is None and device in self._failing:
                self._failing.discard(device)
                self._mended[device] = None
            return applied

        return told

    def look(self, troubles: Mapping[str, WalkoutError], now_ns: int) -> None:
        """Take what is wrong with which devices.

        Raises:
            DeviceUnavailable: something has been wrong with one for a while that no fault of the scenario accounts for.
        """
        wrong = {id_: error for id_, error in sorted(troubles.items()) if not self._excused(id_, now_ns)}
        self._since = {id_: self._since.get(id_, now_ns) for id_ in wrong}
        for id_, since_ns in self._since.items():
            if now_ns - since_ns >= PATIENCE_NS:
                raise told_at(wrong[id_], since_ns, id_)

    def _excused(self, device: str, now_ns: int) -> bool:
        if device in self._failing:
            return True
        if device not in self._mended:
            return False
        ended_ns = self._mended[device]
        if ended_ns is None:
            ended_ns = self._mended[device] = now_ns
        return now_ns - ended_ns < MENDING_NS


def told_at(error: WalkoutError, at_ns: int, device: str = "") -> WalkoutError:
    """Return an error of a device that says when in the run it was, and of which device."""
    named = device if device and device not in error.where else ""
    where = ", ".join(part for part in (named, error.where, f"{at_ns / SECOND:.1f} s into the run") if part)
    kind = LeaseLost if isinstance(error, LeaseLost) else DeviceUnavailable
    told = kind(error.what, where=where, expected=error.expected, found=error.found, hint=error.hint)
    told.__cause__ = error
    return told
