"""Addresses, this machine's own hosts, and the names that count as ours."""

from __future__ import annotations

import pytest

from contracts.hosts import in_url, is_loopback, own_names, parts


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("127.0.0.1:8000", ("127.0.0.1", 8000)),
        ("[::1]:0", ("::1", 0)),
        ("shop.example:65535", ("shop.example", 65535)),
    ],
)
def test_an_address_is_host_and_port(address: str, found: tuple[str, int]) -> None:
    assert parts(address) == found


@pytest.mark.parametrize("port", ["", "x", "-1", "65536", "²", "٣", "8_0", " 80", "9" * 5000])
def test_what_has_no_port_is_no_address(port: str) -> None:
    assert parts(f"127.0.0.1:{port}") is None


def test_what_has_no_host_is_no_address() -> None:
    assert parts(":80") is None
    assert parts("80") is None


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.9.9.9", "::1", "[::1]"])
def test_nobody_else_reaches_loopback(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host", ["", "0.0.0.0", "::", "10.0.0.1", "[fe80::1]", "example.org", "localhost.example.org", "127.0.0.1.example"]
)
def test_others_reach_all_else(host: str) -> None:
    assert not is_loopback(host)


def test_an_ipv6_address_stands_in_brackets_before_a_port() -> None:
    assert [in_url(host) for host in ("127.0.0.1", "::1", "[::1]")] == ["127.0.0.1", "[::1]", "[::1]"]


def test_the_names_of_loopback_and_of_a_proxy_are_ours() -> None:
    assert own_names("127.0.0.1", 80) == {"127.0.0.1:80", "localhost:80", "[::1]:80"}
    assert own_names("::1", 80) == own_names("127.0.0.1", 80)
    assert own_names("192.0.2.7", 80, ("shop.example",)) == {"192.0.2.7:80", "shop.example"}
    assert own_names("2001:db8::7", 80) == {"[2001:db8::7]:80"}
