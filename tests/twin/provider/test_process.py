"""The provider as a process: it is found by its health call, remembers over a kill, and ends when it is told."""

from __future__ import annotations

import http.client
import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from contracts.checkout import PaymentAction, PaymentOutcome
from contracts.errors import DeviceUnavailable, UsageError
from stack.money.provider_client import ProviderClient
from tests.twin.provider.test_provider import order
from twin.provider.__main__ import main

_A, _O = PaymentAction, PaymentOutcome


@contextmanager
def provider(state: Path, *options: str) -> Iterator[tuple[ProviderClient, subprocess.Popen[str]]]:
    command = [sys.executable, "-m", "twin.provider", "--state", str(state), *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            yield ProviderClient(process.stdout.readline().strip(), timeout_s=30), process
        finally:
            process.kill()


def test_it_remembers_over_a_kill_and_takes_its_port_over(tmp_path: Path) -> None:
    state = tmp_path / "provider.db"
    with provider(state, "--quick") as (client, process):
        assert client.healthy()
        first = client.exchange(0, [order("a", _A.AUTHORISE, 500)])
        port = str(client._port)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert not client.healthy()
        with pytest.raises(DeviceUnavailable, match="does not answer"):
            client.exchange(1, [])
    with provider(state, "--quick", "--port", port) as (client, process):
        taken = client.exchange(2, [order("b", _A.CAPTURE, 400)])
        again = client.exchange(3, [order("a", _A.AUTHORISE, 500), order("a", _A.AUTHORISE, 501)])
        assert [result.outcome for result in [*taken, *again]] == [_O.APPROVED, _O.APPROVED, _O.MISMATCH]
        assert again[0].reference == first[0].reference
        process.terminate()
        assert process.wait(20) == 0


def test_it_takes_the_time_from_the_bench(tmp_path: Path) -> None:
    with provider(tmp_path / "p.db") as (client, _):
        client.request(order("a", _A.AUTHORISE, 500))
        assert client.read(0) == []
        assert [result.outcome for result in client.read(60 * 10**9)] == [_O.APPROVED]
        assert client.read(61 * 10**9) == []


def test_what_is_no_order_is_refused_and_not_remembered(tmp_path: Path) -> None:
    with provider(tmp_path / "p.db", "--quick") as (client, _):
        with pytest.raises(DeviceUnavailable, match="refused"):
            client.exchange(0, [order("a", _A.AUTHORISE, 1, "no-such-oddity")])
        for method, path, body, status in [
            ("POST", "/exchange", "{}", 400),
            ("POST", "/elsewhere", "{}", 404),
            ("GET", "/", "", 404),
        ]:
            connection = http.client.HTTPConnection(client._host, client._port, timeout=30)
            connection.request(method, path, body)
            reply = connection.getresponse()
            assert (reply.status, list(json.loads(reply.read()))) == (status, ["error"])
            connection.close()
        assert client.exchange(0, [order("a", _A.AUTHORISE, 1)])[0].outcome is _O.APPROVED


def test_wrong_places_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--state", str(tmp_path / "no" / "file.db")]) == 4
    assert "not a provider's memory" in capsys.readouterr().err
    with pytest.raises(UsageError, match="on this machine"):
        ProviderClient("http://example.org:80")


def test_it_starts_without_heavy_libraries() -> None:
    code = "import sys, twin.provider.__main__, stack.money.desk, stack.money.provider_client, stack.money.sqlite_store"
    heavy = "print(sorted({'numpy', 'pybullet', 'cv2', 'grpc', 'pydantic', 'psycopg'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", f"{code}; {heavy}"], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
