"""What customers do: once, within limits, and with an answer that stays in the form."""

from __future__ import annotations

import pytest

from stack.web.views import PalmState
from tests.stack.web.shops import Visitor


def test_a_form_that_is_sent_twice_adds_once() -> None:
    visitor = Visitor().signed_in()
    form = visitor.form("/top-up", amount="25")
    assert [visitor.post("/top-up", form).status for _ in range(2)] == [303, 303]
    visitor.shop.wait(2)
    assert visitor.post("/top-up", form).status == 303
    visitor.shop.wait(2)
    assert visitor.shop.live.purse("ana").balance_minor == 2500
    assert "25.00 USD" in visitor.text("/")


@pytest.mark.parametrize("typed", ["14.99", "500.01", "", "x", "-25", "1e3", "25.001", "٢٥", "9" * 3000])
def test_what_is_no_amount_stays_in_the_form_with_an_answer(typed: str) -> None:
    visitor = Visitor().signed_in()
    response = visitor.post("/top-up", visitor.form("/top-up", amount=typed))
    page = response.body.decode()
    assert response.status == (303 if typed == "٢٥" else 422)
    if response.status == 422:
        assert f'value="{typed}"' in page
        assert 'aria-invalid="true"' in page
        assert "Enter an amount from 15.00 USD to 500.00 USD." in page
        assert visitor.shop.live.read(1) == []


@pytest.mark.parametrize("typed", ["15", "500.00", " 25,50 "])
def test_amounts_within_the_limits_are_asked_for(typed: str) -> None:
    visitor = Visitor().signed_in()
    assert visitor.post("/top-up", visitor.form("/top-up", amount=typed)).status == 303
    assert len(visitor.shop.live.read(1)) == 1


def test_a_palm_needs_the_box_and_a_wording_that_was_shown() -> None:
    visitor = Visitor().signed_in()
    form = visitor.form("/palm")
    for wrong in ({}, {"agree": "no"}, {"agree": "yes", "wording": "palm-xx-9"}):
        assert visitor.post("/palm/agree", form | wrong).status == 303
        assert visitor.shop.live.palm("ana").state is PalmState.NONE
    visitor.post("/palm/agree", form | {"agree": "yes"})
    assert visitor.shop.live.palm("ana").wording == "palm-en-1"
    visitor.post("/palm/delete", visitor.form("/palm"))
    assert visitor.shop.live.palm("ana").state is PalmState.AGREED
    visitor.post("/palm/delete", visitor.form("/palm", sure="yes"))
    assert visitor.shop.live.palm("ana").state is PalmState.NONE


def test_a_price_is_asked_for_as_people_type() -> None:
    visitor = Visitor().signed_in()
    assert "2.50 USD" in visitor.text("/price?gtin=4 000000 000037")
    assert visitor.get("/price?gtin=4006381333931").status == 404
    assert visitor.get("/price?gtin=4000000000038").status == 422


@pytest.mark.parametrize(("typed", "places"), [("3", "3"), ("", "1"), ("0", "1"), ("99", "1"), ("x", "1"), ("²", "1")])
def test_a_code_is_for_as_many_as_were_chosen(typed: str, places: str) -> None:
    page = Visitor().signed_in().text(f"/code?places={typed}")
    assert f"/code/now?places={places}" in page
    assert f'<option value="{places}" selected>' in page


def test_a_part_that_has_not_changed_is_not_sent_again() -> None:
    visitor = Visitor().signed_in()
    first = visitor.get("/basket/now")
    tag = dict(first.headers)["ETag"]
    assert visitor.get("/basket/now", if_none_match=tag).status == 304
    visitor.shop.wait(6)
    assert visitor.get("/basket/now", if_none_match=tag).status == 200
