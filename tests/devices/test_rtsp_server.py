"""The server on real sockets: pictures to many, none of whom can hold it up."""

import queue
import socket
from collections.abc import Iterator

import pytest

from contracts.errors import PortInUse
from devices.rtsp.message import Inbox, Interleaved
from devices.rtsp.rtp import Picture, rtp_time
from devices.rtsp.sdp import Stream
from devices.rtsp.server import RtspServer

STREAM = Stream("shop c1", (bytes.fromhex("6742c016da"), bytes.fromhex("68ce06f2")), 10.0)
KEY = Picture((b"\x67a", b"\x68b", b"\x65" + b"k" * 40), 5_000_000_000, key=True)
NEXT = Picture((b"\x41" + b"p" * 20,), 5_100_000_000, key=False)
STUCK_S = 20.0


class Running:
    """A server, and the paths that clients began to play."""

    def __init__(self) -> None:
        self.began: queue.Queue[str] = queue.Queue()
        self.links: list[socket.socket] = []
        streams = {"c1": STREAM, "c2": STREAM}
        self.server = RtspServer("127.0.0.1", 0, streams, now=lambda: 6_000_000_000, began=self.began.put)


@pytest.fixture
def running() -> Iterator[Running]:
    made = Running()
    yield made
    made.server.close()
    for link in made.links:
        link.close()


class Client:
    """A client of one camera."""

    def __init__(self, running: Running, path: str = "c1", transport: str = "RTP/AVP/TCP;interleaved=0-1") -> None:
        self.link = socket.create_connection(("127.0.0.1", running.server.port), STUCK_S)
        running.links.append(self.link)
        self.running, self.path, self.inbox = running, path, Inbox()
        self.packets: list[Interleaved] = []
        self.url = f"rtsp://127.0.0.1:{running.server.port}/{path}"
        answer = self.ask("SETUP", f"Transport: {transport}")
        assert answer.startswith("RTSP/1.0 200 OK"), answer
        self.session = next(line for line in answer.splitlines() if line.startswith("Session:")).partition(";")[0]
        self.answer = answer

    def ask(self, method: str, header: str) -> str:
        self.link.sendall(f"{method} {self.url} RTSP/1.0\r\nCSeq: 1\r\n{header}\r\n\r\n".encode())
        text = b""
        while not text.endswith(b"\r\n\r\n"):
            got = self.link.recv(1)
            assert got, f"hung up after {text!r}"
            text += got
        return text.decode()

    def play(self) -> None:
        assert self.ask("PLAY", self.session).startswith("RTSP/1.0 200 OK")
        assert self.running.began.get(timeout=STUCK_S) == self.path

    def hear(self, count: int) -> list[Interleaved]:
        """Return the next packets."""
        while len(self.packets) < count:
            data = self.link.recv(65536)
            assert data, "hung up"
            self.packets += [m for m in self.inbox.receive(data) if isinstance(m, Interleaved)]
        taken, self.packets = self.packets[:count], self.packets[count:]
        return taken


def test_a_client_begins_with_a_report_and_a_key_frame(running: Running) -> None:
    client = Client(running)
    assert not running.server.watched("c1")
    client.play()
    assert running.server.watched("c1")
    assert not running.server.watched("c2")
    running.server.publish("c1", NEXT)  # nothing to begin with
    running.server.publish("c2", KEY)  # another camera's
    running.server.publish("c1", KEY)
    running.server.publish("c1", NEXT)
    report, *packets = client.hear(5)
    assert (report.channel, report.packet[1]) == (1, 200)
    # The first report speaks of the first picture's time, so that clients count from zero.
    assert report.packet[16:20] == packets[0].packet[4:8] == rtp_time(KEY.taken_ns).to_bytes(4, "big")
    assert [packet.channel for packet in packets] == [0] * 4
    assert packets[-1].packet[4:8] == rtp_time(NEXT.taken_ns).to_bytes(4, "big")


def test_over_udp_packets_come_from_the_ports_that_were_named(running: Running) -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as rtp, socket.socket(type=socket.SOCK_DGRAM) as rtcp:
        for end in (rtp, rtcp):
            end.bind(("127.0.0.1", 0))
            end.settimeout(STUCK_S)
        ports = f"{rtp.getsockname()[1]}-{rtcp.getsockname()[1]}"
        client = Client(running, transport=f"RTP/AVP;unicast;client_port={ports}")
        client.play()
        running.server.publish("c1", KEY)
        report, source = rtcp.recvfrom(2048)
        packet, media = rtp.recvfrom(2048)
        assert report[1] == 200
        assert packet[28:] == KEY.units[0]
        assert media[1] % 2 == 0
        assert f"server_port={media[1]}-{source[1]}" in client.answer
        running.server.close()
        assert rtcp.recv(2048)[-8:-4] == bytes.fromhex("81cb0001")  # goodbye


def test_a_client_that_does_not_read_is_dropped_and_the_others_see_everything(running: Running) -> None:
    slow, quick = Client(running), Client(running)
    slow.play()
    quick.play()
    large = Picture((b"\x65" + b"k" * 200_000,), 0, key=True)
    for _ in range(100):  # 20 MB, far more than sockets hold
        running.server.publish("c1", large)
        heard: list[Interleaved] = []
        while not (heard and heard[-1].packet[1] & 0x7F == 96 and heard[-1].packet[1] & 0x80):
            heard += quick.hear(1)
    assert running.server.dropped == 1


def test_noise_is_answered_once_and_hung_up_on(running: Running) -> None:
    with socket.create_connection(("127.0.0.1", running.server.port), STUCK_S) as link:
        link.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        assert link.recv(4096).startswith(b"RTSP/1.0 400 Bad Request\r\n")
        assert link.recv(4096) == b""


def test_nobody_watches_once_clients_have_gone(running: Running) -> None:
    client = Client(running)
    client.play()
    assert client.ask("TEARDOWN", client.session).startswith("RTSP/1.0 200 OK")
    assert not running.server.watched("c1")


def test_goodbye_ends_every_client_and_can_be_said_twice(running: Running) -> None:
    client = Client(running)
    client.play()
    running.server.publish("c1", KEY)
    client.hear(4)
    running.server.close()
    running.server.close()
    (bye,) = client.hear(1)
    assert bye.packet[-8:-4] == bytes.fromhex("81cb0001")
    assert client.link.recv(4096) == b""


def test_a_port_that_is_taken_is_named(running: Running) -> None:
    with pytest.raises(PortInUse, match=rf"rtsp://127\.0\.0\.1:{running.server.port}"):
        RtspServer("127.0.0.1", running.server.port, {"c1": STREAM}, now=lambda: 0, began=lambda _: None)
