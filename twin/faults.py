"""Faults that a scenario asks for, begun and ended at their times on the twin's ports."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from contracts.layout import Layout, gondola_of
from contracts.ports import FaultKind, Port
from contracts.steps import FaultPlan
from contracts.truth import TrueFault
from twin.plates import TwinScale

Switch = Callable[[FaultKind | None], bool]


@dataclass(frozen=True, slots=True)
class _Change:
    """One beginning or end.

    Args:
        t_ns: when.
        order: the fault's place in the scenario, then 0 for its end and 1 for its beginning.
        plan: the fault.
        begins: whether it begins.
    """

    t_ns: int
    order: tuple[int, int]
    plan: FaultPlan
    begins: bool


class Faults:
    """Carries out the faults of a scenario.

    Args:
        plans: what the scenario asks for.
        layout: the store, to find the controller of a plate.
        ports: the twin's ports by id.
        elsewhere: what switches the faults of devices that something else stands in for.
    """

    def __init__(
        self,
        plans: Iterable[FaultPlan],
        layout: Layout,
        ports: Mapping[str, Port],
        elsewhere: Mapping[str, Switch] | None = None,
    ) -> None:
        self._layout, self._ports, self._elsewhere = layout, ports, elsewhere or {}
        changes = [change for index, plan in enumerate(plans) for change in _changes(index, plan)]
        self._waiting = sorted(changes, key=lambda change: (change.t_ns, change.order))

    def advance(self, now_ns: int) -> list[TrueFault]:
        """Begin and end what is due; return what happened."""
        happened = []
        while self._waiting and self._waiting[0].t_ns <= now_ns:
            change = self._waiting.pop(0)
            happened.append(self._apply(change, now_ns))
        return happened

    def _apply(self, change: _Change, now_ns: int) -> TrueFault:
        plan = change.plan
        switch = self._switch(plan.device)
        known = plan.kind in [kind.value for kind in FaultKind]
        applied = bool(switch and known and switch(FaultKind(plan.kind) if change.begins else None))
        return TrueFault(
            t_ns=now_ns, source="truth", device=plan.device, fault=plan.kind, began=change.begins, applied=applied
        )

    def _switch(self, device: str) -> Switch | None:
        """Return what switches a device's fault on and off; None for a device that is not there."""
        if device in self._elsewhere:
            return self._elsewhere[device]
        if gondola_of(device) in self._elsewhere:
            return None  # no wire lets a single plate of a controller fail
        if device in self._ports:
            return self._ports[device].fault
        scale = self._ports.get(gondola_of(device))
        if device in self._layout.plate and isinstance(scale, TwinScale):
            return lambda kind: scale.fault_plate(device, kind)
        return None


def _changes(index: int, plan: FaultPlan) -> list[_Change]:
    """Return the beginning of a fault and, unless it lasts, its end."""
    begin = _Change(plan.at_ns, (index, 1), plan, begins=True)
    if plan.for_ns <= 0:
        return [begin]
    return [begin, _Change(plan.at_ns + plan.for_ns, (index, 0), plan, begins=False)]
