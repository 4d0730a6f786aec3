"""Devices that fall silent: when they are told of, and when the scenario wants it so."""

import pytest

from contracts.clock import SECOND
from contracts.errors import DeviceUnavailable
from contracts.ports import FaultKind
from rig.mixed.watch import MENDING_NS, PATIENCE_NS, Watch

SILENT = DeviceUnavailable("the reader fell silent", where="scanner-in", found="nothing", hint="check its power")


def looks(watch: Watch, begin_s: int, end_s: int) -> None:
    """Look each second at a device that is silent all the time."""
    for second in range(begin_s, end_s):
        watch.look({"scanner-in": SILENT}, second * SECOND)


def test_silence_is_told_with_device_time_and_what_to_try() -> None:
    watch, late_s = Watch(), PATIENCE_NS // SECOND
    looks(watch, 7, 7 + late_s)
    with pytest.raises(DeviceUnavailable) as told:
        looks(watch, 7 + late_s, 8 + late_s)
    text = str(told.value)
    assert text.startswith("scanner-in, 7.0 s into the run: the reader fell silent")
    assert "try: check its power" in text


def test_a_device_that_comes_back_in_time_is_not_told_of() -> None:
    watch = Watch()
    for second in range(0, 40, 3):
        looks(watch, second, second + 2)
        watch.look({}, (second + 2) * SECOND)


def test_silence_that_the_scenario_wants_is_none_and_afterwards_it_has_its_time() -> None:
    watch = Watch()
    switch = watch.knowing("scanner-in", lambda _: True)
    switch(FaultKind.OFF)
    looks(watch, 0, 30)
    switch(None)
    last_s = (MENDING_NS + PATIENCE_NS) // SECOND
    looks(watch, 30, 30 + last_s)
    with pytest.raises(DeviceUnavailable, match="fell silent"):
        looks(watch, 30 + last_s, 32 + last_s)


def test_a_fault_that_a_device_cannot_have_excuses_nothing() -> None:
    watch = Watch()
    watch.knowing("scanner-in", lambda kind: kind is None)(FaultKind.WRONG)
    with pytest.raises(DeviceUnavailable, match="fell silent"):
        looks(watch, 0, 9)
