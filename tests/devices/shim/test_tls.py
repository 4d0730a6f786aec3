"""Mutual TLS over real sockets: who is let in, and what is said to whoever is not."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from contracts.errors import BadFile, DeviceUnavailable, UsageError
from contracts.proto.v1.devices_pb2 import Empty
from devices.shim.certificates import make_certificates
from devices.shim.client import Bench
from devices.shim.connection import Shim
from devices.shim.host import Host, serve
from devices.shim.tls import ClientTls, client_tls, server_tls
from tests.devices.shim.desk import desks

HERE = ("localhost", "127.0.0.1", "::1")
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make_certificates(tmp_path / "certs", HERE, ["laptop", "ci"])
    return tmp_path / "certs"


@pytest.fixture
def shim(folder: Path) -> Iterator[Host]:
    with serve(desks("a"), host="0.0.0.0", tls=server_tls(folder)) as shim:
        yield shim


def at(shim: Host) -> str:
    return f"127.0.0.1:{shim.port}"


def refused(shim: Host, credentials: ClientTls | None) -> str:
    with pytest.raises(DeviceUnavailable) as caught:
        Shim(at(shim), credentials).list()
    assert caught.value.hint
    return str(caught.value)


def test_a_client_on_the_list_uses_devices_and_is_named_by_its_certificate(folder: Path, shim: Host) -> None:
    with Bench(at(shim), holder="ana", credentials=client_tls(folder, "laptop")) as bench:
        bench.ports["a"].safe_state()
        assert bench.read(0) == {"a": []}
        with pytest.raises(DeviceUnavailable, match=r"a is held by ana \(certificate laptop\)"):
            Bench(at(shim), credentials=client_tls(folder, "ci"))


def test_another_client_cannot_use_a_token_that_it_got_hold_of(folder: Path, shim: Host) -> None:
    with (
        Bench(at(shim), credentials=client_tls(folder, "laptop")) as bench,
        Shim(at(shim), client_tls(folder, "ci")) as thief,
    ):
        thief.token = bench.shim.token
        with pytest.raises(DeviceUnavailable, match="belongs to another client"):
            thief.offset()
        with pytest.raises(DeviceUnavailable, match="belongs to another client"):
            thief.ask(thief._leases.Renew, Empty())


def test_a_name_taken_off_the_list_is_out_at_once(folder: Path, shim: Host) -> None:
    with Shim(at(shim), client_tls(folder, "ci")) as looker:
        looker.list()
        (folder / "allowed.txt").write_text("# ci has left\nlaptop\n")
        with pytest.raises(DeviceUnavailable, match=r"(?s)not on the bench's allow list.*one of laptop.*'ci'"):
            looker.list()


def test_a_client_of_another_bench_is_told_that_its_authority_is_not_the_right_one(
    folder: Path, shim: Host, tmp_path: Path
) -> None:
    make_certificates(tmp_path / "other", HERE, ["laptop"])
    other = client_tls(tmp_path / "other", "laptop")
    told = refused(shim, other)
    assert "the shim's certificate is not to be trusted" in told
    assert "unable to get local issuer" in told or "self-signed" in told
    half = ClientTls(folder / "ca.pem", other.certificate, other.key)
    told = refused(shim, half)
    assert "the shim does not trust this client's certificate" in told
    assert "has not signed it" in told


def test_an_expired_certificate_of_a_client_is_named_with_its_date(folder: Path, shim: Host) -> None:
    make_certificates(folder, clients=["old"], now=LONG_AGO, days=31)
    told = refused(shim, client_tls(folder, "old"))
    assert "old.pem: it has expired on 2020-02-01" in told
    assert "rig devices certs" in told


def test_an_expired_certificate_of_the_shim_is_named(folder: Path) -> None:
    make_certificates(folder, HERE, now=LONG_AGO)
    with serve(desks("a"), tls=server_tls(folder)) as shim:
        told = refused(shim, client_tls(folder, "ci"))
    assert "the shim's certificate is not to be trusted" in told
    assert "certificate has expired" in told


def test_a_certificate_for_another_host_is_named(folder: Path) -> None:
    make_certificates(folder, ["bench-7.example"])
    with serve(desks("a"), tls=server_tls(folder)) as shim:
        assert "not valid for '127.0.0.1'" in refused(shim, client_tls(folder, "ci"))


def test_a_client_without_certificates_is_told_that_some_are_wanted(shim: Host) -> None:
    assert "perhaps a shim that wants certificates" in refused(shim, None)


def test_off_the_machine_there_are_certificates_or_nothing() -> None:
    for host in ("0.0.0.0", "::", "192.0.2.1", "bench.example"):
        with pytest.raises(UsageError, match="rig devices certs"):
            serve({}, host=host)


def test_private_keys_can_be_read_by_their_owner_only(folder: Path) -> None:
    keys = sorted(folder.rglob("*.key"))
    assert [key.name for key in keys] == ["ca.key", "ci.key", "laptop.key", "server.key"]
    assert {key.stat().st_mode & 0o777 for key in keys} == {0o600}
    assert {path.stat().st_mode & 0o777 for path in (folder, folder / "clients")} == {0o700}
    assert not list(folder.rglob("*.new"))


def test_a_second_round_keeps_the_authority_and_what_people_wrote_on_the_list(folder: Path) -> None:
    ca = (folder / "ca.pem").read_bytes()
    (folder / "allowed.txt").write_text("laptop  # Ana's")
    make_certificates(folder, clients=["laptop", "new"])
    assert (folder / "ca.pem").read_bytes() == ca
    assert (folder / "allowed.txt").read_text().splitlines() == ["laptop  # Ana's", "new"]


def test_names_that_cannot_be_ones_are_refused(tmp_path: Path) -> None:
    for client in ("../ca", "", "a b", "x" * 64):
        with pytest.raises(UsageError, match="no name for a certificate"):
            make_certificates(tmp_path, clients=[client])
    with pytest.raises(UsageError, match="nothing to make"):
        make_certificates(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_missing_files_are_named(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(BadFile, match=r"server\.key"):
        server_tls(tmp_path)
    with pytest.raises(BadFile, match=r"(?s)which client.*one of ci, laptop"):
        client_tls(folder)
    with pytest.raises(BadFile, match=r"(?s)no certificate of this client.*ben"):
        client_tls(folder, "ben")
    (folder / "ca.key").write_text("no key")
    with pytest.raises(BadFile, match=r"ca\.key"):
        make_certificates(folder, ["localhost"])
