"""Kills clients at drawn moments, and looks at what becomes of their devices."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from contracts.clock import MILLISECOND, SECOND
from contracts.seeds import stream
from devices.shim.client import Bench
from devices.shim.host import Host, serve
from devices.shim.leases import lasts_ns
from tests.devices.shim.desk import Desk, desks
from tests.devices.shim.waiting import until

TTL_S = 1.0
LONGEST_LIFE_S = 0.4
_UNDER_WAY_NS = 20 * MILLISECOND
SLACK_NS = 2 * SECOND
"""For a machine that has other things to do than to wake the shim's thread; the lease itself has none."""


@dataclass(frozen=True, slots=True)
class Killed:
    """What became of one client's devices.

    Args:
        held: whether it had them when it died.
        uses: calls that a device had from it.
        free_ns: from its death until its devices were safe and free.
    """

    held: bool
    uses: int
    free_ns: int


def kill_many(times: int, seed: int) -> Sequence[Killed]:
    """Kill so many clients, one after another, and hold what happens to the rules."""
    devices, lives = desks("a", "b"), stream(seed, "lives").uniform(0, LONGEST_LIFE_S, times)
    found = []
    with serve(devices) as shim:
        victim = _born(shim)
        for life in lives:
            heir = _born(shim)
            found.append(_kill(shim, devices, victim, round(life * SECOND)))
            victim = heir
        victim.kill()
        victim.communicate()
        Bench(shim.address).close()  # all can still be had
    return found


def _kill(shim: Host, devices: Mapping[str, Desk], victim: subprocess.Popen[str], life_ns: int) -> Killed:
    clock, table = shim.holding.clock, shim.holding.table
    for desk in devices.values():
        desk.done.clear()
    assert victim.stdin is not None
    assert victim.stdout is not None
    assert victim.stdout.readline() == "there\n"
    victim.stdin.write("go\n")
    victim.stdin.flush()
    clock.wait_until(clock.now_ns + life_ns)
    victim.kill()
    victim.communicate()
    killed_ns = clock.now_ns
    # What was under way to the shim when it died still comes through.
    clock.wait_until(killed_ns + _UNDER_WAY_NS)
    held = [lease for lease in table.leases if lease.asked.holder == "victim"]
    assert all(lease.until_ns <= killed_ns + _UNDER_WAY_NS + lasts_ns(round(TTL_S * SECOND)) for lease in held)
    until(lambda: not table.leases and all(table.holder(id_) is None for id_ in devices), "freedom of its devices")
    free_ns = clock.now_ns - killed_ns
    assert free_ns <= TTL_S * SECOND + SLACK_NS
    for desk in devices.values():
        assert desk.done.count("safe_state") == bool(held or desk.done), "once, and by the shim"
        assert not desk.done or desk.done[-1] == "safe_state", "nothing moved after it was safe"
    return Killed(bool(held), len(devices["a"].done), free_ns)


def _born(shim: Host) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.devices.shim.victim", shim.address, str(TTL_S), "a", "b"]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
