"""Drivers that cannot be opened, that fail later, that hang: each tells its cause and hides no other."""

import subprocess
import sys
import threading

import pytest

from contracts.errors import DeviceUnavailable, UsageError
from devices.shim.client import Bench
from devices.shim.connection import Shim
from devices.shim.host import serve
from tests.devices.shim.desk import Desk, Drawer, desks

GONE = DeviceUnavailable("no such port", where="/dev/desk", found="nothing", hint="plug it in")

NEVER = """
import threading
from devices.shim.client import Bench
from devices.shim.host import serve
from tests.devices.shim.desk import desks

devices = desks("a")
devices["a"].hangs = threading.Event()
with serve(devices, within_s=0.2) as shim:
    with Bench(shim.address) as bench:
        try:
            bench.ports["a"].read(0)
        except Exception as error:
            print(error.what)
print("ended")
"""


def test_a_device_that_cannot_be_opened_is_listed_with_its_cause() -> None:
    broken = Drawer("broken")
    broken.fails = GONE
    with serve({"broken": broken.offer, "well": Desk("well")}) as shim, Shim(shim.address) as looker:
        listed = {device.info.id: device for device in looker.list()}
        assert (listed["broken"].open, listed["well"].open) == (False, True)
        assert (listed["broken"].line, listed["broken"].protocol) == ("/dev/desk", "scanner/desk")
        trouble = listed["broken"].trouble
        assert trouble is not None
        assert (trouble.what, trouble.found, trouble.hint) == ("no such port", "nothing", "plug it in")
        Bench(shim.address, ids=["well"]).close()
        with pytest.raises(DeviceUnavailable, match="no such port"):
            Bench(shim.address)
        assert looker.leases().held == [], "what came of it is nobody's"


def test_a_device_is_opened_when_somebody_wants_it_and_it_is_there_by_then() -> None:
    late = Drawer()
    late.fails = GONE
    with serve({"scanner-1": late.offer}) as shim, Shim(shim.address) as looker:
        late.fails = None
        with Bench(shim.address) as bench:
            assert bench.ports["scanner-1"].read(0) == []
        late.opened.clear()
        (found,) = looker.probe()
        assert (found.probed.identity, found.probed.firmware) == ("Desk & Sons, no. 7", "1.2")
        assert late.opened == [], "it was open"


def test_all_that_cannot_be_opened_are_told_at_once() -> None:
    drawers = {id_: Drawer(id_) for id_ in ("a", "b")}
    for id_, drawer in drawers.items():
        drawer.fails = DeviceUnavailable(f"no cable at {id_}")
    told = r"(?s)2 devices cannot be had.*no cable at a.*no cable at b"
    offers = {id_: drawer.offer for id_, drawer in drawers.items()}
    with serve(offers) as shim, pytest.raises(DeviceUnavailable, match=told):
        Bench(shim.address)


def test_a_driver_that_lost_its_device_is_opened_anew_for_the_next_lease() -> None:
    drawer = Drawer()
    with serve({"scanner-1": drawer.offer}) as shim:
        with Bench(shim.address) as bench:
            drawer.opened[0].fails["read"] = GONE
            for _ in range(2):
                with pytest.raises(DeviceUnavailable, match="no such port"):
                    bench.ports["scanner-1"].read(0)
            drawer.opened[0].fails.clear()
            assert bench.ports["scanner-1"].read(0) == [], "it came back by itself"
            drawer.opened[0].fails["read"] = drawer.opened[0].fails["safe_state"] = GONE
            with pytest.raises(DeviceUnavailable, match="no such port"):
                bench.ports["scanner-1"].read(0)
        with Bench(shim.address) as bench:
            assert bench.ports["scanner-1"].read(0) == []
    assert [desk.closed for desk in drawer.opened] == [True, True]


def test_a_probe_shows_every_device_whatever_is_wrong_with_one() -> None:
    devices = desks("a", "b", "c")
    devices["b"].fails["probe"] = GONE
    with serve(devices) as shim, Bench(shim.address, ids=["c"], holder="ana"), Shim(shim.address) as looker:
        found = {each.listed.info.id: each for each in looker.probe()}
        assert found["a"].probed.round_trip_ns == 3_000_000
        assert found["b"].trouble is not None
        assert found["b"].trouble.hint == "plug it in"
        assert found["c"].busy.startswith("ana since ")
        assert devices["c"].done == [], "nobody asks a device that is in use"
        with pytest.raises(UsageError, match="no such device here"):
            looker.probe(["d"])


def test_a_driver_that_hangs_holds_up_no_other() -> None:
    devices = desks("a", "b")
    devices["a"].hangs = threading.Event()
    with serve(devices, within_s=0.2) as shim, Bench(shim.address) as bench, Shim(shim.address) as looker:
        with pytest.raises(DeviceUnavailable, match="the driver hangs"):
            bench.ports["a"].read(0)
        assert bench.ports["b"].read(0) == []
        with pytest.raises(DeviceUnavailable, match=r"(?s)a at .*the driver hangs.*read has not returned for"):
            bench.ports["a"].fault(None)
        with pytest.raises(DeviceUnavailable, match="the driver hangs"):
            bench.read(0)
        assert [device.trouble is None for device in looker.list()] == [False, True]
        bench.close()
        with pytest.raises(DeviceUnavailable, match="read has not returned for"):
            Bench(shim.address)
        assert [found.trouble is None for found in looker.probe()] == [False, True]
        assert devices["b"].done[-1] == "probe"
        assert "safe_state" in devices["b"].done
        assert looker.leases().held == []
        devices["a"].hangs.set()
    assert "fault None" not in devices["a"].done, "what was given up is not done later"


def test_a_driver_that_breaks_in_its_own_way_is_named() -> None:
    devices = desks("a")
    devices["a"].fails["read"] = ZeroDivisionError("division by zero")
    told = r"(?s)a at .*the driver failed.*ZeroDivisionError"
    with serve(devices) as shim, Bench(shim.address) as bench, pytest.raises(DeviceUnavailable, match=told):
        bench.ports["a"].read(0)


def test_a_shim_ends_although_a_driver_never_returns() -> None:
    done = subprocess.run([sys.executable, "-c", NEVER], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (0, "the driver hangs\nended\n"), done.stderr
