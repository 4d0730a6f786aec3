"""The commands on a bench whose devices are there: hosted, listed, asked, watched, taken away, let go."""

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from contracts.errors import LeaseLost
from contracts.records import Scan
from devices.drivers.kind import Emulated
from devices.shim.client import Bench
from rig.bench import read
from tests.rig.devices.lab import ENV, end, rig, serving, wired, write_bench

pytestmark = pytest.mark.slow  # starts a dozen commands and shims


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_bench(tmp_path_factory.mktemp("lab"))


@pytest.fixture(scope="module")
def devices(bench: Path) -> Iterator[dict[str, Emulated]]:
    with wired(bench) as found:
        yield found


def test_a_bench_without_a_shim_is_probed_by_opening_its_devices(bench: Path, devices: dict[str, Emulated]) -> None:
    done = rig("probe", bench, "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    rack, scanner = json.loads(done.stdout)
    assert (scanner["id"], scanner["driver"], scanner["firmware"]) == (
        "scanner-in",
        "scanner/zebra-ssi",
        "EMULATED-1.0",
    )
    assert scanner["round_trip_ms"] > 0
    assert (rack["id"], rack["ok"], rack["round_trip_ms"]) == ("gondola-1", True, None)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_shim_ends_cleanly(bench: Path, devices: dict[str, Emulated], number: signal.Signals) -> None:
    with serving(bench, "--only", "scanner-in") as shim:
        code, said = end(shim, number)
    assert code == 0, said
    assert said.splitlines() == ["stopping: every device goes to its safe state", "stopped"]


def test_what_a_shim_has_and_who_holds_it(bench: Path, devices: dict[str, Emulated]) -> None:
    with serving(bench) as shim:
        probed = rig("probe", bench)
        assert probed.returncode == 0, probed.stdout
        assert "firmware EMULATED-1.0" in probed.stdout
        assert "clock " in probed.stdout
        with Bench(read(bench).listen, holder="a test", ids=["scanner-in"]) as held:
            (listed,) = json.loads(rig("list", bench, "--json").stdout)
            holders = {each["id"]: each["held"] and each["held"]["holder"] for each in listed["devices"]}
            assert holders == {"gondola-1": None, "scanner-in": "a test"}
            refused = rig("release", bench, "scanner-in")
            assert refused.returncode == 4
            assert "a test" in refused.stderr
            taken = rig("release", bench, "scanner-in", "--force")
            assert taken.stdout == "scanner-in: taken from a test, safe and free\n"
            with pytest.raises(LeaseLost):
                held.ports["scanner-in"].safe_state()
        assert rig("release", bench, "--force").stdout == "nobody holds them\n"
        assert end(shim)[0] == 0


def test_watching_hides_codes_and_ends_with_ctrl_c(bench: Path, devices: dict[str, Emulated]) -> None:
    with serving(bench, "--only", "scanner-in") as shim, showing(devices["scanner-in"]):
        command = [sys.executable, "-m", "rig.cli", "devices", "watch", str(bench), "scanner-in"]
        watch = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=ENV)
        assert watch.stdout is not None
        said = []
        for line in watch.stdout:
            said.append(line)
            if "scanner-in: a code of 12 bytes ]Q1" in line:
                break
        watch.send_signal(signal.SIGINT)
        rest, _ = watch.communicate(timeout=60)
        assert watch.returncode == 0, rest
        assert said[0] == "watching scanner-in; Ctrl-C ends it\n"
        assert "secret" not in "".join([*said, rest])
        assert end(shim)[0] == 0


@contextmanager
def showing(scanner: Emulated) -> Iterator[None]:
    """Hold a code before a scanner, every 700 ms: the driver takes the same one once while it is held there."""
    ended = threading.Event()

    def show() -> None:
        while not ended.wait(0.7):
            scanner.live(Scan(t_ns=0, source="scanner-in", code=b"secret-codes"))

    thread = threading.Thread(target=show)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def test_a_line_that_no_bench_knows_is_tried(bench: Path, devices: dict[str, Emulated]) -> None:
    path = read(bench).exposed[0].line.removeprefix("pty:")
    done = rig("probe", path)
    assert done.returncode == 0, done.stdout
    assert f"{path}: ok, scanner/zebra-ssi" in done.stdout
    scale = read(bench).devices[1].line
    done = rig("probe", scale)
    assert f"{scale}: ok, scale/hx711-80" in done.stdout
