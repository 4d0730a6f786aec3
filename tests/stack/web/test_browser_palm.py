"""From the consent page to the gate: agreed, enrolled at a reader, known by it, taken back, known no more."""

from __future__ import annotations

from typing import Any

from contracts.checkout import PalmAction
from stack.web.views import PalmState
from tests.stack.web.browsers import PICTURES, Customer, needs_browser
from tests.stack.web.palm_store import READER, PalmStore

pytestmark = needs_browser


def picture(page: Any, name: str) -> None:
    """Keep what the page looks like."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"palm-{name}.png", full_page=True)


def test_consent_enrolment_use_and_withdrawal(chromium: Any) -> None:
    with Customer(chromium, PalmStore()) as ana:
        store: PalmStore = ana.shop
        page = ana.open("/palm")
        assert page.get_by_label("At which reader are you?").count() == 0
        page.get_by_label("I agree").check()
        page.get_by_role("button", name="Agree").click()
        page.get_by_text("Stand before a palm reader").wait_for()
        store.wait(1)
        assert store.orders == []  # a consent alone enrols nobody
        picture(page, "agreed")
        page.get_by_label("At which reader are you?").select_option(READER)
        page.get_by_role("button", name="Enrol my palm").click()
        page.get_by_text(f"Please hold your palm over {READER}, three times.").wait_for()
        picture(page, "asked")
        store.wait(1)
        (order,) = store.orders
        assert (order.action, order.reader, order.account) == (PalmAction.ENROL, READER, "ana")
        assert order.wording == "palm-en-1"
        store.hold()
        page.locator("strong", has_text="Your palm is enrolled.").wait_for()  # by itself, on the open page
        assert page.locator("[data-told]").inner_text() == "Your palm is enrolled."
        picture(page, "enrolled")
        store.wait(3)
        store.hold()
        store.wait(1)
        assert store.opened == 1
        ana.open("/palm")
        page.get_by_label("I take my consent back.").check()
        page.get_by_role("button", name="Delete my palm").click()
        page.get_by_text("You have not agreed").wait_for()
        store.wait(3)
        assert [one.action for one in store.orders] == [PalmAction.ENROL, PalmAction.FORGET]
        store.hold()
        store.wait(1)
        assert store.opened == 1
        picture(page, "taken-back")


def test_what_the_reader_could_not_take_is_said_and_can_be_tried_again(chromium: Any) -> None:
    with Customer(chromium, PalmStore(), locale="ko-KR") as ana:
        store: PalmStore = ana.shop
        store.live.agree_to_palm("ana", "palm-ko-1")
        store.live.enrol_palm("ana", READER)
        store.wait(1)
        page = ana.open("/palm")
        page.get_by_text(f"{READER} 위에 손바닥을 세 번 대 주세요.").wait_for()
        store.hold(empty=True)
        page.locator(".card .notice.bad").wait_for()  # by itself, on the open page
        assert page.locator(".card .notice.bad").inner_text().startswith("Not enrolled: ")
        assert store.live.palm("ana").state is PalmState.AGREED
        picture(page, "refused")
        page.get_by_role("button", name="손바닥 등록하기").click()
        store.wait(1)
        store.hold()
        page.locator("strong", has_text="손바닥이 등록되어 있습니다.").wait_for()
