"""Devices are asked who they are before a run begins."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from contracts.errors import DeviceUnavailable
from contracts.ports import PortInfo, PortKind
from devices.probing import Probed
from devices.shim.look import Listed, Looked
from rig.mixed.roll_call import roll_call


class Shim:
    """Has devices, some of them dead."""

    def __init__(self, *dead: str) -> None:
        self.dead, self.asked = dead, 0

    def probe(self, ids: Sequence[str] = ()) -> Sequence[Looked]:
        self.asked += 1
        return [self._looked(id_) for id_ in ids]

    def _looked(self, id_: str) -> Looked:
        trouble = DeviceUnavailable("it is silent", where=id_) if id_ in self.dead else None
        return Looked(Listed(PortInfo(id_, PortKind.GATE), "", "", True, trouble), Probed(), "", trouble)


def test_a_bench_that_answers_lets_the_run_begin() -> None:
    shim, idle = Shim(), Shim()
    roll_call([(shim, ["a", "b"]), (idle, [])])
    assert (shim.asked, idle.asked) == (1, 0)


def test_the_one_dead_device_is_told_as_it_is() -> None:
    with pytest.raises(DeviceUnavailable, match=r"^b: it is silent$"):
        roll_call([(Shim("b"), ["a", "b"])])


def test_all_dead_devices_are_told_at_once() -> None:
    with pytest.raises(DeviceUnavailable, match=r"2 devices(.|\n)*a: it is silent(.|\n)*c: it is silent"):
        roll_call([(Shim("a"), ["a", "b"]), (Shim("c"), ["c"])])
