"""Tokens are looked at when the device is about to act, not only when the call comes in."""

import threading
from contextlib import suppress

import pytest

from contracts.clock import SECOND, WallClock
from contracts.errors import LeaseHeld, WalkoutError
from contracts.ports import PortInfo, PortKind, Scanner
from devices.shim.client import Bench
from devices.shim.connection import Shim
from devices.shim.host import serve
from devices.shim.remote import RemoteScanner
from tests.devices.shim.desk import desks
from tests.devices.shim.waiting import until


def test_a_lease_of_one_device_moves_no_other() -> None:
    devices = desks("a", "b")
    with serve(devices) as shim, Bench(shim.address, ids=["a"]) as bench, Bench(shim.address, ids=["b"], holder="ben"):
        stranger = RemoteScanner(bench, PortInfo("b", PortKind.SCANNER))
        for use in (lambda: stranger.present(b"x"), lambda: stranger.read(0), stranger.safe_state):
            with pytest.raises(LeaseHeld, match=r"(?s)b: this lease does not cover.*one of a.*held by ben"):
                use()
        assert devices["b"].done == []
        bench.ports["a"].safe_state()  # its own lease is as good as before


def test_an_order_that_waits_for_its_turn_is_not_carried_out_after_the_lease_was_lost() -> None:
    devices = desks("a")
    devices["a"].hangs = threading.Event()
    with serve(devices, within_s=5) as shim, Bench(shim.address) as bench, Shim(shim.address) as other:
        port = bench.ports["a"]
        assert isinstance(port, Scanner)

        def use(act: object) -> None:
            with suppress(WalkoutError):
                act()  # type: ignore[operator]

        reads = threading.Thread(target=use, args=(lambda: port.read(0),))
        reads.start()
        until(lambda: shim.devices["a"].busy, "the read")
        waits = threading.Thread(target=use, args=(lambda: port.present(b"late"),))
        waits.start()
        clock = WallClock()
        clock.wait_until(
            SECOND // 5
        )  # until the order stands behind the read; if it does not yet, it is refused sooner
        takes = threading.Thread(target=other.take)
        takes.start()
        until(lambda: not other.leases().held, "the end of the lease")
        devices["a"].hangs.set()
        for thread in (reads, waits, takes):
            thread.join()
    assert devices["a"].done == ["read", "safe_state"]
