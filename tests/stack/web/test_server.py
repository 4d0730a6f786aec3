"""The server on real sockets: what a browser, a careless client and a rude one get."""

from __future__ import annotations

import errno
import http.client
import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from contracts.errors import PortInUse, UsageError
from stack.web.server import LONGEST_BODY, Server, serve
from tests.stack.web.shops import Shop


class Told(list[tuple[str, str]]):
    """Accounts and their links."""

    def hear(self, account: str, link: str) -> None:
        self.append((account, link))


@pytest.fixture
def served() -> Iterator[tuple[Server, Told]]:
    told = Told()
    with serve(Shop().live, tell=told.hear) as server:
        yield server, told


def ask(server: Server, method: str, path: str, body: str | None = None, **headers: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=10)
    connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
    response = connection.getresponse()
    response.content = response.read()  # type: ignore[attr-defined]
    connection.close()
    return response


def raw(server: Server, sent: bytes) -> bytes:
    url = urlsplit(server.url)
    with socket.create_connection((url.hostname, url.port), timeout=10) as sock:
        sock.sendall(sent)
        sock.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: sock.recv(4096), b""))


def test_it_listens_on_loopback_alone_and_invites(served: tuple[Server, Told]) -> None:
    server, told = served
    assert urlsplit(server.url).hostname == "127.0.0.1"
    server.invite()
    assert [account for account, _ in told] == ["ana", "ben"]
    assert all(link.startswith(f"{server.url}/sign-in?code=") for _, link in told)


def test_a_link_that_was_used_is_followed_by_the_next(served: tuple[Server, Told]) -> None:
    server, told = served
    server.invite()
    code = told[0][1].rpartition("=")[2]
    done = ask(server, "POST", "/sign-in", f"code={code}", Content_Type="application/x-www-form-urlencoded")
    assert done.status == 303
    assert told[-1][0] == "ana"
    assert code not in told[-1][1]
    page = ask(server, "GET", "/", Cookie=done.headers["Set-Cookie"].partition(";")[0])
    assert page.status == 200
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"


def test_every_answer_carries_the_rules(served: tuple[Server, Told]) -> None:
    for path in ("/sign-in", "/static/app.css", "/static/live.js", "/static/none.js", "/nothing", "/code/now"):
        headers = ask(served[0], "GET", path).headers
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "no-store"
        assert headers["Server"] == "walkout"


def test_no_path_leads_out_of_the_static_files(served: tuple[Server, Told]) -> None:
    for name in ("../server.py", "..%2fserver.py", "/etc/passwd", "", "app.css/"):
        assert ask(served[0], "GET", f"/static/{name}").status == 404


def test_head_gets_no_body(served: tuple[Server, Told]) -> None:
    response = ask(served[0], "HEAD", "/sign-in")
    assert (response.status, response.content) == (200, b"")  # type: ignore[attr-defined]
    assert int(response.headers["Content-Length"]) > 0
    host = urlsplit(served[0].url).netloc.encode()
    assert raw(served[0], b"HEAD /sign-in HTTP/1.1\r\nHost: " + host + b"\r\n\r\n").endswith(b"\r\n\r\n")


def test_too_large_a_form_and_one_without_a_length_are_refused(served: tuple[Server, Told]) -> None:
    assert ask(served[0], "POST", "/sign-in", "x" * (LONGEST_BODY + 1)).status == 413
    host = urlsplit(served[0].url).netloc.encode()
    for length in (b"", b"Content-Length: -1\r\n", "Content-Length: ²\r\n".encode("latin-1")):
        assert b" 413 " in raw(served[0], b"POST /sign-in HTTP/1.1\r\nHost: " + host + b"\r\n" + length + b"\r\n")


@pytest.mark.parametrize(
    "sent", [b"\x16\x03\x01\x00", b"GET\r\n\r\n", b"GET / HTTP/9\r\n\r\n", b"BREW / HTTP/1.1\r\n\r\n"]
)
def test_what_is_no_request_harms_nobody(served: tuple[Server, Told], sent: bytes) -> None:
    answer = raw(served[0], sent)
    assert answer == b"" or b"default-src 'none'" in answer
    assert ask(served[0], "GET", "/sign-in").status == 200


def test_odd_queries_are_no_trouble(served: tuple[Server, Told]) -> None:
    for query in ("code=%ff%fe", "&".join(f"a{n}=1" for n in range(50)), "code=" + "x" * 3000, "=&=&%"):
        assert ask(served[0], "GET", f"/sign-in?{query}").status == 200


def test_what_fails_here_is_said_without_its_trace(
    served: tuple[Server, Told], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(served[0].app, "_answer", fail)
    response = ask(served[0], "GET", "/sign-in")
    assert response.status == 500
    assert b"secret detail" not in response.content  # type: ignore[attr-defined]
    served[0].close()
    assert "secret detail" in capsys.readouterr().err


def test_addresses_that_are_none_and_ports_that_are_taken_are_told(served: tuple[Server, Told]) -> None:
    for address in ("8000", "127.0.0.1:", "127.0.0.1:http", "127.0.0.1:70000"):
        with pytest.raises(UsageError, match="host:port"):
            serve(Shop().live, address)
    with pytest.raises(PortInUse, match="cannot have its port"):
        serve(Shop().live, urlsplit(served[0].url).netloc)


def test_it_can_listen_on_the_other_loopback() -> None:
    with socket.socket(socket.AF_INET6) as probe:
        if probe.connect_ex(("::1", 9)) == errno.EADDRNOTAVAIL:
            pytest.skip("this machine has no IPv6")
    with serve(Shop().live, "[::1]:0") as server:
        assert server.url.startswith("http://[::1]:")
        assert ask(server, "GET", "/sign-in").status == 200
