"""A bench, opened for one run: what of the twin is put on wires, and the devices that shims have."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from contracts.clock import SECOND, WallClock
from contracts.layout import Layout
from contracts.ports import Port
from devices.drivers.opening import open_exposed
from devices.drivers.registry import load
from devices.shared import Shared
from devices.shim.client import Bench
from devices.shim.tls import client_tls
from rig.bench import BenchFile, read
from rig.bench.knowing import PALMS
from rig.bench.stores import camera_of, check_in_store
from rig.mixed.exposures import Exposures
from rig.mixed.local_shim import local_shim
from rig.mixed.prompts import Prompts
from rig.mixed.recorded import recorded_port
from rig.mixed.roll_call import roll_call
from rig.mixed.source import MixedSource, Shim, Twin
from rig.mixed.watch import Watch
from twin.faults import Switch


@dataclass(frozen=True, slots=True)
class Wires:
    """What a run has beside the twin.

    Args:
        shims: who hosts devices.
        recorded: devices of which a recording is left, by id.
        exposed: the twin's own that are on wires.
        prompts: for whoever serves some of them by hand.
        clock: of the run.
        watch: learns what fails because the scenario wants it.
    """

    shims: Sequence[Shim]
    recorded: Mapping[str, Port]
    exposed: Exposures
    prompts: Prompts
    clock: WallClock
    watch: Watch = field(default_factory=Watch)

    @property
    def switches(self) -> dict[str, Switch]:
        """Return what makes each device fail: the emulator where there is one, else the device as far as it can."""
        found: dict[str, Switch] = {id_: port.fault for id_, port in self.recorded.items()}
        found |= {id_: port.fault for shim in self.shims for id_, port in shim.ports.items()}
        found |= {id_: partial(self.exposed.fault, id_) for id_ in self.exposed.ids}
        return {id_: self.watch.knowing(id_, switch) for id_, switch in found.items()}

    def beside(self, twin: Twin) -> MixedSource:
        """Return the twin with these in place of its own."""
        return MixedSource(twin, self.shims, self.recorded, self.exposed, self.prompts, self.clock, self.watch)


def _say(line: str) -> None:
    """Tell a person at the bench."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


@contextmanager
def strung(
    path: Path, layout: Layout, clock: WallClock, *, serve: Path | None = None, tell: Callable[[str], None] = _say
) -> Iterator[Wires]:
    """Open everything that a bench file names; let go of it afterwards.

    Args:
        path: the bench file.
        layout: the store of the run.
        clock: of the run.
        serve: file of the run's store, where the shim that hosts the bench's drivers is to be started here.
        tell: gets each prompt for a person at the bench.

    Raises:
        BadFile: the bench file is wrong, or not for this store.
        DeviceUnavailable: a device or its lease cannot be had.
    """
    bench = read(path)
    check_in_store(bench, layout)
    with ExitStack() as stay:
        exposed = stay.enter_context(closing(_exposed(bench, layout, clock)))
        exposed.begin()
        if serve is not None and bench.hosted:
            stay.enter_context(local_shim(path, serve))
        shims = [stay.enter_context(closing(_leased(bench, address))) for address in bench.addresses]
        # The twin's own answer only when the run's time goes on.
        roll_call([(shim.shim, [id_ for id_ in shim.ports if id_ not in exposed]) for shim in shims])
        recorded = {each.id: recorded_port(each.id, each.recording) for each in bench.devices if each.recording}
        yield Wires(shims, recorded, exposed, Prompts(_by_hand(bench, layout), tell), clock)


def _exposed(bench: BenchFile, layout: Layout, clock: WallClock) -> Exposures:
    """Put emulators on wires; those before one that cannot be put there are taken off again."""
    registry = load()
    plates = {gondola.id: [plate.id for plate in gondola.plates] for gondola in layout.gondolas}
    with ExitStack() as undo:
        emulated, shared = {}, Shared()
        for each in bench.exposed:
            kind, columns = registry.find(each.emulator), plates.get(each.id, [])
            camera = camera_of(layout, each.id)
            device = open_exposed(
                kind,
                each.id,
                each.line,
                clock,
                options=each.options,
                plates=columns,
                camera=camera,
                shared=shared,
                palms=PALMS,
            )
            undo.callback(device.close)
            emulated[each.id] = device
        undo.pop_all()
    return Exposures(emulated)


def _by_hand(bench: BenchFile, layout: Layout) -> dict[str, Sequence[str]]:
    """Return the devices that a person serves; of a scale its plates."""
    plates = {gondola.id: [plate.id for plate in gondola.plates] for gondola in layout.gondolas}
    return {each.id: plates.get(each.id, []) for each in bench.devices if each.by_hand}


def _leased(bench: BenchFile, address: str) -> Bench:
    """Lease the devices of one shim that the bench file names, and no others."""
    own = [each.id for each in bench.hosted] if address == bench.listen else []
    wanted = [*own, *(each.id for each in bench.devices if each.at == address)]
    credentials = client_tls(bench.tls) if bench.tls else None
    return Bench(address, ttl_s=bench.ttl_ns / SECOND, ids=wanted, credentials=credentials)
