"""A store with an app, and somebody who uses it without a browser."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

from contracts.clock import SECOND, VirtualClock
from contracts.records import Setup
from stack.web.app import App
from stack.web.demo import SETUP, DemoStack
from stack.web.exchange import Request, Response
from stack.web.live import Live

HOST = "127.0.0.1:8000"
HOSTS = frozenset({HOST})
TICK_NS = SECOND // 4


class Shop:
    """The demo's store on a clock of its own.

    Args:
        setup: the store and its accounts.
        stack: behind the app.
    """

    def __init__(self, setup: Setup = SETUP, stack: DemoStack | None = None) -> None:
        self.live = Live(stack or DemoStack())
        self.now_ns = 0
        self.live.feed([setup], 0)

    def wait(self, seconds: float) -> None:
        """Let time pass, tick by tick."""
        until_ns = self.now_ns + int(seconds * SECOND)
        while self.now_ns < until_ns:
            self.now_ns = min(self.now_ns + TICK_NS, until_ns)
            self.live.feed(self.live.read(self.now_ns), self.now_ns)


class Entropy:
    """Different bytes at every call, the same in every run."""

    def __init__(self) -> None:
        self._calls = 0

    def __call__(self, count: int) -> bytes:
        self._calls += 1
        return hashlib.shake_256(str(self._calls).encode()).digest(count)


class Visitor:
    """Somebody with a browser, as far as the app can tell."""

    def __init__(self, shop: Shop | None = None) -> None:
        self.shop = shop or Shop()
        self.clock = VirtualClock()
        self.used: list[str] = []
        self.app = App(self.shop.live, self.clock, Entropy(), self.used.append)
        self.cookies: dict[str, str] = {}
        self.speaks = "en"

    def signed_in(self, account: str = "ana") -> Visitor:
        done = self.post("/sign-in", {"code": self.app.sign_ins.issue(account)})
        assert done.status == 303
        return self

    def get(self, address: str, **headers: str) -> Response:
        url = urlsplit(address)
        return self.send(Request("GET", url.path, dict(parse_qsl(url.query)), {}, self._headers(headers)))

    def post(self, path: str, form: Mapping[str, str], **headers: str) -> Response:
        return self.send(Request("POST", path, {}, form, self._headers(headers)))

    def send(self, request: Request) -> Response:
        response = self.app.answer(request, HOSTS)
        for name, value in response.headers:
            if name == "Set-Cookie":
                cookie, _, given = value.partition(";")[0].partition("=")
                self.cookies[cookie] = given
        return response

    def text(self, address: str) -> str:
        response = self.get(address)
        assert response.status == 200, response
        return response.body.decode()

    def form(self, address: str, **filled: str) -> dict[str, str]:
        """Return the hidden fields of a page's forms with others filled in."""
        hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', self.get(address).body.decode())
        return dict(hidden) | filled

    def _headers(self, more: Mapping[str, str]) -> dict[str, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        named = {name.replace("_", "-"): value for name, value in more.items()}
        return {"host": HOST, "cookie": cookies, "accept-language": self.speaks} | named


def setup(**changes: object) -> Setup:
    """Return the demo's `Setup` with another layout."""
    return replace(SETUP, layout=replace(SETUP.layout, **changes))  # type: ignore[arg-type]
