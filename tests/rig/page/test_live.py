"""The live page: everybody gets everything, on this machine alone, and nobody slows the run."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from contracts.errors import PortInUse, StackDied, UsageError
from rig.loop import Progress
from rig.page.live import Live, going_live
from rig.page.live.follow import followed
from rig.page.live.log import Log
from rig.page.live.server import parsed
from rig.page.model import RunHead
from tests.rig.page.shop import KEY, SECRET, records

HEAD = RunHead(scenario="wrong_cart", store="corner-shop", seed=3)
# Only how long a test waits before it calls a server stuck.
STUCK_S = 60.0


@pytest.fixture
def live() -> Iterator[Live]:
    with going_live("127.0.0.1:0", HEAD) as served:
        yield served


def play(live: Live) -> None:
    """Let a run go by, ten records a tick."""
    told = records()
    for i in range(0, len(told), 10):
        live.on_progress(Progress(told[i].t_ns, 0, told[i : i + 10], ()))


def get(live: Live, path: str, **headers: str) -> tuple[int, bytes]:
    at = urlsplit(live.url)
    line = HTTPConnection(at.hostname or "", at.port, timeout=STUCK_S)
    line.request("GET", path, headers=headers)
    answer = line.getresponse()
    return answer.status, answer.read()


def messages(body: bytes) -> list[dict[str, Any]]:
    lines = [line.removeprefix("data: ") for line in body.decode().splitlines()]
    return [json.loads(line) for line in lines if line.startswith("{")]


def test_who_comes_late_gets_everything_and_the_verdict(live: Live, wrong: Path) -> None:
    play(live)
    live.finish(wrong)
    live._log.close()
    status, body = get(live, "/events")
    told = messages(body)
    assert status == 200
    assert told[0]["run"]["scenario"] == "wrong_cart"
    assert sum(len(batch.get("people", {}).get("ana", [])) for batch in told) == 150
    assert sum(len(batch.get("shots", {}).get("c1", [])) for batch in told) == 30
    assert told[-1]["end"]["outcome"] == "fail"
    assert body.rstrip().endswith(b"event: over\ndata:")
    for secret in (SECRET, KEY):
        assert secret not in body


def test_who_was_cut_off_goes_on_where_they_were(live: Live, wrong: Path) -> None:
    play(live)
    live.finish(wrong)
    live._log.close()
    whole = messages(get(live, "/events")[1])
    last = len(whole) - 2
    assert messages(get(live, "/events", **{"Last-Event-ID": str(last)})[1]) == whole[last + 1 :]


def test_a_browser_that_reads_nothing_holds_up_neither_the_run_nor_the_end(wrong: Path) -> None:
    with going_live("127.0.0.1:0", HEAD) as live:
        at = urlsplit(live.url)
        idle = socket.create_connection((at.hostname, at.port))
        idle.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        idle.sendall(b"GET /events HTTP/1.1\r\nHost: %b\r\n\r\n" % at.netloc.encode())
        for _ in range(5):
            play(live)
        live.finish(wrong)
    idle.close()


def test_a_run_that_fails_says_why() -> None:
    live = Live("127.0.0.1:0", HEAD)
    with pytest.raises(StackDied), followed(live):
        raise StackDied("the stack died")
    told, over = live._log.after(0)
    assert over
    assert json.loads(told[-1])["end"]["troubles"] == ["the stack died"]


def test_it_serves_one_page_to_its_own_name_alone(live: Live) -> None:
    status, body = get(live, "/")
    assert status == 200
    assert b'data-live="events"' in body
    assert get(live, "/", Host="evil.example")[0] == 403
    assert get(live, "/events", Host="evil.example:80")[0] == 403
    assert get(live, "/../etc/passwd")[0] == 404


@pytest.mark.parametrize(
    "address", ["0.0.0.0:0", "192.168.1.4:80", "example.org:80", "127.0.0.1", "127.0.0.1:x", ":70000"]
)
def test_only_an_address_of_this_machine_will_do(address: str) -> None:
    with pytest.raises(UsageError, match="--live"):
        parsed(address)


def test_a_port_that_is_taken_is_told(live: Live) -> None:
    with pytest.raises(PortInUse), going_live(urlsplit(live.url).netloc, HEAD):
        pass


def test_a_log_wakes_who_waits_and_lets_them_go_at_the_end() -> None:
    log = Log()
    log.add(b"1")
    assert log.after(0) == ([b"1"], False)
    assert log.after(1, wait_s=0.01) == ([], False)
    log.close()
    assert log.after(1) == ([], True)
