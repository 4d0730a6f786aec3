"""The real log's story played in the twin, without cameras and without a stack: only its plates are wanted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

from contracts.clock import MILLISECOND, SECOND
from contracts.errors import RigFault
from contracts.layout import gondola_of
from contracts.ports import Port
from contracts.record import Record
from contracts.records import Frame, GateAction, GateCommand, Scan, Weights
from contracts.steps import Enter, Leave, ShopperPlan, Take, Wait, WalkTo
from contracts.truth import MoveKind, TrueMove
from rig.fidelity.log import PickLog, read_log
from twin.scene import Scene
from twin.source import TwinSource
from twin.store import Store

TICK_NS = 50 * MILLISECOND
LIMIT_NS = 120 * SECOND
STANDS_NS, LOOKS_NS = 4_500 * MILLISECOND, 500 * MILLISECOND
PACE_M_S = 0.58
"""The log's shopper stands for five seconds, walks 2.7 m in as many, takes the bottle, and walks off."""


def play(store: Store, product: str, plate: str, seed: int, *, noise: bool = True) -> PickLog:
    """Return the plates of the twin while a shopper does what the one of the log did.

    Args:
        store: the twin's store.
        product: what is taken.
        plate: from which plate.
        seed: of the run.
        noise: whether sensors err.
    """
    with closing(TwinSource(store, [_plan(store, product, plate)], seed=seed, noise=noise, cameras=NoCameras)) as twin:
        records = list(_run(twin, store))
    taken = [r for r in records if isinstance(r, TrueMove) and r.kind is MoveKind.TAKE and plate in r.plates]
    if len(taken) != 1:
        raise RigFault("the twin's shopper did not take the item", where=plate, found=f"{len(taken)} takes")
    return read_log(store.layout, [r for r in records if isinstance(r, Weights)], plate, taken[0].mass_g)


def _plan(store: Store, product: str, plate: str) -> ShopperPlan:
    """Return a shopper who does what the one of the log did."""
    rack = store.layout.gondola[gondola_of(plate)].pose
    # As in the log: from before the third gondola to the rack of the pick.
    start, stop, off = (rack.apply((x, -0.65, 0.0)).tolist() for x in (2.8, 0.1, 2.4))
    return ShopperPlan(
        name="ana",
        speed_m_s=PACE_M_S,
        code=b"ana",
        steps=(
            Enter(),
            WalkTo(point=(start[0], start[1])),
            Wait(for_ns=STANDS_NS),
            WalkTo(point=(stop[0], stop[1])),
            Wait(for_ns=LOOKS_NS),
            Take(product=product, place=plate),
            # The log's shopper walks off for as long as the log goes on; his way out is where the twin has a wall.
            WalkTo(point=(off[0], off[1])),
            Leave(),
        ),
    )


def _run(twin: TwinSource, store: Store) -> Iterator[Record]:
    """Yield what happens until all is over; every gate opens to whoever shows a code."""
    gate_of = {gate.scanner: gate.id for gate in store.layout.gates if gate.scanner}
    for now_ns in range(0, LIMIT_NS, TICK_NS):
        for record in twin.read(now_ns):
            if isinstance(record, Scan) and record.source in gate_of:
                gate = gate_of[record.source]
                twin.command(GateCommand(t_ns=now_ns, source="rig", gate=gate, action=GateAction.OPEN))
            yield record
        if twin.finished:
            return


class NoCameras:
    """A store in the dark.

    Args:
        scene: what cameras would see.
    """

    def __init__(self, scene: Scene) -> None:
        del scene

    def due(self, now_ns: int) -> bool:  # noqa: ARG002 - the shape of `twin.source.Cameras`
        """Never look."""
        return False

    def capture(self, now_ns: int) -> list[Frame]:  # noqa: ARG002 - the shape of `twin.source.Cameras`
        """Return no frame."""
        return []

    @property
    def ports(self) -> dict[str, Port]:
        """No camera."""
        return {}
