"""The devices of a bench file as a shim hosts them: each with how to open it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from contracts.clock import Clock
from contracts.document import raise_all
from contracts.errors import UsageError
from contracts.layout import Layout
from contracts.ports import Port, PortInfo, PortKind
from devices.drivers.kind import DriverKind
from devices.drivers.opening import open_device
from devices.drivers.registry import Registry, load
from devices.shared import Shared
from devices.shim.offer import Offer
from rig.bench.knowing import PALMS
from rig.bench.late import LateScreen
from rig.bench.model import BenchDevice, BenchFile
from rig.bench.stores import camera_of, plates_of

_LACKING = {
    PortKind.SCALE: ("which plates it has", "a rack with plates"),
    PortKind.CAMERA: ("how it is calibrated", "a camera"),
}


def offers(
    bench: BenchFile, layout: Layout | None, registry: Registry | None = None, *, only: Sequence[str] = ()
) -> Mapping[str, Offer]:
    """Return what a shim of a bench file hosts, by id.

    Args:
        bench: the bench.
        layout: its store, which says what plates a scale has and how a camera is calibrated; None when it is not known.
        registry: drivers; None for all that are installed.
        only: ids; none for all.

    Raises:
        UsageError: `only` names what the bench does not host.
        BadFile: a scale whose plates nobody knows, a camera without calibration.
    """
    hosted = {each.id: each for each in bench.hosted}
    strangers = [name for name in only if name not in hosted]
    if strangers:
        raise UsageError(
            f"the bench hosts no {strangers[0]}",
            where=str(bench.path),
            expected=f"one of {', '.join(hosted)}" if hosted else "a device with a driver",
        )
    kinds = registry or load()
    wanted = [(each, kinds.find(each.driver)) for each in hosted.values() if not only or each.id in only]
    _check_known(bench, layout, wanted)
    opened: dict[str, Port] = {}
    shared = Shared()
    return {each.id: _offer(each, kind, layout, opened, shared) for each, kind in wanted}


def _offer(
    device: BenchDevice, kind: DriverKind, layout: Layout | None, opened: dict[str, Port], shared: Shared
) -> Offer:
    plates = plates_of(layout, device.id) if layout and kind.kind is PortKind.SCALE else ()
    camera = camera_of(layout, device.id) if layout else None

    def open_it(clock: Clock) -> Port:
        opened[device.id] = open_device(
            kind,
            device.id,
            device.line,
            clock,
            options=device.options,
            plates=plates,
            other=partial(LateScreen, opened=opened),
            camera=camera,
            shared=shared,
            palms=PALMS,
        )
        return opened[device.id]

    return Offer(PortInfo(device.id, kind.kind, kind.about), open_it, device.line, kind.name)


def _check_known(bench: BenchFile, layout: Layout | None, wanted: Sequence[tuple[BenchDevice, DriverKind]]) -> None:
    """Complain of scales whose plates are not known, and of cameras that are not, before anything is opened."""
    raise_all(
        [
            bench.document.bad(
                f"nothing says {what}", "devices", each.id,
                expected=f"{a_device} in the store {layout.name}" if layout else "a store",
                hint="name the store in the bench file, `store: NAME`, or give --store",
            )
            for each, kind in wanted
            for what, a_device in [_LACKING.get(kind.kind, ("", ""))]
            if what and not (layout and (plates_of(layout, each.id) or camera_of(layout, each.id)))
        ]
    )  # fmt: skip
