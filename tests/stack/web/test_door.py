"""Signing in and out, and what nobody sees without it."""

from __future__ import annotations

import pytest

from contracts.clock import SECOND
from stack.web.app import PAGES, PARTS
from stack.web.sessions import LIFE_NS, MOST, Sessions
from stack.web.sign_ins import GUESSES, WITHIN_NS, SignIns, Wrong
from tests.stack.web.shops import Entropy, Visitor


@pytest.mark.parametrize("path", [*PAGES, "/receipts/v1", "/nothing"])
def test_without_signing_in_every_page_leads_to_the_door(path: str) -> None:
    response = Visitor().get(path)
    assert (response.status, ("Location", "/sign-in") in response.headers) == (303, True)


@pytest.mark.parametrize("path", PARTS)
def test_what_scripts_fetch_says_that_one_must_sign_in(path: str) -> None:
    response = Visitor().get(path)
    assert (response.status, response.body) == (401, b"")


def test_a_code_signs_in_once() -> None:
    visitor = Visitor()
    code = visitor.app.sign_ins.issue("ana")
    assert visitor.post("/sign-in", {"code": code.lower().replace("-", " ")}).status == 303
    assert visitor.used == ["ana"]
    assert "ana" in visitor.text("/")
    again = Visitor(visitor.shop)
    again.app = visitor.app
    refused = again.post("/sign-in", {"code": code})
    assert refused.status == 422
    assert "used before" in refused.body.decode()
    assert "session" not in again.cookies


def test_the_link_fills_the_code_in_and_signs_nobody_in() -> None:
    visitor = Visitor()
    code = visitor.app.sign_ins.issue("ana")
    assert f'value="{code}"' in visitor.text(f"/sign-in?code={code}")
    assert "session" not in visitor.cookies
    assert visitor.post("/sign-in", {"code": code}).status == 303


def test_the_cookie_is_for_this_site_and_for_no_script() -> None:
    visitor = Visitor()
    done = visitor.post("/sign-in", {"code": visitor.app.sign_ins.issue("ana")})
    (cookie,) = [value for name, value in done.headers if name == "Set-Cookie"]
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(cookie.split("; "))


def test_signing_out_ends_the_session_on_the_server_too() -> None:
    visitor = Visitor().signed_in()
    cookie = visitor.cookies["session"]
    assert visitor.post("/sign-out", visitor.form("/")).status == 303
    visitor.cookies["session"] = cookie
    assert visitor.get("/").status == 303


def test_a_session_runs_out_when_it_is_not_used() -> None:
    visitor = Visitor().signed_in()
    visitor.clock.wait_until(LIFE_NS)
    assert visitor.get("/").status == 200
    visitor.clock.wait_until(2 * LIFE_NS + 1)
    assert visitor.get("/").status == 303


def test_a_new_code_of_an_account_replaces_the_old_one() -> None:
    doors = SignIns(Entropy())
    old, new = doors.issue("ana"), doors.issue("ana")
    assert doors.redeem(old, 0) is Wrong.CODE
    assert doors.redeem(new, 0) == "ana"


def test_guessing_is_slowed_down_for_everybody_for_a_minute() -> None:
    visitor = Visitor()
    code = visitor.app.sign_ins.issue("ana")
    for _ in range(GUESSES):
        assert visitor.post("/sign-in", {"code": "WRONG"}).status == 422
    assert visitor.post("/sign-in", {"code": code}).status == 429
    visitor.clock.wait_until(WITHIN_NS + SECOND)
    assert visitor.post("/sign-in", {"code": code}).status == 303


def test_the_session_that_was_idle_longest_goes_first() -> None:
    sessions = Sessions(Entropy())
    first, second = sessions.open("ana", 0), sessions.open("ben", 0)
    assert sessions.find(first, 1)
    for _ in range(MOST - 1):
        sessions.open("eve", 2)
    assert sessions.find(second, 3) is None
    assert sessions.find(first, 3)


def test_nobody_sees_the_receipts_of_others() -> None:
    ana, ben = Visitor().signed_in(), Visitor().signed_in("ben")
    assert ana.get("/receipts/v1").status == 200
    assert ben.get("/receipts/v1").status == 404
    assert "v1" not in ben.text("/receipts")
