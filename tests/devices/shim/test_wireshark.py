"""Wireshark reads what a client and a shim say to each other, by the project's own .proto files."""

import shutil
import socket
import subprocess
import threading
from pathlib import Path

import pytest

from devices.shim.client import Bench
from devices.shim.host import serve
from tests.devices.shim.desk import desks

pytestmark = pytest.mark.peer

ROOT = Path(__file__).parents[3]
PROTOS = Path("contracts/proto/v1")


def test_wireshark_reads_every_message(tmp_path: Path) -> None:
    if not (shutil.which("tshark") and shutil.which("text2pcap")):
        pytest.skip("tshark is not installed: run ci/peers")
    with serve(desks("desk-7")) as shim:
        tap = Tap(shim.port)
        with Bench(f"127.0.0.1:{tap.port}", holder="ana") as bench:
            port = bench.ports["desk-7"]
            port.fault(None)
            port.read(77)
        tap.close()
    told = dissected(tap.said, tmp_path)
    for path in ("Devices/List", "Leases/Acquire", "Devices/Fault", "Devices/Read", "Leases/Release"):
        assert f"/walkout.v1.{path}" in told
    for word in ("walkout-token", "ttl_ns", "until_ns", "holder", "desk-7"):
        assert word in told
    assert "Malformed" not in told
    assert "malformed" not in told


class Tap:
    """Passes bytes on between a client and a shim, and keeps them: who said it ("O" the client), and what."""

    def __init__(self, to: int) -> None:
        self.said: list[tuple[str, bytes]] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._to = to
        self._thread = threading.Thread(target=self._pass)
        self._thread.start()

    def close(self) -> None:
        """Wait until both have hung up."""
        self._thread.join()
        self._listener.close()

    def _pass(self) -> None:
        near, _ = self._listener.accept()
        with near, socket.create_connection(("127.0.0.1", self._to)) as far:
            back = threading.Thread(target=self._copy, args=("I", far, near))
            back.start()
            self._copy("O", near, far)
            back.join()

    def _copy(self, who: str, source: socket.socket, sink: socket.socket) -> None:
        while data := source.recv(65536):
            self.said.append((who, data))
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)


def dissected(said: list[tuple[str, bytes]], folder: Path) -> str:
    """Return all that Wireshark makes of a conversation."""
    dump, capture = folder / "wire.txt", folder / "wire.pcap"
    dump.write_text("".join(f"{who}\n000000 {data.hex(' ')}\n\n" for who, data in said))
    subprocess.run(["text2pcap", "-q", "-D", "-T", "50000,50071", dump, capture], check=True, capture_output=True)
    # Wireshark reads every .proto file below its path: it gets these and no others.
    protos = folder / "protos"
    shutil.copytree(ROOT / PROTOS, protos / PROTOS, ignore=shutil.ignore_patterns("*.py*"))
    settings = [
        f'uat:protobuf_search_paths:"{protos}","TRUE"',
        "protobuf.preload_protos:TRUE",
        "protobuf.show_details:TRUE",
    ]
    options = [word for setting in settings for word in ("-o", setting)]
    command = ["tshark", "-r", capture, "-d", "tcp.port==50071,http2", *options, "-V"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout
