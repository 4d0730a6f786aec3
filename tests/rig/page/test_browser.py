"""The page in a browser, from a file, without a server: mouse, keyboard, touch, on a laptop and on a phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.stack.web.browsers import needs_browser

pytestmark = needs_browser

LAPTOP = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 740}
TAKEN = "6.00 s"


class Reader:
    """Somebody who has opened a page."""

    def __init__(self, chromium: Any, file: Path, fragment: str = "", **how: Any) -> None:
        self.context = chromium.new_context(**{"viewport": LAPTOP, "offline": True} | how)
        self.page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._asks)
        self.page.goto(file.as_uri() + fragment)

    @property
    def clock(self) -> str:
        return str(self.page.locator("#clock").inner_text()).partition(" /")[0]

    def press(self, *keys: str) -> str:
        for key in keys:
            self.page.keyboard.press(key)
        return self.clock

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait for something; the page's policy keeps out the browser's own way, which makes code of a text."""
        for _ in range(600):
            if holds():
                return
            self.page.wait_for_timeout(50)
        raise AssertionError("it never came")

    def cart(self, name: str) -> str:
        return " ".join(
            self.page.locator(".cart", has=self.page.get_by_role("heading", name=name)).inner_text().split()
        )

    def close(self) -> None:
        self.context.close()
        assert self.complaints == []

    def _hear(self, message: Any) -> None:
        # A test that reads pixels is told that it could do so faster.
        if "willReadFrequently" not in message.text:
            self.complaints.append(message.text)

    def _asks(self, request: Any) -> None:
        if not request.url.startswith(("file:", "data:", "blob:")):
            self.complaints.append(f"asked elsewhere: {request.url}")


@pytest.fixture
def reader(chromium: Any, wrong_page: Path) -> Iterator[Reader]:
    opened = Reader(chromium, wrong_page)
    yield opened
    opened.close()


def test_it_opens_where_receipt_and_truth_part(reader: Reader) -> None:
    assert reader.clock == TAKEN
    assert reader.page.locator("#verdict").inner_text() == "FAIL The product was wrong"
    assert "ana: receipt says nothing, right is 1 x cola" in reader.page.locator("#wrong").inner_text()
    assert reader.page.locator("#parted").is_visible()
    assert reader.page.locator("#again").inner_text() == "rig run wrong_cart --seed 3 --store corner-shop"


def test_when_all_is_right_it_opens_at_the_beginning(chromium: Any, right_page: Path) -> None:
    opened = Reader(chromium, right_page)
    assert opened.clock == "0.00 s"
    assert opened.page.locator("#verdict").inner_text() == "PASS Receipts are right"
    assert opened.page.locator("#wrong").is_hidden()
    opened.close()


def test_a_link_may_name_a_moment(chromium: Any, wrong_page: Path) -> None:
    opened = Reader(chromium, wrong_page, "#t=7.5")
    assert opened.clock == "7.50 s"
    opened.close()


def test_the_keyboard_reaches_every_moment(reader: Reader) -> None:
    assert reader.press("ArrowRight") == "6.10 s"
    assert reader.press("ArrowLeft", "ArrowLeft") == "5.90 s"
    assert reader.press("Shift+ArrowRight") == "6.90 s"
    assert reader.press("Home") == "0.00 s"
    assert reader.press("n") == "0.90 s"  # the code is read
    assert reader.press("N", "n") == "2.00 s"
    assert reader.press("p") == "1.00 s"
    assert reader.press("End") == "15.00 s"
    assert reader.press("ArrowRight") == "15.00 s"


def test_carts_of_stack_and_truth_stand_side_by_side_at_the_cursor(reader: Reader) -> None:
    assert "onerror=alert(1)> 1 0" in reader.cart("ana").replace('"', "")  # taken, and not yet seen
    reader.press("Shift+ArrowRight")
    assert "onerror=alert(1)> 0 1" in reader.cart("ben").replace('"', "")
    reader.press("End")
    assert "1.19 EUR, final" in reader.cart("ben")
    assert reader.page.locator(".cart tr.bad").count() == 2


def test_space_plays_and_stops(reader: Reader) -> None:
    reader.press("Home", " ")
    reader.until(lambda: reader.clock > "0.20 s")
    assert reader.page.get_by_role("button", name="Pause").is_visible()
    reader.press(" ")
    stopped = reader.clock
    reader.page.wait_for_timeout(150)
    assert reader.clock == stopped


def test_it_stops_at_the_end_by_itself(reader: Reader) -> None:
    reader.page.get_by_label("Speed").select_option("8")
    reader.press("End", "Shift+ArrowLeft")
    reader.page.get_by_role("button", name="Play").click()
    reader.page.get_by_role("button", name="Play").wait_for()
    assert reader.clock == "15.00 s"


def test_the_mouse_scrubs_on_the_lanes_and_comes_to_rest_on_a_mark(reader: Reader) -> None:
    over = reader.page.locator("#over").bounding_box()
    row = reader.page.locator(".lane.marks").first.bounding_box()
    y = row["y"] + row["height"] / 2
    reader.page.mouse.click(over["x"] + over["width"] * 7.02 / 15, y)
    assert reader.clock == "7.00 s"
    reader.page.mouse.move(over["x"] + over["width"] / 2, y)
    reader.page.mouse.down()
    reader.page.mouse.move(over["x"] + over["width"], y, steps=4)
    reader.page.mouse.up()
    assert reader.clock == "15.00 s"


def test_an_event_can_be_gone_to_and_the_current_one_is_marked(reader: Reader) -> None:
    reader.page.get_by_role("button", name="gate-in opens").click()
    assert reader.clock == "1.00 s"
    current = reader.page.locator("[aria-current]")
    assert current.count() == 1
    assert "gate-in opens" in current.inner_text()
    reader.page.locator("#moment").click()
    assert reader.clock == TAKEN


def test_pictures_show_the_moment_and_can_be_enlarged(reader: Reader) -> None:
    canvas = reader.page.get_by_role("img", name="c1 at 6.00 s")
    canvas.wait_for()
    green = "canvas => [...canvas.getContext('2d').getImageData(20 + 280 * %s / 15, 150, 1, 1).data].slice(0, 3)"

    def shown(at: str) -> list[int]:
        reader.until(lambda: canvas.evaluate(green % at)[1] > 130)
        return list(canvas.evaluate(green % at))

    red, strong, blue = shown("6")
    assert strong > max(red, blue) + 40
    reader.page.get_by_role("button", name="Enlarge camera c1").click()
    assert reader.page.get_by_role("button", name="Enlarge camera c2").is_hidden()
    reader.page.get_by_role("button", name="Enlarge camera c1").click()
    assert reader.page.get_by_role("button", name="Enlarge camera c2").is_visible()
    reader.press("Home")
    reader.page.get_by_role("img", name="c1 at 0.00 s").wait_for()


def test_the_plan_shows_the_truth_and_the_tracks(reader: Reader) -> None:
    assert reader.page.locator("#plan .person .name").all_text_contents() == ["ana", "ben"]
    assert reader.page.locator("#plan .track").count() == 2
    reader.press("Home", "n", "n")
    assert reader.page.locator("#plan .gate.open").count() == 1


def test_names_from_a_recording_do_nothing(reader: Reader) -> None:
    reader.press("End")
    assert reader.page.locator("img").count() == 0
    assert "</script>" in reader.page.locator("#carts").inner_text()


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_nothing_moves_sideways(chromium: Any, wrong_page: Path, width: int) -> None:
    opened = Reader(chromium, wrong_page, viewport={"width": width, "height": 740})
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
    opened.close()


def test_a_finger_scrubs_sideways_and_the_page_scrolls_up_and_down(chromium: Any, wrong_page: Path) -> None:
    opened = Reader(chromium, wrong_page, viewport=PHONE, has_touch=True, is_mobile=True)
    lanes = opened.page.locator(".lane.marks").first
    lanes.evaluate("row => row.scrollIntoView({ block: 'center' })")
    assert opened.page.evaluate("getComputedStyle(document.querySelector('#rows')).touchAction") == "pan-y"
    over = opened.page.locator("#over").bounding_box()
    opened.page.touchscreen.tap(over["x"] + over["width"] / 2, lanes.bounding_box()["y"] + 8)
    assert opened.clock == "7.50 s"
    opened.page.get_by_role("button", name="Next event").tap()
    assert opened.clock == "12.00 s"
    small = (
        "[...document.querySelectorAll('.bar button, .bar select')].filter(e => e.offsetParent && e.offsetHeight < 44)"
    )
    assert opened.page.evaluate(f"{small}.length") == 0
    opened.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_to_complain_of(chromium: Any, wrong_page: Path, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    # The checker brings a script of its own, which the page's policy would rightly keep out.
    opened = Reader(chromium, wrong_page, color_scheme=scheme, bypass_csp=True)
    found = Axe().run(opened.page)
    assert found.violations_count == 0, found.generate_report()
    opened.close()


def test_everything_is_reached_by_tab(reader: Reader) -> None:
    reached = set()
    for _ in range(60):
        reader.page.keyboard.press("Tab")
        reached.add(
            reader.page.evaluate("document.activeElement.id || document.activeElement.getAttribute('aria-label')")
        )
    assert {"copy", "moment", "play", "before", "after", "scrub", "speed", "Enlarge camera c1"} <= reached
