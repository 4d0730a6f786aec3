"""Labels of goods and boxes: element strings and Digital Links, with the specifications' own examples."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.codes import gs1, gs1_link
from contracts.codes.gs1 import Gs1
from contracts.codes.recognise import Unknown, recognise
from contracts.errors import BadCode
from tests.contracts.drawn import steady

GS = gs1.SEPARATOR
# The example numbers are GS1's: prefix 952 is kept for them.
LABELS = [
    ("0109521234543213", {"01": "09521234543213"}),
    (
        f"0109521234543213171001011012 3ABC{GS}211234567890".replace(" ", ""),
        {"01": "09521234543213", "17": "100101", "10": "123ABC", "21": "1234567890"},
    ),
    (f"{GS}00095012345678903339", None),
    ("00106141412345678908", {"00": "106141412345678908"}),
    (f"02006141411234523725{GS}10ABC123", {"02": "00614141123452", "37": "25", "10": "ABC123"}),
    ("01950123456789033103000195", {"01": "95012345678903", "3103": "000195"}),
    ("0109506000134376392299", {"01": "09506000134376", "3922": "99"}),
    ("0109506000134352393297802999", {"01": "09506000134352", "3932": "97802999"}),
    ("8008251231", None),
    (f"10LOT/7{GS}15251200", {"10": "LOT/7", "15": "251200"}),
]
LINKS = [
    ("https://id.gs1.org/01/09506000134352", {"01": "09506000134352"}),
    (
        "https://id.gs1.org/01/09506000134352/10/ABC/21/12345?17=180426",
        {"01": "09506000134352", "10": "ABC", "21": "12345", "17": "180426"},
    ),
    ("https://id.gs1.org/01/614141123452/lot/ABC1/ser/12345?exp=180426",
     {"01": "00614141123452", "10": "ABC1", "21": "12345", "17": "180426"}),
    ("http://example.com/some/shop/01/09506000134376?3103=000195&3922=0299&17=201225",
     {"01": "09506000134376", "3103": "000195", "3922": "0299", "17": "201225"}),
    ("HTTPS://ID.GS1.ORG/01/09506000134352/10/A%2FB", {"01": "09506000134352", "10": "A/B"}),
    ("https://example.com/gtin/9506000134352", {"01": "09506000134352"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said"), LABELS)
def test_element_strings(text: str, said: dict[str, str] | None) -> None:
    if said is None:
        with pytest.raises(BadCode):
            gs1.parse(text)
        return
    assert {each.ai: each.value for each in gs1.parse(text).elements} == said


@pytest.mark.parametrize(("text", "said"), LINKS)
def test_digital_links(text: str, said: dict[str, str]) -> None:
    label = gs1_link.read(text)
    assert {each.ai: each.value for each in label.elements} == said
    assert gs1_link.read(gs1_link.write("id.gs1.org", label)) == label


def test_weights_and_amounts_have_their_point() -> None:
    label = gs1.parse("01950123456789033103000195392" + "20299")
    weight, price = label.find("310"), label.find("392")
    assert weight is not None
    assert price is not None
    assert (weight.number, price.number, price.currency) == (Decimal("0.195"), Decimal("2.99"), "")
    money = gs1.parse("0109506000134352393297802999").find("393")
    assert money is not None
    assert (money.number, money.currency) == (Decimal("29.99"), "978")


def test_one_piece_has_a_number_and_a_box_or_weighed_goods_have_none() -> None:
    piece = gs1.parse("0109506000134352").item
    assert piece is not None
    assert piece.gtin13 == "9506000134352"
    weighed = gs1.parse("01950123456789033103000195")
    assert (weighed.item, weighed.why) == (None, "it is weighed or measured goods")
    assert gs1.parse("00106141412345678908").item is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("0109506000134353", "check digit"),
        ("010950600013435", "holds what it must not"),
        ("01095060001343521799993", "must not"),
        ("010950600013435217991301", "no date"),
        ("0109506000134352" + "05123", "not known"),
        (f"10A{GS}10B", "two things"),
        ("", "says nothing"),
        ("10" + "A" * 21, "must not"),
        ("10\u00e9", "must not"),
    ],
)
def test_what_is_wrong_is_named(text: str, why: str) -> None:
    with pytest.raises(BadCode, match=why):
        gs1.parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "https://example.com/",
        "https://example.com/01",
        "https://example.com/21/1/10/2",
        "https://id.gs1.org/01/09506000134352/21/1/10/2",
        "https://id.gs1.org/01/09506000134353",
        "https://[id/01/09506000134352",
    ],
)
def test_what_is_no_link_of_an_article_is_refused(text: str) -> None:
    with pytest.raises(BadCode):
        gs1_link.read(text)


@pytest.mark.parametrize("aim_id", ["]C1", "]d2", "]Q3", "]e0"])
def test_a_symbol_for_goods_holds_a_label(aim_id: str) -> None:
    assert isinstance(recognise(b"0109506000134352", aim_id), Gs1)
    assert isinstance(recognise(b"0109506000134353", aim_id), Unknown)


def test_a_link_is_told_from_other_addresses() -> None:
    assert isinstance(recognise(LINKS[0][0].encode(), "]Q1"), Gs1)
    assert isinstance(recognise(b"https://example.com/menu", "]Q1"), Unknown)
    assert isinstance(recognise(LINKS[0][0].encode(), "]C0"), Unknown)
    assert isinstance(recognise(f"{GS}0109506000134352".encode(), ""), Gs1)


def test_a_link_with_more_than_goods_in_it_is_said_to_have() -> None:
    assert not gs1_link.read(LINKS[3][0]).others
    assert gs1_link.read("https://id.gs1.org/01/09506000134352?session=4711").others


@steady
@given(st.text(max_size=60), st.sampled_from(["", "]C1", "]Q1", "]d2"]))
def test_any_text_is_a_label_or_not(text: str, aim_id: str) -> None:
    recognise(text.encode("utf-8", "ignore"), aim_id)
    recognise(f"https://id.gs1.org/01/{text}".encode("utf-8", "ignore"), aim_id)
