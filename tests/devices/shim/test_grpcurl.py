"""grpcurl, a program of others on another implementation of gRPC, looks at a shim, leases devices and uses them."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from devices.shim.certificates import make_certificates
from devices.shim.host import Host, serve
from devices.shim.tls import server_tls
from tests.devices.shim.desk import Desk, desks

pytestmark = pytest.mark.peer

GRPCURL = Path(__file__).parents[3] / ".peers" / "grpc" / "bin" / "grpcurl"


@pytest.fixture(autouse=True)
def _installed() -> None:
    if not GRPCURL.exists():
        pytest.skip("grpcurl is not installed: run ci/peers")


@pytest.fixture
def devices() -> dict[str, Desk]:
    return desks("a", "b")


@pytest.fixture
def shim(devices: dict[str, Desk]) -> Iterator[Host]:
    with serve(devices) as shim:
        yield shim


def run(*words: str, said: str = "") -> subprocess.CompletedProcess[str]:
    command = [GRPCURL, "-max-time", "20", *words]
    return subprocess.run(command, check=False, input=said, capture_output=True, text=True, timeout=60)


def call(shim: Host, method: str, request: object, token: str = "") -> Any:
    header = ["-H", f"walkout-token: {token}"] if token else []
    done = run("-plaintext", *header, "-d", json.dumps(request), shim.address, f"walkout.v1.{method}")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_it_finds_the_services_by_reflection(shim: Host) -> None:
    listed = run("-plaintext", shim.address, "list").stdout.split()
    assert {"walkout.v1.Devices", "walkout.v1.Leases", "walkout.v1.Clocks", "walkout.v1.Gate"} < set(listed)
    described = run("-plaintext", shim.address, "describe", "walkout.v1.Leases").stdout
    assert "rpc Acquire ( .walkout.v1.LeaseRequest ) returns ( .walkout.v1.LeaseReply );" in described


def test_it_finds_every_service_in_good_health(shim: Host) -> None:
    for name in ("", "walkout.v1.Devices", "walkout.v1.Leases"):
        words = ("-plaintext", "-d", json.dumps({"service": name}), shim.address, "grpc.health.v1.Health/Check")
        assert json.loads(run(*words).stdout) == {"status": "SERVING"}


def test_it_leases_a_device_uses_it_and_gives_it_back(shim: Host, devices: dict[str, Desk]) -> None:
    wish = {"devices": ["a"], "holder": "ana", "ttlNs": str(30 * 10**9)}
    lease = call(shim, "Leases/Acquire", wish)["lease"]
    token = lease["token"]
    assert call(shim, "Scanner/Present", {"id": "a", "code": "eHl6"}, token) == {}
    read = json.dumps({"id": "a", "untilNs": "5"})
    words = ("-plaintext", "-H", f"walkout-token: {token}", "-d", "@", shim.address, "walkout.v1.Devices/Read")
    first, _, second = run(*words, said=read + read).stdout.partition("\n}")
    assert '"code": "eHl6"' in first
    assert "code" not in second
    assert call(shim, "Leases/List", {})["leases"][0]["holder"] == "ana"
    assert call(shim, "Leases/Release", {}, token)["ended"][0]["devices"] == ["a"]
    assert devices["a"].done == ["present xyz", "read", "read", "safe_state"]


def test_it_is_refused_without_a_lease_and_told_why(shim: Host) -> None:
    call(shim, "Leases/Acquire", {"holder": "ana", "ttlNs": str(30 * 10**9)})
    body = json.dumps({"id": "a", "code": "eHl6"})
    refused = run("-plaintext", "-d", body, shim.address, "walkout.v1.Scanner/Present").stderr
    assert "Code: FailedPrecondition" in refused
    assert "a, b: held by ana since" in refused
    again = run("-plaintext", "-d", '{"ttlNs": "1000000000"}', shim.address, "walkout.v1.Leases/Acquire").stderr
    assert "Code: ResourceExhausted" in again
    assert "a is held by ana since" in again


def test_it_is_let_in_by_its_certificate_alone(tmp_path: Path, devices: dict[str, Desk]) -> None:
    make_certificates(tmp_path, ["127.0.0.1"], ["ci"])
    files = [("-cacert", "ca.pem"), ("-cert", "clients/ci.pem"), ("-key", "clients/ci.key")]
    words = [word for flag, name in files for word in (flag, str(tmp_path / name))]
    with serve(devices, tls=server_tls(tmp_path)) as shim:
        found = json.loads(run(*words, shim.address, "walkout.v1.Devices/List").stdout)
        assert [device["id"] for device in found["devices"]] == ["a", "b"]
        assert run(*words[:2], shim.address, "walkout.v1.Devices/List").returncode != 0
        (tmp_path / "allowed.txt").write_text("laptop\n")
        assert "not on the bench's allow list" in run(*words, shim.address, "walkout.v1.Devices/List").stderr
