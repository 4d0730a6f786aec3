"""Goods whose code is an element string or a Digital Link: at the till, with the app, and in a recording."""

import pytest

from contracts.checkout import PhoneAction
from contracts.codes.gs1 import SEPARATOR
from contracts.codes.shown import hidden
from contracts.records import Scan
from rig.recording.redact import redacted
from tests.stack.checkout.shop import NOVEL, Desk

LINK = f"https://id.gs1.org/01/0{NOVEL}/10/LOT7?17=270131"
STRING = f"010{NOVEL}1727013110LOT7{SEPARATOR}2142"


@pytest.mark.parametrize(
    ("code", "aim_id"), [(LINK, "]Q1"), (LINK, "]d1"), (STRING, "]C1"), (STRING, "]d2"), (STRING, "]Q3")]
)
def test_a_till_reads_what_is_on_goods(code: str, aim_id: str) -> None:
    desk = Desk()
    desk.scan(code, symbology=aim_id)
    assert desk.screen() == "Novel 15.00 USD"


@pytest.mark.parametrize("code", [LINK, SEPARATOR + STRING])
def test_a_phone_says_the_price(code: str) -> None:
    desk = Desk()
    desk.app(PhoneAction.SCANNED, code)
    assert desk.phone().startswith("Novel: 12.00 USD")


def test_a_box_and_weighed_goods_are_no_article() -> None:
    desk = Desk()
    desk.scan("00106141412345678908", symbology="]C1")
    assert "not one article" in desk.screen()
    desk.scan("01950123456789033103000195", symbology="]C1")
    assert "weighed" in desk.screen()


@pytest.mark.parametrize(
    ("code", "aim_id", "kept"),
    [
        (LINK, "]Q1", True),
        (STRING, "]C1", True),
        (STRING, "]C0", False),
        ("https://id.gs1.org/01/09506000134352?session=4711", "]Q1", False),
        ("https://example.com/menu?token=4711", "]Q1", False),
        ("139507120000000000", "]C0", False),
    ],
)
def test_a_recording_keeps_what_stands_on_goods_and_nothing_else(code: str, aim_id: str, kept: bool) -> None:
    scan = redacted(Scan(t_ns=0, source="s", code=code.encode(), symbology=aim_id))
    assert isinstance(scan, Scan)
    assert scan.code == (code.encode() if kept else hidden(code.encode()))
