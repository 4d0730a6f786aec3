"""Two hundred clients of a shim die by SIGKILL, each at a drawn moment. `make crash` runs this."""

from __future__ import annotations

import statistics
from collections.abc import Callable

import pytest

from contracts.clock import MILLISECOND
from tests.devices.shim.killing import kill_many

Report = Callable[[str, object], None]
pytestmark = [pytest.mark.crash, pytest.mark.timeout(1_200)]


def test_every_device_is_safe_and_free_after_each_of_200_kills(record_testsuite_property: Report) -> None:
    killed = kill_many(200, seed=1)
    free_ms = [each.free_ns / MILLISECOND for each in killed if each.held]
    assert len(free_ms) > 100, "too many died before they had anything"
    record_testsuite_property("kills", len(killed))
    record_testsuite_property("kills with devices in hand", len(free_ms))
    record_testsuite_property("free after ms, median", statistics.median(free_ms))
    record_testsuite_property("free after ms, most", max(free_ms))
