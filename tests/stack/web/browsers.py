"""Headless Chromium with a phone's screen before a served store; tests that use it skip where there is none."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import zxingcpp

from stack.web.server import serve
from tests.stack.web.shops import Shop

NAMES = ("chromium", "chromium-browser", "google-chrome")
BINARY = next((path for name in NAMES if (path := shutil.which(name))), "")
PICTURES = Path(__file__).parents[3] / "artifacts" / "app"
PHONE = {"width": 360, "height": 740}
CAMERA = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]

needs_browser = pytest.mark.skipif(
    not (BINARY and importlib.util.find_spec("playwright") and importlib.util.find_spec("axe_playwright_python")),
    reason="needs Chromium, playwright and axe: ci/browser installs them",
)


@contextmanager
def browser() -> Iterator[Any]:
    """A browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=BINARY, args=CAMERA)
        yield chromium
        chromium.close()


class Customer:
    """Ana with her phone in a store of her own.

    Args:
        chromium: the browser.
        shop: the store; a demo's when left out.
        how: of the context: device_scale_factor, color_scheme, java_script_enabled, ...
    """

    def __init__(self, chromium: Any, shop: Any = None, **how: Any) -> None:
        self.shop = shop or Shop()
        self._links: dict[str, str] = {}
        self.server = serve(self.shop.live, tell=self._links.__setitem__)
        self.context = chromium.new_context(**{"viewport": PHONE, "locale": "en-US"} | how)
        self.page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._asks)

    def sign_in(self) -> Customer:
        self.server.invite()
        self.page.goto(self._links["ana"])
        self.page.get_by_role("button").click()
        self.page.wait_for_url(f"{self.server.url}/")
        return self

    def open(self, path: str) -> Any:
        """Open a page and return it."""
        self.page.goto(f"{self.server.url}{path}")
        return self.page

    def close(self) -> None:
        self.context.close()
        self.server.close()

    def __enter__(self) -> Customer:
        return self.sign_in()

    def __exit__(self, *_: object) -> None:
        self.close()
        assert self.complaints == []

    def _hear(self, message: Any) -> None:
        # A 4xx is what some tests ask for; Chromium reports each.
        if "the server responded with a status of 4" not in message.text:
            self.complaints.append(message.text)

    def _asks(self, request: Any) -> None:
        if not request.url.startswith(self.server.url):
            self.complaints.append(f"asked elsewhere: {request.url}")


def read_picture(png: bytes) -> dict[str, str]:
    """Return what a scanner reads on a screenshot: symbology -> text."""
    import cv2

    picture = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_GRAYSCALE)
    return {str(found.format): found.text for found in zxingcpp.read_barcodes(picture)}
