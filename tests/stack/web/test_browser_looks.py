"""Every page as it looks, in three languages, kept as pictures; and what axe finds in it."""

from __future__ import annotations

from typing import Any

import pytest

from stack.web.words import LANGUAGES
from tests.stack.web.browsers import PICTURES, Customer, needs_browser

pytestmark = [needs_browser, pytest.mark.slow]

PATHS = {
    "account": "/",
    "code": "/code",
    "basket": "/basket",
    "receipts": "/receipts",
    "receipt": "/receipts/v1",
    "top-up": "/top-up",
    "palm": "/palm",
    "price": "/price?gtin=4000000000037",
    "price-wrong": "/price?gtin=12",
    "sign-in": "/sign-in",
    "trouble": "/nothing",
}

SMALL = """
    [...document.querySelectorAll("a, button, select, input:not([type=hidden])")]
        .filter((one) => one.checkVisibility() && !one.closest("main p:not(.check)") && !one.matches(".skip"))
        .map((one) => [one.outerHTML, one.getBoundingClientRect()])
        .filter(([, box]) => box.height < 24 || box.width < 24)
        .map(([text]) => text)
"""
"""What is smaller than 24 px either way, links within text excepted. Source: WCAG 2.2, 2.5.8."""


@pytest.fixture(scope="module")
def customer(chromium: Any) -> Any:
    with Customer(chromium, device_scale_factor=2) as ana:
        ana.shop.wait(60)
        yield ana


@pytest.mark.parametrize("tag", LANGUAGES)
@pytest.mark.parametrize("name", PATHS)
def test_a_page_is_kept_as_a_picture(customer: Customer, name: str, tag: str) -> None:
    customer.open(f"/?lang={tag}")
    page = customer.open(PATHS[name])
    PICTURES.mkdir(parents=True, exist_ok=True)
    picture = PICTURES / f"{name}-{tag}.png"
    page.screenshot(path=picture)
    assert page.locator("html").get_attribute("lang") == tag
    assert picture.stat().st_size > 10_000


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PATHS)
def test_axe_finds_nothing_to_complain_of(customer: Customer, name: str, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    customer.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    customer.open("/?lang=en")
    page = customer.open(PATHS[name])
    found = Axe().run(page)
    assert found.response["violations"] == [], found.generate_report()
    assert len(found.response["passes"]) > 10


def test_axe_would_complain(customer: Customer) -> None:
    from axe_playwright_python.sync_playwright import Axe

    customer.page.emulate_media(color_scheme="light")
    page = customer.open("/price")
    page.evaluate("document.querySelector('label').remove()")
    page.evaluate("document.querySelector('.hint').style.color = '#999'")
    wrong = {violation["id"] for violation in Axe().run(page).response["violations"]}
    assert wrong >= {"label", "color-contrast"}


def test_what_is_touched_is_large_enough(customer: Customer) -> None:
    for path in PATHS.values():
        assert customer.open(path).evaluate(SMALL) == [], path
