"""Plays a twin without a stack: a doorman opens every gate, and all that the sensors say is thrown away."""

from __future__ import annotations

from collections.abc import Sequence

from contracts.clock import MILLISECOND, SECOND
from contracts.ports import Port
from contracts.record import Record
from contracts.records import Direction, Frame, GateAction, GateCommand, Scan
from contracts.steps import ShopperPlan
from twin.scene import Renderer, Scene
from twin.source import MakeCameras, TwinSource
from twin.store import Store

TICK_NS = 50 * MILLISECOND


class Play:
    """A running twin.

    Args:
        store: the store.
        plans: the shoppers.
        renderer: how its cameras see; None for the twin's own.
        cameras: makes other cameras than its own.
    """

    def __init__(
        self,
        store: Store,
        plans: Sequence[ShopperPlan],
        renderer: Renderer | None = None,
        cameras: MakeCameras | None = None,
    ) -> None:
        self.twin = TwinSource(store, plans, seed=1, renderer=renderer, cameras=cameras)
        self._gate_of = {gate.scanner: gate.id for gate in store.layout.gates if gate.scanner}
        self.now_ns = 0

    def tick(self) -> Sequence[Record]:
        """Let 50 ms pass; return what the sensors say."""
        records = self.twin.read(self.now_ns)
        for record in records:
            if isinstance(record, Scan):
                self._admit(record)
        self.now_ns += TICK_NS
        return records

    def run(self, seconds: float) -> None:
        """Let some bench seconds pass."""
        for _ in range(round(seconds * SECOND / TICK_NS)):
            self.tick()

    def close(self) -> None:
        """End it."""
        self.twin.close()

    def _admit(self, scan: Scan) -> None:
        self.twin.command(
            GateCommand(
                t_ns=self.now_ns,
                source="stack",
                gate=self._gate_of[scan.source],
                action=GateAction.OPEN,
                direction=Direction.IN,
                visit="v",
            )
        )


class Blind:
    """No cameras."""

    def __init__(self, _scene: Scene) -> None:
        self.ports: dict[str, Port] = {}

    def due(self, _now_ns: int) -> bool:
        """Never look."""
        return False

    def capture(self, _now_ns: int) -> list[Frame]:
        """See nothing."""
        return []
