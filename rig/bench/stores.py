"""Whether a store has the devices that a bench names, and as what."""

from __future__ import annotations

from collections.abc import Iterator

from contracts.document import nearest, raise_all
from contracts.errors import BadFile
from contracts.layout import CameraInfo, GateInfo, Layout
from contracts.ports import PortKind
from contracts.trade import TillInfo
from devices.drivers.registry import Registry, load
from rig.bench.model import BenchFile


def check_in_store(bench: BenchFile, layout: Layout, registry: Registry | None = None) -> None:
    """Complain of devices that a store has not, or has as something else.

    Args:
        bench: the bench.
        layout: the store.
        registry: drivers that it may name; None for all that are installed.

    Raises:
        BadFile: lists all complaints.
    """
    raise_all(list(_problems(bench, devices_of(layout), registry or load(), layout.name)))


def devices_of(layout: Layout) -> dict[str, PortKind]:
    """Return every device of a store, and what it is."""
    found = {camera.id: PortKind.CAMERA for camera in layout.cameras}
    found |= {rack.id: PortKind.SCALE for rack in layout.gondolas if rack.plates}
    for gate in layout.gates:
        found[gate.id] = PortKind.GATE
    places: tuple[GateInfo | TillInfo, ...] = (*layout.gates, *layout.tills)
    for place in places:
        found |= {place.scanner: PortKind.SCANNER, place.palm_reader: PortKind.PALM_READER}
        found |= {place.screen: PortKind.SCREEN, place.bio_reader: PortKind.BIO_READER}
    found |= {till.terminal: PortKind.CARD_TERMINAL for till in layout.tills}
    found |= {layout.provider: PortKind.PAYMENT_PROVIDER}
    found.pop("", None)
    return found


def plates_of(layout: Layout, device: str) -> tuple[str, ...]:
    """Return the plate ids of a device, none for everything but racks."""
    rack = layout.gondola.get(device)
    return tuple(plate.id for plate in rack.plates) if rack else ()


def camera_of(layout: Layout, device: str) -> CameraInfo | None:
    """Return the calibration of a device, None for everything but cameras."""
    return next((camera for camera in layout.cameras if camera.id == device), None)


def _problems(bench: BenchFile, there: dict[str, PortKind], registry: Registry, store: str) -> Iterator[BadFile]:
    named = [("devices", each.id, each.driver) for each in bench.devices]
    named += [("exposed", each.id, each.emulator) for each in bench.exposed]
    # A display at the bench is no device of the store: a scanner names it.
    displays = {name for each in bench.devices if (name := getattr(each.options, "shown_by", ""))}
    for part, device, driver in named:
        kind = registry.kinds.get(driver)
        if device not in there:
            if device not in displays:
                yield bench.document.bad(
                    f"the store {store} has no such device", part, device,
                    expected=f"one of {', '.join(sorted(there))}", found=f"'{device}'", hint=nearest(device, there),
                )  # fmt: skip
        elif kind is not None and kind.kind is not there[device]:
            yield bench.document.bad(
                f"it is something else in the store {store}", part, device,
                expected=f"a driver of a {there[device]}", found=f"{driver}, of a {kind.kind}",
            )  # fmt: skip
