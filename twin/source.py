"""The twin as a source of records: it plays the shoppers, lets physics follow, and delivers what the sensors say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol

from contracts.checkout import PalmOrder
from contracts.clock import MILLISECOND, SECOND
from contracts.layout import Layout
from contracts.ports import Port
from contracts.record import Record, take_due
from contracts.records import AnswerRecord, Frame, GateCommand, ScreenCommand
from contracts.steps import Bodies, FaultPlan, ShopperPlan
from contracts.truth import TrueCast, TruePerson, TruePoses, TrueStep
from twin.bay import SAMPLE_HZ
from twin.faults import Faults, Switch
from twin.palm_enrolling import Matcher
from twin.scene import Renderer, Scene
from twin.stage import Stage
from twin.store import Store
from twin.world import World

LOOK_NS = 50 * MILLISECOND
"""Cameras are asked so often whether their shutter is due: once a tick."""
POSES_NS = 100 * MILLISECOND
REST_NS = 2 * SECOND
"""A run is finished when everything has rested for so long; by then all sensors have told of it."""


class Shoppers(Protocol):
    """The cast, as the source needs it."""

    def advance(self) -> None:
        """Move every body on by one frame of 1/60 s."""

    def people(self) -> tuple[TruePerson, ...]:
        """Return every body that is in the scene."""

    def steps(self) -> list[TrueStep]:
        """Return the steps that began and ended since the last call."""

    @property
    def finished(self) -> bool:
        """Whether every script has come to its end."""


class Cameras(Protocol):
    """The cameras, as the source needs them."""

    def due(self, now_ns: int) -> bool:
        """Whether any of them looks now."""

    def capture(self, now_ns: int) -> list[Frame]:
        """Take every picture that is due, and return the frames that arrive by now."""

    @property
    def ports(self) -> dict[str, Port]:
        """The cameras by id."""


MakeShoppers = Callable[[Stage, Sequence[ShopperPlan], int], Shoppers]
MakeCameras = Callable[[Scene], Cameras]


class TwinSource:
    """The whole simulated store; implements `contracts.ports.Source`.

    Args:
        store: the store.
        plans: the shoppers.
        faults: what goes wrong, and when.
        seed: the scenario's seed.
        renderer: how cameras see; None for the twin's own.
        noise: whether sensors err.
        shoppers: makes the cast; None for the twin's own.
        cameras: makes the cameras; None for the twin's own.
        bodies: what cameras see of shoppers: their skin, or the rigid parts that goods feel.
        elsewhere: what switches the faults of devices that something else stands in for.
        matcher: of palm readers that look at hands; None where a palm is a handle.
        audited: whether the cameras' short cuts are checked on the way, for which real time has no time.
    """

    def __init__(
        self,
        store: Store,
        plans: Sequence[ShopperPlan],
        faults: Iterable[FaultPlan] = (),
        *,
        seed: int,
        renderer: Renderer | None = None,
        noise: bool = True,
        shoppers: MakeShoppers | None = None,
        cameras: MakeCameras | None = None,
        bodies: Bodies = "rigid",
        elsewhere: Mapping[str, Switch] | None = None,
        matcher: Matcher | None = None,
        audited: bool = True,
    ) -> None:
        self.world = World(store, seed, noise, plans, skinned=bodies == "skinned", matcher=matcher)
        self._plans = tuple(plans)
        self._shoppers = (shoppers or _own_shoppers)(self.world, self._plans, seed)
        self._cameras: Cameras
        self.renderer = ""
        if cameras is None:
            rig = _OwnCameras(self.world.scene, store, renderer, seed, noise and not store.perfect, audited)
            self._cameras, self.renderer = rig, rig.renderer
        else:
            self._cameras = cameras(self.world.scene)
        devices = {**self.world.doors.ports, **self.world.counter.ports}
        self.ports: dict[str, Port] = {**devices, **self.world.scales, **self._cameras.ports}
        self._faults = Faults(faults, store.layout, self.ports, elsewhere)
        self._waiting: list[Record] = []
        self._begun = False
        self._rested_since_ns: int | None = None

    @property
    def layout(self) -> Layout:
        """The store."""
        return self.world.layout

    @property
    def finished(self) -> bool:
        """Whether all shoppers are done and everything has rested for two seconds."""
        since = self._rested_since_ns
        return since is not None and self.world.now_ns - since >= REST_NS

    def read(self, until_ns: int) -> Sequence[Record]:
        """Let time pass up to until_ns; return everything delivered meanwhile, truth included, oldest first."""
        if not self._begun:
            self._begin()
        while _next_frame_ns(self.world.now_ns) <= until_ns:
            self._frame()
        self._collect(until_ns)
        return take_due(self._waiting, until_ns)

    def command(self, answer: AnswerRecord) -> None:
        """Carry out an order to a gate, a screen, a terminal, a palm reader or a phone; else nothing."""
        if isinstance(answer, GateCommand | ScreenCommand):
            self.world.doors.command(answer)
        if isinstance(answer, PalmOrder):
            self.world.bios.order(answer)
            if self.world.hands:
                self.world.hands.order(answer)
        self.world.counter.command(answer)

    def close(self) -> None:
        """Let go of everything; may be called twice."""
        self.world.close()

    def _begin(self) -> None:
        """Say who plays, and look at the store as it opens."""
        self._begun = True
        names, accounts = (tuple(getattr(plan, key) for plan in self._plans) for key in ("name", "account"))
        self._waiting.append(TrueCast(t_ns=0, source="truth", shoppers=names, accounts=accounts))
        self._look()

    def _frame(self) -> None:
        """Let 1/60 s pass."""
        self.world.begin_frame()
        self._waiting += self._faults.advance(self.world.now_ns)
        self._shoppers.advance()
        self.world.end_frame()
        # What was done comes before the step that ended with it.
        self._waiting += self.world.truths()
        self._waiting += self._shoppers.steps()
        self._rest()
        if self.world.now_ns % LOOK_NS == 0:
            self._look()

    def _look(self) -> None:
        """Let the cameras look, and note where everybody is."""
        now_ns = self.world.now_ns
        if now_ns % POSES_NS == 0:
            self._waiting.append(
                TruePoses(t_ns=now_ns, source="truth", people=self._shoppers.people(), items=self.world.displaced())
            )
        if self._cameras.due(now_ns):
            self.world.draw()
        self._waiting += self._cameras.capture(now_ns)

    def _collect(self, until_ns: int) -> None:
        """Fetch what gates, readers and scales have to report."""
        for id_, port in self.ports.items():
            if id_ not in self._cameras.ports:
                self._waiting += port.read(until_ns)
        self._waiting += self.world.counter.read(until_ns)

    def _rest(self) -> None:
        """Note since when nothing more happens."""
        if not (self._shoppers.finished and self.world.calm) or self.world.counter.busy:
            self._rested_since_ns = None
        elif self._rested_since_ns is None:
            self._rested_since_ns = self.world.now_ns


def _next_frame_ns(now_ns: int) -> int:
    """Return when the frame after the one at now_ns ends; frames are counted, since 1/60 s is no whole number."""
    frame = round(now_ns * SAMPLE_HZ / SECOND) + 1
    return frame * SECOND // SAMPLE_HZ


def _own_shoppers(stage: Stage, plans: Sequence[ShopperPlan], seed: int) -> Shoppers:
    """Return the twin's own cast."""
    from twin.shopper.cast import Cast  # not needed where tests bring their own

    return Cast(stage, plans, seed)


class _OwnCameras:
    """The twin's own cameras, as a source needs them."""

    def __init__(
        self, scene: Scene, store: Store, renderer: Renderer | None, seed: int, noise: bool, audited: bool
    ) -> None:
        from twin.cameras import CameraRig  # brings compiled code; tests may bring their own
        from twin.raster import layered_renderer
        from twin.raster.look import REAL

        drawn_by = renderer or layered_renderer(look=REAL)
        self.renderer = drawn_by.name
        cameras, errors = store.layout.cameras, store.camera_noise
        self._rig = CameraRig(scene, cameras, drawn_by, seed, noise, errors, store.imagers, audited)

    def due(self, now_ns: int) -> bool:
        """Whether any of them looks now."""
        return self._rig.due(now_ns)

    def capture(self, now_ns: int) -> list[Frame]:
        """Take every picture that is due, and return the frames that arrive by now."""
        return self._rig.capture(now_ns)

    @property
    def ports(self) -> dict[str, Port]:
        """The cameras by id."""
        return dict(self._rig.cameras)
