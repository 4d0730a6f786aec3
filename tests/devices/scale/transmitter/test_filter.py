"""What an emulated transmitter shows follows its load as a filter lets it."""

from __future__ import annotations

from contracts.clock import MILLISECOND
from tests.devices.scale.transmitter.bench import Bench


def test_a_filter_smooths_a_swing_and_ends_at_the_load() -> None:
    shown = {}
    for filter_ms in (0, 250):
        bench = Bench("laumas", filter_ns=filter_ms * MILLISECOND)
        bench.device.load(1000.0)
        bench.run(1.0)
        swing = []
        for number in range(40):
            bench.device.load(1000.0 + (20.0 if number % 2 else -20.0))
            swing += bench.grams(0.05)
        bench.device.load(700.0)
        bench.run(1.5)
        shown[filter_ms] = (max(swing) - min(swing), bench.grams(0.2)[-1])
    assert shown[0] == (40.0, 700.0)
    assert 0 < shown[250][0] < 15.0
    assert shown[250][1] == 700.0
