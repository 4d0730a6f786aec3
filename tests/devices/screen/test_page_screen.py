"""A bench display: a page, what is shown on it, and that a reader of codes can read it."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator

import numpy as np
import pytest
import segno
import zxingcpp

from contracts.clock import VirtualClock
from contracts.errors import PortInUse, UsageError
from contracts.ports import FaultKind, Screen
from contracts.records import ScreenCommand
from devices.drivers.opening import open_device
from devices.drivers.registry import find
from devices.screen.driver import PageScreen
from devices.screen.page import page, picture, shown


@pytest.fixture
def screen() -> Iterator[PageScreen]:
    screen = PageScreen("screen-1")
    yield screen
    screen.close()


class Browser:
    """Looks at a display."""

    def __init__(self, screen: PageScreen) -> None:
        self._connection = http.client.HTTPConnection(screen.url.removeprefix("http://").rstrip("/"), timeout=20)
        self._connection.request("GET", "/shown")
        self._answer = self._connection.getresponse()

    def sees(self) -> dict[str, str]:
        line = b""
        while not line.startswith(b"data:"):
            line = self._answer.readline()
        return json.loads(line.removeprefix(b"data:"))  # type: ignore[no-any-return]

    def close(self) -> None:
        self._connection.close()


def order(text: str = "", code: bytes = b"") -> ScreenCommand:
    return ScreenCommand(t_ns=0, source="rig", screen="screen-1", text=text, code=code)


def test_a_browser_is_told_what_is_shown_and_what_comes_after(screen: PageScreen) -> None:
    screen.show(order("welcome"))
    browser = Browser(screen)
    assert browser.sees() == {"text": "welcome", "picture": ""}
    screen.show(order(code=b"281234567890123456"))
    assert browser.sees()["picture"].startswith("<svg")
    browser.close()


def test_off_and_safe_state_are_blank(screen: PageScreen) -> None:
    blank = {"text": "", "picture": ""}
    screen.show(order("a", b"b"))
    browser = Browser(screen)
    first = browser.sees()
    assert first != blank
    assert screen.fault(FaultKind.OFF)
    assert browser.sees() == blank
    assert screen.fault(None)
    assert browser.sees() == first
    screen.safe_state()
    assert browser.sees() == blank
    assert not screen.fault(FaultKind.GARBAGE)
    browser.close()


def test_the_page_loads_nothing_from_elsewhere_and_escapes_its_title(screen: PageScreen) -> None:
    connection = http.client.HTTPConnection(screen.url.removeprefix("http://").rstrip("/"), timeout=20)
    connection.request("GET", "/")
    answer = connection.getresponse()
    assert "default-src 'none'" in (answer.getheader("Content-Security-Policy") or "")
    assert answer.getheader("Cache-Control") == "no-store"
    assert "http://" not in answer.read().decode()
    connection.request("GET", "/other")
    assert connection.getresponse().status == 404
    connection.close()
    connection.request("GET", "/shown", headers={"Host": "elsewhere.example"})
    assert connection.getresponse().status == 421
    connection.close()
    assert "<b>" not in page("<b>", "n")


@pytest.mark.parametrize("code", [b"281234567890123456", b"https://example.com/t/7?x=1", bytes(range(128, 160))])
def test_what_it_draws_is_read_by_another_library(code: bytes) -> None:
    text: str | bytes = code.decode() if code.isascii() else code
    drawn = segno.make_qr(text, error="m", boost_error=False)
    assert drawn.svg_inline(border=4, dark="#000", light="#fff", omitsize=True) == picture(code)
    matrix = np.array([[0 if dark else 255 for dark in row] for row in drawn.matrix], np.uint8)
    (read,) = zxingcpp.read_barcodes(np.kron(np.pad(matrix, 4, constant_values=255), np.ones((4, 4), np.uint8)))
    assert read.bytes == code


def test_a_bench_file_opens_one_and_says_what_it_cannot() -> None:
    kind = find("screen/page")
    port = open_device(kind, "screen-1", "http://127.0.0.1:0", VirtualClock())
    assert isinstance(port, PageScreen)
    assert isinstance(port, Screen)
    assert "no browsers" in port.probe().identity
    taken = port.url.rstrip("/")
    with pytest.raises(PortInUse):
        open_device(kind, "screen-2", taken, VirtualClock())
    port.close()
    port.close()
    with pytest.raises(UsageError, match="http://127"):
        open_device(kind, "screen-1", "/dev/ttyUSB0", VirtualClock())


def test_text_is_data_and_never_markup() -> None:
    assert json.loads(shown("<script>", b""))["text"] == "<script>"
