"""The ports' suite on recordings: a test runs once on live devices, which are recorded, then on what was recorded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from contracts import ports
from contracts.clock import VirtualClock
from contracts.codes.shown import hidden
from contracts.record import Record
from contracts.records import Direction, Setup
from contracts.run import RunStart
from rig.mixed.recorded import recorded_port
from rig.recording.recorder import Recorder
from tests.contract.rigs import Rig

CANNOT = {
    "test_a_gate_that_is_off_obeys_nobody_and_says_nothing": "the past cannot fail any more",
    "test_a_scanner_that_is_off_reads_nothing": "the past cannot fail any more",
}
"""Tests that cannot hold for a recording, and why. All others do: orders change nothing, but the same ones were given
when it was made."""


class Noting(Rig):
    """Live devices; what they say and who crossed is kept."""

    def __init__(self, live: Rig) -> None:
        super().__init__(live.twin, live.devices, live.wires, live.clock)
        self.said: list[Record] = []
        self.crossed: list[bool] = []
        self._read_ns: dict[str, int] = {}

    def advance(self, device: str, until_ns: int) -> list[Record]:
        """Let time pass."""
        records = super().advance(device, until_ns)
        # Kept as delivered: what was said at the very end of the last reading came with this one.
        after_ns = self._read_ns.get(device, -1)
        self.said += [replace(said, t_ns=max(said.t_ns, after_ns + 1)) for said in records]
        self._read_ns[device] = until_ns
        return records

    def cross(self, gate: str, direction: Direction) -> bool:
        """Let a body cross."""
        self.crossed.append(super().cross(gate, direction))
        return self.crossed[-1]


class Replayed(Rig):
    """Devices that a recording plays; bodies cross as they did."""

    def __init__(self, live: Noting, devices: dict[str, ports.Port]) -> None:
        super().__init__(live.twin, devices, {}, VirtualClock())
        self._crossed = iter(live.crossed)

    def advance(self, device: str, until_ns: int) -> list[Record]:
        """Return what a device said up to then."""
        return list(self.devices[device].read(until_ns))

    def cross(self, gate: str, direction: Direction) -> bool:
        """Tell whether the body that crossed then had leave."""
        return next(self._crossed)

    def code(self, shown: bytes) -> bytes:
        """Return what is kept of a code: recordings hold digests of codes that may open something."""
        return hidden(shown)


def replayed(live: Rig, check: Callable[..., object], arguments: dict[str, Any], path: Path) -> Rig:
    """Run a test on live devices, record them, and return the recording's devices for the same test.

    Args:
        live: the devices.
        check: the test.
        arguments: of the test, beside its rig.
        path: of the recording.
    """
    if why := CANNOT.get(check.__name__):
        pytest.skip(f"not of a recording: {why}")
    noting = Noting(live)
    check(noting, **arguments)
    record(live, noting.said, path)
    found: dict[str, ports.Port] = {}
    for id_, port in live.devices.items():
        # What neither the store has nor was heard of cannot be told from a recording.
        if id_ in live.twin.ports or any(said.source == id_ for said in noting.said):
            found[id_] = recorded_port(id_, path)
            assert found[id_].info.kind is port.info.kind
    return Replayed(noting, found)


def record(live: Rig, said: Sequence[Record], path: Path) -> None:
    """Write what some devices said."""
    start = RunStart(t_ns=0, source="rig", scenario="contract", store="small", seed=3)
    setup = Setup(t_ns=0, source="rig", layout=live.twin.layout)
    with Recorder(path, start) as recorder:
        recorder.write([setup, *sorted(said, key=lambda record: record.t_ns)])
