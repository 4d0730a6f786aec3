"""From what a bench file says to a port, or to an emulator on a wire."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from contracts.clock import Clock
from contracts.errors import UsageError
from contracts.layout import CameraInfo
from contracts.ports import Port
from devices.drivers.kind import DriverKind, Emulated, Options, Wanted
from devices.palm.seams import Palms
from devices.shared import Shared


def nobody(other: str) -> Port:
    """Refuse to find another device: there is none beside this one.

    Raises:
        UsageError: always.
    """
    raise UsageError(
        f"no other device is hosted beside it, so there is no {other}", expected="a device of the same bench"
    )


def open_device(
    kind: DriverKind,
    device: str,
    line: str,
    clock: Clock,
    *,
    options: Options | None = None,
    plates: Sequence[str] = (),
    other: Callable[[str], Port] = nobody,
    camera: CameraInfo | None = None,
    shared: Shared | None = None,
    palms: Palms | None = None,
) -> Port:
    """Open a device.

    Args:
        kind: its driver.
        device: device id.
        line: URL of what it hangs on.
        clock: of the bench.
        options: of the kind's own class; None for what it has by default.
        plates: plate ids, of a scale.
        other: finds another device of the same shim.
        camera: calibration, of a camera.
        shared: what it shares with other devices of the bench; None for nothing.
        palms: for palm readers that send pictures.

    Raises:
        DeviceUnavailable: it is not there; says why and what to try.
    """
    return kind.make(_wanted(kind, device, line, clock, options, plates, other, camera, shared, palms))


def open_exposed(
    kind: DriverKind,
    device: str,
    line: str,
    clock: Clock,
    *,
    options: Options | None = None,
    plates: Sequence[str] = (),
    camera: CameraInfo | None = None,
    shared: Shared | None = None,
    palms: Palms | None = None,
) -> Emulated:
    """Put an emulator on a wire.

    Args:
        kind: what is emulated.
        device: device id.
        line: "pty:PATH" or "listen://HOST:PORT".
        clock: of the bench.
        options: of the kind's own class; None for what it has by default.
        plates: plate ids, of a scale.
        camera: calibration, of a camera.
        shared: what it shares with other devices of the bench; None for nothing.
        palms: for palm readers that send pictures.

    Raises:
        UsageError: there is no emulator of that kind.
        PortInUse: the line is taken.
    """
    if kind.emulate is None:
        raise UsageError("there is no emulator of that kind", where=device, found=kind.name)
    return kind.emulate(_wanted(kind, device, line, clock, options, plates, nobody, camera, shared, palms))


def _wanted(
    kind: DriverKind,
    device: str,
    line: str,
    clock: Clock,
    options: Options | None,
    plates: Sequence[str],
    other: Callable[[str], Port],
    camera: CameraInfo | None,
    shared: Shared | None,
    palms: Palms | None,
) -> Wanted:
    said = kind.options() if options is None else options
    columns = tuple(plates)
    return Wanted(device, line, clock, said, columns, other, camera, shared or Shared(), palms)
