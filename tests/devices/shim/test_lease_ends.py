"""However a lease ends, each device goes to its safe state and is free; and whoever had it is told."""

import threading

import pytest

from contracts.clock import SECOND
from contracts.errors import DeviceUnavailable, LeaseHeld, LeaseLost
from devices.shim.client import Bench
from devices.shim.connection import Shim
from devices.shim.host import serve
from devices.shim.leases import Asked
from tests.devices.shim.desk import desks
from tests.devices.shim.waiting import until


def test_a_released_device_is_safe_and_free_at_once() -> None:
    devices = desks("a", "b")
    with serve(devices) as shim:
        with Bench(shim.address, ids=["a"]) as first:
            first.ports["a"].read(0)
            with pytest.raises(LeaseHeld, match=r"a is held by .*process"):
                Bench(shim.address)
        with Bench(shim.address, holder="ben") as second:
            assert [lease.holder for lease in second.shim.leases().held] == ["ben"]
    assert devices["a"].done == ["read", "safe_state", "safe_state"]
    assert devices["b"].done == ["safe_state"]


def test_a_bench_may_be_closed_twice_and_used_no_more() -> None:
    with serve(desks("a")) as shim:
        bench = Bench(shim.address)
        bench.close()
        bench.close()
        with pytest.raises(DeviceUnavailable, match="the connection is closed"):
            bench.ports["a"].safe_state()


def test_a_client_that_falls_silent_loses_its_devices() -> None:
    devices = desks("a", "b")
    with serve(devices) as shim, Shim(shim.address) as silent:
        token = shim.holding.acquire(Asked("somebody", frozenset({"a", "b"}), SECOND // 5)).token
        silent.token = token
        until(lambda: not silent.leases().held, "the end of the lease")
        until(lambda: all(desk.done == ["safe_state"] for desk in devices.values()), "safe states")
        with pytest.raises(LeaseLost, match=r"no heartbeat within 0\.18 s"):
            silent.offset()
        until(lambda: shim.holding.holder("a") is None)
        Bench(shim.address, ids=["a"]).close()


def test_a_heartbeat_keeps_a_lease_for_longer_than_its_time_to_live() -> None:
    with serve(desks("a")) as shim, Bench(shim.address, ttl_s=0.3) as bench:
        ends = {shim.holding.table.next_end_ns}
        until(lambda: ends.add(shim.holding.table.next_end_ns) or len(ends) > 8, "eight heartbeats")
        assert bench.ports["a"].read(0) == []
        assert len(bench.shim.leases().held) == 1


@pytest.mark.parametrize("use", ["read", "safe_state"])
def test_a_lease_taken_by_force_is_lost_at_the_next_use_and_tells_who_has_it(use: str) -> None:
    devices = desks("a")
    with serve(devices) as shim, Bench(shim.address, holder="ana") as bench, Shim(shim.address) as other:
        port = bench.ports["a"]
        port.read(0)
        (ended,) = other.take(by="ben")
        assert (ended.holder, ended.devices) == ("ana", ("a",))
        assert devices["a"].done == ["read", "safe_state"]
        with pytest.raises(LeaseLost, match="ben took it by force") as caught:
            port.read(1) if use == "read" else port.safe_state()
        assert caught.value.exit_code == 8
        with pytest.raises(LeaseLost, match="ben took it by force"):
            bench.read(2)
        assert devices["a"].done == ["read", "safe_state"], "nothing moved after it was safe"


def test_one_device_that_cannot_be_made_safe_keeps_no_other_from_it() -> None:
    devices = desks("a", "b", "c")
    devices["b"].fails["safe_state"] = RuntimeError("stuck open")
    with serve(devices) as shim:
        Bench(shim.address).close()
        with Shim(shim.address) as looker:
            troubles = {device.info.id: device.trouble for device in looker.list()}
            assert looker.leases().held == []
        assert (devices["a"].done, devices["c"].done) == (["safe_state"], ["safe_state"])
        assert troubles["a"] is troubles["c"] is None
        assert "RuntimeError: stuck open" in str(troubles["b"])
        Bench(shim.address).close()  # all are free, b too


def test_one_who_waits_gets_the_devices_when_they_are_free() -> None:
    devices = desks("a", "b")
    with serve(devices) as shim, Shim(shim.address) as looker:
        first = Bench(shim.address, holder="ana", ids=["a"])
        got: list[Bench] = []
        waits = threading.Thread(target=lambda: got.append(Bench(shim.address, holder="ben", wait_s=30)))
        waits.start()
        until(lambda: looker.leases().waiting, "a place in the queue")
        assert [(place.holder, place.devices) for place in looker.leases().waiting] == [("ben", ("a", "b"))]
        with pytest.raises(LeaseHeld, match="b is waited for by ben"):
            Bench(shim.address, ids=["b"])
        first.close()
        waits.join()
        assert [lease.holder for lease in looker.leases().held] == ["ben"]
        got[0].close()


def test_a_shim_that_stops_brings_everything_to_its_safe_state() -> None:
    devices = desks("a", "b")
    shim = serve(devices)
    bench = Bench(shim.address)
    bench.ports["a"].read(0)
    shim.close()
    assert devices["a"].done == ["read", "safe_state"]
    with pytest.raises(DeviceUnavailable):
        bench.ports["a"].read(1)
    with pytest.raises(DeviceUnavailable):
        bench.close()
