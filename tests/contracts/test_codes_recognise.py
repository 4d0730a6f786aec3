"""What a till makes of what it reads."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.codes.cpm import Cpm
from contracts.codes.gtin import Gtin
from contracts.codes.measure import Measured, Pattern
from contracts.codes.mpm import Mpm
from contracts.codes.payment_code import PaymentCode
from contracts.codes.pop import Pop
from contracts.codes.recognise import Unknown, recognise
from contracts.codes.symbols import Symbology, split_aim, symbology
from contracts.codes.token import Token, derive
from contracts.codes.top_up import TopUp
from contracts.codes.upc_e import expanded
from contracts.errors import BadCode
from tests.contracts import code_vectors as known
from tests.contracts.drawn import steady

CODES = [
    (derive(bytes(32), 1, "00000001").code_at(0), "]C0", Token),
    (derive(bytes(32), 1, "00000001").code_at(0), "]Q1", Token),
    (TopUp("1234567890123456").code(), "]C0", TopUp),
    (Pop("BOOKS", "T1").code(), "]Q1", Pop),
    (known.WECHAT, "]C0", PaymentCode),
    (known.ALIPAY_PLUS, "]Q1", PaymentCode),
    (known.ALIPAY_PLUS_19, "", PaymentCode),
    (known.MPM_EMVCO, "]Q1", Mpm),
    (known.MPM_LONG_CITY, "]Q1", Mpm),
    (known.CPM_1, "]Q1", Cpm),
    (known.CPM_2, "]Q1", Cpm),
    (known.EAN_13, "]E0", Gtin),
    ("96385074", "]E4", Gtin),
    (known.EAN_13, "", Gtin),
    ("04252614", "]E0", Gtin),
]


@pytest.mark.parametrize(("text", "aim_id", "kind"), CODES)
def test_each_kind_is_known(text: str, aim_id: str, kind: type) -> None:
    assert type(recognise(text.encode(), aim_id)) is kind


def test_what_a_scale_printed_is_read_by_the_stores_pattern() -> None:
    scale = Pattern("2PPPPPPWWWWWC", decimals=3)
    label = scale.write("004711", Decimal("1.234"))
    found = recognise(label.encode(), "]E0", [scale])
    assert isinstance(found, Measured)
    assert (found.item, found.amount) == ("004711", Decimal("1.234"))
    assert type(recognise(label.encode(), "]E0")) is Gtin
    assert type(recognise(known.EAN_13.encode(), "]E0", [scale])) is Gtin


@pytest.mark.parametrize(
    ("short", "whole"),
    [
        ("04252614", "042100005264"),
        ("01234565", "012345000065"),
        ("01234531", "012300000451"),
        ("01234543", "012340000053"),
        ("01234505", "012000003455"),
    ],
)
def test_a_short_number_of_a_small_pack_is_the_long_one(short: str, whole: str) -> None:
    assert expanded(short) == whole
    found = recognise(short.encode(), "]E0")
    assert found == recognise(whole.encode(), "]E0")
    assert isinstance(found, Gtin)


@pytest.mark.parametrize("text", ["24252614", "0425261", "0425261x"])
def test_what_is_no_short_number_is_refused(text: str) -> None:
    with pytest.raises(BadCode):
        expanded(text)


@pytest.mark.parametrize(
    ("code", "aim_id", "why"),
    [
        (b"", "]Q1", "no such code"),
        (b"\xff\xfe", "]Q1", "not text"),
        (b"https://example.com", "]Q1", "no such code"),
        (b"5901234123458", "]E0", "check digit"),
        (b"5901234123457", "]Q1", "no such code"),  # digits in a QR are no bar code of goods
        (known.MPM_EMVCO.encode(), "]C0", "no such code"),
        (known.MPM_EMVCO[:-1].encode() + b"B", "]Q1", "checksum"),
        (known.CPM_1[:-8].encode(), "]Q1", "object"),
        (b"81" + b"0" * 18, "]C0", "wrong"),
        (b"7" + b"0" * 23, "]C0", "no rotating code"),
    ],
)
def test_what_is_nothing_says_why(code: bytes, aim_id: str, why: str) -> None:
    found = recognise(code, aim_id)
    assert isinstance(found, Unknown)
    assert why in found.why


@steady
@given(st.binary(max_size=80), st.sampled_from(["", "]Q1", "]C0", "]E0", "]E4", "]I1", "]X9", "nonsense"]))
def test_any_bytes_are_something_or_nothing(code: bytes, aim_id: str) -> None:
    recognise(code, aim_id)


@pytest.mark.parametrize(("text", "aim_id", "kind"), CODES)
def test_no_text_form_shows_what_pays(text: str, aim_id: str, kind: type) -> None:
    if kind in (Token, PaymentCode, Cpm):
        assert text[-9:] not in repr(recognise(text.encode(), aim_id))


@pytest.mark.parametrize(
    ("aim_id", "family"),
    [
        ("]Q1", Symbology.QR),
        ("]Q3", Symbology.QR),
        ("]C0", Symbology.CODE_128),
        ("]C1", Symbology.GS1_128),
        ("]E0", Symbology.EAN_13),
        ("]E4", Symbology.EAN_8),
        ("]d2", Symbology.DATA_MATRIX),
        ("]z0", Symbology.AZTEC),
        ("]e0", Symbology.DATABAR),
        ("", Symbology.UNKNOWN),
        ("Q1", Symbology.UNKNOWN),
        ("]X0", Symbology.UNKNOWN),
    ],
)
def test_families_by_their_ids(aim_id: str, family: Symbology) -> None:
    assert symbology(aim_id) is family


def test_an_id_before_a_code_is_cut_off() -> None:
    assert split_aim(b"]E05901234123457") == ("]E0", b"5901234123457")
    assert split_aim(b"5901234123457") == ("", b"5901234123457")
    assert split_aim(b"]\xff1x") == ("", b"]\xff1x")
