"""What a driver has to say of itself, so that a bench file can name it.

A package of your own adds drivers by the entry point `walkout_rig.drivers`: a sequence of `DriverKind`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from pydantic import BaseModel, ConfigDict

from contracts.clock import Clock
from contracts.layout import CameraInfo
from contracts.ports import FaultKind, Port, PortKind
from contracts.record import Record
from contracts.records import AnswerRecord
from devices.palm.seams import Palms
from devices.shared import Shared

ENTRY_POINT = "walkout_rig.drivers"


class Options(BaseModel):
    """Settings of one device that a bench file may give beside its driver and its line; each driver has its own.

    A field with an alias (`shown_by` written as `shown by`) takes its own name too, for builders in Python.
    """

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, validate_by_name=True, validate_by_alias=True
    )


class NoOptions(Options):
    """For drivers that need no settings."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One device, as a bench file wants it.

    Args:
        id: device id, as in the store's layout.
        line: URL of what it hangs on, as `devices.line` and `devices.modbus` take them; "" for drivers without one.
        clock: of the bench; a driver stamps its records by it.
        options: its settings, of the driver's own class.
        plates: plate ids of a scale's columns, empty for everything else.
        other: another device of the same shim by its id: the screen that shows codes to a scanner.
        camera: a camera's calibration, None for everything else.
        shared: what the devices of one bench share: lines that several of them hang on.
        palms: who knows and who draws palms, for readers that send pictures; None where nobody does.
    """

    id: str
    line: str
    clock: Clock
    options: Options
    plates: tuple[str, ...]
    other: Callable[[str], Port]
    camera: CameraInfo | None = None
    shared: Shared = field(default_factory=Shared)
    palms: Palms | None = None


class Emulated(Protocol):
    """A device that is not there, at the far end of a line. The twin drives it: it lives what the twin's own one lives.

    It holds no thread: `work` is called every few milliseconds.
    """

    def work(self) -> None:
        """Hear what came over the line, and say what is due."""

    def live(self, record: Record) -> None:
        """Live what the twin's own device of this kind reported: a code held before it, a load, a body that passed."""

    def orders(self) -> Sequence[AnswerRecord]:
        """Return what the wire has asked of it since the last call, for the twin's own device to do."""

    def fault(self, kind: FaultKind | None) -> bool:
        """Begin a fault, or end it with None; return whether it can have it."""

    def close(self) -> None:
        """Let go of the line; may be called twice."""


@dataclass(frozen=True, slots=True)
class DriverKind:
    """One kind of device.

    Args:
        name: as a bench file says it: "scanner/zebra-ssi".
        kind: the port that it makes.
        about: what it is, in a line.
        make: opens it; raises DeviceUnavailable with the cause and what to try.
        options: the class of its settings.
        emulate: makes an emulator of it, at the far end of such a line; None where there is none.
        places: what it takes of a line that others may hang on too, by URL and settings: "modbus/unit 1/relay 0". None
            for one that wants a line to itself.
    """

    name: str
    kind: PortKind
    about: str
    make: Callable[[Wanted], Port]
    options: type[Options] = NoOptions
    emulate: Callable[[Wanted], Emulated] | None = None
    places: Callable[[str, Options], Sequence[str]] | None = None
