"""Compiles all kernels once, so that the first run starts as quickly as any later one."""

from __future__ import annotations

import sys
from contextlib import closing

from contracts.clock import SECOND, Stopwatch
from contracts.records import Setup
from rig.keys import deployment_key
from rig.loop import TICK_NS, is_sensor
from rig.paths import find_scenario, find_store
from rig.scenario import read_scenario

SCENARIO = "walkout/buy_one.yaml"
# By then somebody has walked in and reached into a shelf: every kernel has been needed.
LONG_ENOUGH_NS = 11 * SECOND


def main() -> None:
    """Fill the compiler's cache by the beginning of a real visit; say how long it took."""
    from twin.raster.warm import compile_all

    watch = Stopwatch()
    compile_all()
    begin_a_visit()
    sys.stdout.write(f"kernels compiled in {watch.seconds:.1f} s\n")


def begin_a_visit() -> None:
    """Play the first seconds of a scenario through the twin and the stack, without recording them."""
    from stack.core import ReferenceStack
    from twin.source import TwinSource
    from twin.store import load_store

    scenario = read_scenario(find_scenario(SCENARIO)).scenario
    store = load_store(find_store(scenario.store))
    key = deployment_key(scenario.seed)
    setup = Setup(t_ns=0, source="rig", layout=store.layout, accounts=scenario.accounts, key=key)
    with (
        closing(TwinSource(store, scenario.shoppers, seed=scenario.seed, bodies="skinned")) as twin,
        closing(ReferenceStack()) as stack,
    ):
        stack.feed([setup], 0)
        for now_ns in range(0, LONG_ENOUGH_NS, TICK_NS):
            for answer in stack.feed([r for r in twin.read(now_ns) if is_sensor(r)], now_ns):
                twin.command(answer)


if __name__ == "__main__":
    main()
