"""A bench as data: which devices are real, which are put on wires, and where they are hosted."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from contracts.clock import SECOND
from contracts.document import Document
from devices.drivers.kind import NoOptions, Options

DEFAULT_TTL_NS = 10 * SECOND


@dataclass(frozen=True, slots=True, kw_only=True)
class BenchDevice:
    """One device that is not the twin's. Exactly one of `driver`, `at` and `recording` is given.

    Args:
        id: device id, as in the store's layout.
        driver: its driver's name, when `rig devices serve` of this file hosts it.
        line: URL of what it hangs on.
        options: its settings, of the driver's own class.
        at: "host:port" of another shim that hosts it.
        recording: the recording that plays it.
        by_hand: whether a person at the bench serves it, told by prompts what to do.
        tags: what tests may need of it.
    """

    id: str
    driver: str = ""
    line: str = ""
    options: Options = field(default_factory=NoOptions)
    at: str = ""
    recording: Path | None = None
    by_hand: bool = False
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposed:
    """One of the twin's own devices that a run puts on a wire.

    Args:
        id: device id.
        emulator: name of the driver whose device is emulated.
        line: "pty:PATH" or "listen://HOST:PORT".
        options: its settings, of the driver's own class.
    """

    id: str
    emulator: str
    line: str
    options: Options = field(default_factory=NoOptions)


@dataclass(frozen=True, slots=True)
class Place:
    """A place of labgrid.

    Args:
        name: as `labgrid-client -p` takes it.
        coordinator: "host:port", "" for that of the environment.
    """

    name: str
    coordinator: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BenchFile:
    """A bench.

    Args:
        path: the file.
        about: one sentence: what it is.
        store: name or path of the store that it stands for, "" when any.
        tags: what tests may need of it.
        listen: "host:port" where its shim hosts the devices with a driver, "" when it has none.
        ttl_ns: how long a lease lasts without a sign of life.
        tls: folder of certificates, None on loopback without.
        place: of labgrid, held while the devices are in use; None for a bench that labgrid does not lend.
        devices: in the order of the file.
        exposed: in the order of the file.
        document: where each key stands, for complaints.
    """

    path: Path
    about: str
    store: str = ""
    tags: tuple[str, ...] = ()
    listen: str = ""
    ttl_ns: int = DEFAULT_TTL_NS
    tls: Path | None = None
    place: Place | None = None
    devices: tuple[BenchDevice, ...] = ()
    exposed: tuple[Exposed, ...] = ()
    document: Document = field(compare=False, repr=False)

    @property
    def hosted(self) -> tuple[BenchDevice, ...]:
        """The devices that a shim of this file hosts."""
        return tuple(device for device in self.devices if device.driver)

    @property
    def addresses(self) -> tuple[str, ...]:
        """Where shims are to be found, each once."""
        own = (self.listen,) if self.hosted else ()
        return tuple(dict.fromkeys((*own, *(device.at for device in self.devices if device.at))))

    @property
    def all_tags(self) -> frozenset[str]:
        """The tags of the bench and of its devices."""
        return frozenset(self.tags).union(*(device.tags for device in self.devices))
