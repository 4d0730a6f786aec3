"""Gates, scanners, palm readers and screens of the twin, and whose account each passage is on."""

from __future__ import annotations

from collections.abc import Iterable

from contracts.gate_states import State
from contracts.layout import GateKind, Layout
from contracts.ports import Port
from contracts.records import Direction, GateCommand, ScreenCommand
from contracts.steps import ShopperPlan
from contracts.truth import TruePassage
from twin.admission import Admissions
from twin.biometrics.shown import BioReaders
from twin.gate import TwinGate
from twin.palm_shown import HandsShown
from twin.reader import TwinPalmReader, TwinScanner, TwinScreen


class Doors:
    """The devices between the street and the sales floor.

    Args:
        layout: the store.
        plans: the shoppers with what they carry.
        seed: the scenario's seed.
        tailgate_sensors: ids of gates that notice a second body behind the first.
        bios: other biometric readers, at tills too.
        hands: what palm readers look at; None where a palm is a handle.
    """

    def __init__(
        self,
        layout: Layout,
        plans: Iterable[ShopperPlan],
        seed: int,
        tailgate_sensors: frozenset[str],
        bios: BioReaders,
        hands: HandsShown | None = None,
    ) -> None:
        gates = layout.gates
        self.gates = {g.id: TwinGate(g, tailgate_sensor=g.id in tailgate_sensors) for g in gates}
        self.scanners = {g.scanner: TwinScanner(g.scanner, seed) for g in gates if g.scanner}
        self.palms = {g.palm_reader: TwinPalmReader(g.palm_reader, seed) for g in gates if g.palm_reader}
        self.screens = {g.screen: TwinScreen(g.screen, seed) for g in gates if g.screen}
        self._beams = frozenset(g.id for g in gates if g.kind is GateKind.BEAM)
        self._admissions = Admissions(layout)
        plans = tuple(plans)
        self._held = {plan.name: plan.phone.held for plan in plans if plan.phone}
        self._owner_of = {plan.palm: plan.name for plan in plans if plan.palm}
        self._now_ns, self._hands, self._bios = 0, hands, bios

    @property
    def ports(self) -> dict[str, Port]:
        """All of them by id."""
        return {**self.gates, **self.scanners, **self.palms, **self.screens}

    def advance(self, now_ns: int) -> None:
        """Let time pass."""
        self._now_ns = now_ns
        for id_, gate in self.gates.items():
            before = gate.state
            gate.advance(now_ns)
            if before is State.AUTHORISED and gate.state is State.LOCKED:
                self._admissions.lapsed(id_)
        for scanner in self.scanners.values():
            scanner.advance(now_ns)
        for palm in self.palms.values():
            palm.advance(now_ns)

    def command(self, order: GateCommand | ScreenCommand) -> None:
        """Carry out an order; one for a device that is not here does nothing."""
        if isinstance(order, ScreenCommand):
            if order.screen in self.screens:
                self.screens[order.screen].show(order)
        elif order.gate in self.gates:
            self._admissions.ordered(order, self._now_ns)
            self.gates[order.gate].command(order)

    def show_code(self, scanner: str, code: bytes, owner: str) -> None:
        """Hold a phone or a card with the code of a shopper in front of a scanner."""
        self._admissions.shown(scanner, owner, self._now_ns)
        self.scanners[scanner].present(code, held=self._held.get(owner))

    def show_palm(self, reader: str, handle: str, shopper: str = "") -> None:
        """Hold a shopper's palm over a reader, or whatever it reads; one that looks at hands is shown theirs."""
        if reader in self._bios.readers:
            own = self._bios.knows(shopper, reader) and self._bios.honest(shopper)
            self._admissions.shown(reader, shopper if own else "", self._now_ns)
            self._bios.show(reader, shopper, self._now_ns)
            return
        if self._hands is None:
            self._admissions.shown(reader, self._owner_of.get(handle, ""), self._now_ns)
            self.palms[reader].present(handle)
            return
        own = (handle or self._hands.knows(shopper)) and self._hands.honest(shopper)
        self._admissions.shown(reader, shopper if own else "", self._now_ns)
        self.palms[reader].tell(self._hands.show(reader, shopper, self._now_ns))

    def passed(self, shopper: str, gate: str, direction: Direction) -> TruePassage:
        """Note that a body has crossed a gate's line; return the truth about it."""
        opened = self.gates[gate].passed(direction)
        if gate in self._beams and direction is Direction.IN:
            self._admissions.walked_up(gate, self._now_ns)
        paying = self._admissions.passed(shopper, gate, direction, opened=opened)
        return TruePassage(
            t_ns=self._now_ns, source="truth", shopper=shopper, gate=gate, direction=direction, paying=paying
        )
