"""Other sites cannot read, cannot post, and cannot put anything into a page."""

from __future__ import annotations

import re

import pytest

from stack.web.app import PAGES
from stack.web.deeds import DEEDS
from stack.web.words import LANGUAGES
from tests.stack.web.shops import HOST, Visitor

OTHER = "http://elsewhere.example"


def test_a_name_that_was_pointed_at_this_machine_gets_nothing() -> None:
    visitor = Visitor().signed_in()
    assert visitor.get("/", host="elsewhere.example:8000").status == 403
    assert visitor.get("/", host="").status == 403


@pytest.mark.parametrize("path", [*DEEDS, "/sign-out"])
@pytest.mark.parametrize("headers", [{"origin": OTHER}, {"sec_fetch_site": "cross-site"}, {"origin": "null"}])
def test_a_form_from_elsewhere_does_nothing(path: str, headers: dict[str, str]) -> None:
    visitor = Visitor().signed_in()
    form = visitor.form("/palm", agree="yes", sure="yes", amount="25", once="x")
    assert visitor.post(path, form, **headers).status == 403
    assert visitor.shop.live.read(1) == []
    assert visitor.get("/").status == 200


@pytest.mark.parametrize("path", [*DEEDS, "/sign-out"])
def test_a_form_without_what_its_page_gave_it_does_nothing(path: str) -> None:
    visitor, other = Visitor().signed_in(), Visitor().signed_in("ben")
    other.app, theirs = visitor.app, {"csrf": "0" * 64, "agree": "yes", "sure": "yes", "amount": "25"}
    for form in (theirs, theirs | {"csrf": ""}, theirs | {"csrf": "ü"}):
        assert visitor.post(path, form, origin=f"http://{HOST}", sec_fetch_site="same-origin").status == 403
    assert visitor.shop.live.read(1) == []


def test_a_form_of_ours_is_taken() -> None:
    visitor = Visitor().signed_in()
    form = visitor.form("/palm", agree="yes")
    done = visitor.post("/palm/agree", form, origin=f"http://{HOST}", sec_fetch_site="same-origin")
    assert done.status == 303
    assert visitor.shop.live.palm("ana").state == "agreed"


def test_reading_a_page_changes_nothing() -> None:
    visitor = Visitor().signed_in()
    for path in (*DEEDS, "/sign-out"):
        assert visitor.get(f"{path}?agree=yes&sure=yes&amount=25").status == (200 if path == "/top-up" else 405)
    assert visitor.shop.live.read(1) == []


@pytest.mark.parametrize("path", [*PAGES, "/receipts/v1", "/sign-in", "/nothing"])
@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_page_loads_nothing_from_elsewhere_and_runs_nothing_inline(path: str, tag: str) -> None:
    visitor = Visitor().signed_in()
    visitor.speaks = tag
    response = visitor.get(path)
    page, headers = response.body.decode(), dict(response.headers)
    assert not re.search(r"""(src|href|action)="(?!/|#)""", page)
    assert not re.search(r"\sstyle=|<style|\son\w+=|javascript:|<script(?! src=)", page)
    assert "'unsafe" not in headers["Content-Security-Policy"]
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; ")
    assert f'<html lang="{tag}">' in page


def test_what_somebody_typed_comes_back_escaped() -> None:
    visitor = Visitor().signed_in()
    typed = '"><script>alert(1)</script>'
    assert "<script>alert" not in visitor.get(f"/price?gtin={typed}").body.decode()
    assert "<script>alert" not in visitor.get(f"/sign-in?code={typed}").body.decode()
    form = visitor.form("/top-up", amount=typed)
    assert "<script>alert" not in visitor.post("/top-up", form).body.decode()
