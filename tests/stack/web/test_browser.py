"""The app in a browser: what is live stays so, and works by keyboard, by camera and without scripts."""

from __future__ import annotations

from typing import Any

import pytest

from contracts.clock import SECOND
from contracts.codes.token import FIRST_KEY_ID, STEP_NS, derive
from contracts.steps import Phone
from stack.web.demo import ACCOUNTS, KEY
from tests.stack.web.browsers import PHONE, Customer, needs_browser, read_picture
from twin.phone import TwinPhone

pytestmark = needs_browser

TWIN = TwinPhone(Phone(id="phone-ana", handle=derive(KEY, FIRST_KEY_ID, ACCOUNTS[0].handle)), "ana", 7)
DETECTOR = """
    window.BarcodeDetector = class {
        static async getSupportedFormats() { return ["ean_13", "qr_code"]; }
        constructor(how) { window.asked = how.formats; }
        async detect(video) {
            if (!video.videoWidth) return [];
            window.seen = video.videoWidth;
            return [{ rawValue: "4000000000037" }];
        }
    };
"""


@pytest.mark.parametrize(("wide", "ratio"), [(360, 1), (800, 1), (360, 2), (412, 2.625), (360, 3)])
def test_a_scanner_reads_from_the_screen_what_the_twins_phone_shows(chromium: Any, wide: int, ratio: float) -> None:
    with Customer(chromium, viewport={"width": wide, "height": 740}, device_scale_factor=ratio) as ana:
        ana.shop.wait(12)
        shown = read_picture(ana.open("/code").screenshot())
    code = TWIN.code(12 * SECOND).decode()
    assert shown == {"QR Code": code, "Code 128": code}


def test_at_night_symbols_stay_dark_on_white(chromium: Any) -> None:
    with Customer(chromium, device_scale_factor=3, color_scheme="dark", forced_colors="active") as ana:
        assert len(read_picture(ana.open("/code").screenshot())) == 2
        assert set(read_picture(ana.open("/top-up").screenshot())) == {"Code 128"}


def test_a_code_counts_down_and_is_renewed_without_loading_the_page(ana: Customer) -> None:
    ana.page.clock.install()
    page = ana.open("/code")
    page.evaluate("window.same = true")
    assert page.locator("[data-left]").inner_text() == "30"
    page.clock.run_for(11_000)
    assert page.locator("[data-left]").inner_text() == "19"
    assert page.locator("[data-stale]").is_hidden()
    ana.shop.live.feed([], STEP_NS)
    page.clock.run_for(19_500)
    digits = TWIN.code(STEP_NS).decode()
    page.get_by_text(" ".join(digits[i : i + 4] for i in range(0, 24, 4))).wait_for()
    assert page.locator("[data-told]").inner_text() == "New code"
    assert page.evaluate("window.same")
    assert read_picture(page.screenshot())["QR Code"] == digits


def test_a_code_that_ran_out_without_a_connection_says_so(ana: Customer) -> None:
    ana.page.clock.install()
    page = ana.open("/code")
    ana.context.set_offline(True)
    page.clock.run_for(31_000)
    page.get_by_text("No connection.").wait_for()
    assert page.get_by_text("This code has run out").is_visible()
    ana.context.set_offline(False)
    page.clock.run_for(2_500)
    page.get_by_text("No connection.").wait_for(state="hidden")
    assert page.get_by_text("This code has run out").is_hidden()
    ana.complaints.clear()  # the browser's own words for having been offline


def test_the_basket_changes_by_itself_and_says_so(ana: Customer) -> None:
    page = ana.open("/basket")
    page.get_by_text("Nothing yet.").wait_for()
    ana.shop.wait(10)
    page.get_by_role("row", name="Kestrel cola 0.5 l 1 1.80 USD").wait_for()
    assert page.locator("[data-told]").inner_text() == "2 items, 3.00 USD"


def test_a_top_up_is_asked_for_and_arrives_on_the_open_page(ana: Customer) -> None:
    page = ana.open("/top-up")
    page.get_by_label("Amount in USD").fill("25")
    page.get_by_role("button", name="Add").dblclick()
    page.get_by_text("Asking your bank.").wait_for()
    ana.shop.wait(2)
    page.get_by_text("The amount was added.", exact=True).wait_for()
    assert page.locator(".balance strong").inner_text() == "25.00 USD"


def test_after_a_wrong_amount_one_is_in_its_field_and_hears_why(ana: Customer) -> None:
    page = ana.open("/top-up")
    page.get_by_label("Amount in USD").fill("3")
    page.keyboard.press("Enter")
    page.get_by_role("alert").wait_for()
    field = page.locator(":focus")
    assert field.get_attribute("id") == "amount"
    told = [page.locator(f"#{name}").inner_text() for name in field.get_attribute("aria-describedby").split()]
    assert told == ["15.00 USD to 500.00 USD", "Enter an amount from 15.00 USD to 500.00 USD."]


def test_consent_to_the_palm_is_given_and_taken_back(ana: Customer) -> None:
    page = ana.open("/palm")
    page.get_by_role("button", name="Agree").click()
    assert page.get_by_role("button", name="Agree").is_visible()  # the box is not ticked: the browser asks for it
    page.get_by_label("I agree").check()
    page.get_by_role("button", name="Agree").click()
    page.get_by_text("You have agreed.").wait_for()
    page.get_by_label("I take my consent back.").check()
    page.get_by_role("button", name="Delete my palm").click()
    page.get_by_text("You have not agreed").wait_for()


def test_a_price_is_read_by_the_camera_where_the_browser_can(ana: Customer) -> None:
    ana.page.add_init_script(DETECTOR)
    page = ana.open("/price")
    page.get_by_role("button", name="Open the camera").click()
    page.get_by_text("Tallow nuts 200 g").wait_for()
    assert page.get_by_text("2.50 USD").is_visible()
    assert page.get_by_label("Number").input_value() == "4000000000037"
    page.get_by_text("cannot read bar codes").wait_for(state="hidden")  # the page's script takes it away


def test_without_a_detector_or_a_camera_one_types(ana: Customer) -> None:
    page = ana.open("/price")
    assert page.get_by_text("cannot read bar codes").is_visible()
    assert page.get_by_role("button", name="Open the camera").is_hidden()
    ana.page.add_init_script(DETECTOR)
    ana.page.add_init_script("navigator.mediaDevices.getUserMedia = async () => { throw new Error('no'); }")
    page = ana.open("/price")
    page.get_by_role("button", name="Open the camera").click()
    page.get_by_text("The camera cannot be used.").wait_for()
    page.get_by_label("Number").fill("4000000000020")
    page.keyboard.press("Enter")
    page.get_by_text("Kestrel cola 0.5 l").wait_for()


def test_everything_is_reached_by_keyboard(ana: Customer) -> None:
    page = ana.open("/")
    focused = "document.activeElement"
    page.keyboard.press("Tab")
    assert page.evaluate(f"{focused}.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate(f"{focused}.id") == "content"
    reached = []
    for _ in range(8):
        page.keyboard.press("Tab")
        reached.append(page.evaluate(f"{focused}.textContent.trim()"))
        assert page.evaluate(f"getComputedStyle({focused}).outlineStyle") == "solid"
    assert reached == ["Top up", "Palm", "Price check", "Sign out", "Code", "Basket", "Receipts", "Account"]


def test_without_scripts_pages_work_and_load_themselves_again(chromium: Any) -> None:
    with Customer(chromium, java_script_enabled=False) as ana:
        page = ana.open("/code")
        assert page.locator("noscript meta").get_attribute("content") == "30"
        assert len(read_picture(page.screenshot())) == 2
        page = ana.open("/top-up")
        page.get_by_label("Amount in USD").fill("25")
        page.get_by_role("button", name="Add").click()
        page.get_by_text("Asking your bank.").wait_for()


def test_the_language_of_the_phone_counts_until_another_is_chosen(chromium: Any) -> None:
    with Customer(chromium, locale="ja-JP") as ana:
        page = ana.open("/basket")
        assert page.get_by_role("heading", name="カゴ").is_visible()
        page.get_by_role("link", name="한국어").click()
        assert page.get_by_role("heading", name="장바구니").is_visible()
        assert page.locator("html").get_attribute("lang") == "ko"


def test_who_is_signed_out_elsewhere_is_led_to_the_door(ana: Customer) -> None:
    page = ana.open("/basket")
    ana.context.clear_cookies()
    page.wait_for_url("**/sign-in")


def test_nothing_moves_sideways_on_a_small_phone_or_with_large_text(ana: Customer) -> None:
    for width in (PHONE["width"], 320):
        ana.page.set_viewport_size({"width": width, "height": PHONE["height"]})
        for path in ("/", "/code", "/basket", "/receipts/v1", "/top-up", "/palm", "/price"):
            page = ana.open(f"{path}?lang=ja") if width == 320 else ana.open(path)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
