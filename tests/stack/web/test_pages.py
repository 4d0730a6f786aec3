"""Pages as people and their screen readers get them."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from contracts.clock import SECOND
from stack.web.app import PAGES
from stack.web.pages import goods, palm, receipts, top_up
from stack.web.pages.moment import moment
from stack.web.views import LineView, PalmState, PalmView, PartView, PurseView, ReceiptView, TopUpState
from stack.web.words import LANGUAGES, words
from tests.stack.web.shops import Visitor

EN = words("en")
PATHS = [*PAGES, "/receipts/v1", "/price?gtin=4000000000037", "/price?gtin=12", "/sign-in", "/nothing"]
VOID = {"meta", "link", "input", "br"}
HOSTILE = "<b>&\"'"
RECEIPT = ReceiptView("v1", 0, "", (), 0, (), (), True, 0, 0, "USD", "")


class Read(HTMLParser):
    """A page taken apart; ends that do not fit are noted."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.wrong: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.wrong += self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.wrong.append(f"/{tag}")

    def all(self, *wanted: str) -> list[dict[str, str]]:
        return [attrs for tag, attrs in self.tags if tag in wanted]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_page_is_whole_and_can_be_found_through_by_ear(path: str, tag: str) -> None:
    visitor = Visitor().signed_in()
    visitor.speaks = tag
    page = Read(visitor.get(path).body.decode())
    assert page.wrong == []
    assert (len(page.all("main")), len(page.all("h1")), len(page.all("header"))) == (1, 1, 1)
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    named = {label["for"] for label in page.all("label")}
    for field in page.all("input", "select"):
        assert field.get("type") == "hidden" or field["id"] in named
    referred = [
        attrs[name] for _, attrs in page.tags for name in ("aria-labelledby", "aria-describedby") if name in attrs
    ]
    assert {name for names in referred for name in names.split()} <= set(ids)
    assert all("aria-label" in nav for nav in page.all("nav"))
    assert all(svg["role"] == "img" and svg["aria-label"] for svg in page.all("svg"))


@pytest.mark.parametrize("path", ["/", "/top-up", "/palm"])
def test_every_form_that_changes_something_proves_where_it_comes_from(path: str) -> None:
    text = Visitor().signed_in().text(path)
    forms = re.findall(r'<form method="post".*?</form>', text, re.DOTALL)
    assert forms
    assert all('name="csrf"' in form for form in forms)


def test_the_tab_of_the_page_is_marked_and_no_other() -> None:
    visitor = Visitor().signed_in()
    for path, marked in (("/", "/"), ("/basket", "/basket"), ("/receipts/v1", "/receipts"), ("/palm", "")):
        found = [a["href"] for a in Read(visitor.text(path)).all("a") if a.get("aria-current") == "page"]
        assert found == ([marked] if marked else [])


def test_the_switch_keeps_to_the_page_and_is_remembered() -> None:
    visitor = Visitor().signed_in()
    assert 'href="/basket?lang=ko"' in visitor.text("/basket")
    assert ("Location", "/basket") in visitor.get("/basket?lang=ko").headers
    assert "장바구니" in visitor.text("/basket")
    assert visitor.get("/basket?lang=xx").status == 200


def test_names_of_goods_and_parts_are_escaped() -> None:
    table = goods.table(EN, [LineView(HOSTILE, 1, 100)], goods.discounts(EN, [PartView(HOSTILE, 5)]), "USD")
    assert "<b>" not in table
    assert table.count("&lt;b&gt;&amp;") == 2


def test_tax_that_is_added_comes_before_the_total_and_tax_within_after_it() -> None:
    shown = {"total_minor": 119, "taxes": (PartView("food", 19),)}
    for included, order in ((True, ["Total", "of that, tax (food)"]), (False, ["Tax (food)", "Total"])):
        view = ReceiptView(
            **{name: getattr(RECEIPT, name) for name in RECEIPT.__slots__} | shown | {"tax_included": included}
        )
        main = receipts.one(EN, view, 0).main
        assert sorted(order, key=main.index) == order
        assert "1.19 USD" in main


def test_a_receipt_tells_of_balance_agreed_amounts_and_review() -> None:
    view = ReceiptView("taxi", 0, "taxi-1", (), 2400, (), (), True, 2400, 1000, "USD", "unsure of cola")
    main = receipts.one(EN, view, 0).main
    for said in ("Agreed amount", "24.00 USD", "Paid from balance", "10.00 USD", "Till taxi-1", "A person looks"):
        assert said in main


def test_a_receipt_with_an_odd_number_is_linked_and_found() -> None:
    view = ReceiptView("a/b ?#", 0, "", (), 0, (), (), True, 0, 0, "USD", "")
    assert 'href="/receipts/a%2Fb%20%3F%23"' in receipts.page(EN, [view], 0).main


def test_moments_are_dates_where_there_is_one() -> None:
    assert "2026-11-22 14:05 UTC" in moment(EN, 5 * 60 * SECOND, 1_795_356_000 * SECOND)
    assert moment(EN, 65 * SECOND, 0) == '<time datetime="PT1M5S">1:05 into the run</time>\n'


def test_what_became_of_a_top_up_is_said() -> None:
    purse = PurseView(2500, "USD", "", 1500, 50000, False, TopUpState.REFUSED, "Not added: insufficient funds.")
    page = top_up.page(EN, purse, "c", "o")
    for said in ("The amount was not added.", "insufficient funds", "No card can be charged", "no bar code"):
        assert said in page.main
    assert 'class="notice bad"' in page.main
    assert 'data-say="The amount was not added. Balance: 25.00 USD"' in page.main


def test_who_is_enrolled_can_take_it_back_and_need_not_agree_again() -> None:
    none = palm.page(EN, PalmView(PalmState.NONE), "c", 0).main
    enrolled = palm.page(EN, PalmView(PalmState.ENROLLED), "c", 0).main
    agreed = palm.page(EN, PalmView(PalmState.AGREED, "palm-en-1", 5 * SECOND), "c", 0).main
    assert "/palm/agree" in none
    assert "/palm/delete" not in none
    assert "/palm/delete" in enrolled
    assert "Agreed: <time" in agreed
    assert "(wording palm-en-1)" in agreed
    for page in (none, enrolled, agreed):
        assert "No picture of your hand is kept." in page
