"""What phones show can be read: every kind of code, as the symbol that it is shown in."""

import numpy as np
import pytest
from numpy.typing import NDArray

from contracts.codes.pop import Pop
from contracts.codes.recognise import Unknown, recognise
from contracts.codes.token import derive
from contracts.codes.top_up import TopUp
from contracts.errors import UsageError
from tests.contracts import code_vectors as known
from twin import barcode, phone_screen, scanner_eye
from twin.code_symbols import LINEAR_QUIET, SymbolKind, linear, qr

TOKEN = derive(bytes(32), 1, "12345678").code_at(0)
QR_CODES = [
    TOKEN,
    known.WECHAT,
    known.ALIPAY_PLUS,
    known.ALIPAY_PLUS_19,
    known.MPM_EMVCO,
    known.MPM_LONG_CITY,
    known.CPM_1,
    known.CPM_2,
    Pop("BOOKS", "TILL-1", "B1").code(),
]
BAR_CODES = [TOKEN, known.WECHAT, known.ALIPAY_PLUS, known.ALIPAY_PLUS_19, TopUp("1234567890123456").code()]


def picture(modules: NDArray[np.bool_], scale: int = 4) -> NDArray[np.uint8]:
    rows = scale if modules.ndim == 2 else 60
    return np.where(np.atleast_2d(modules).repeat(rows, 0).repeat(scale, 1), 0, 255).astype(np.uint8)


@pytest.mark.parametrize("text", QR_CODES)
def test_every_code_goes_through_a_qr(text: str) -> None:
    seen = scanner_eye.read(picture(qr(text.encode())))
    assert seen is not None
    assert (seen.code, seen.aim_id) == (text.encode(), "]Q1")
    assert not isinstance(recognise(seen.code, seen.aim_id), Unknown)


@pytest.mark.parametrize("text", BAR_CODES)
def test_every_code_of_digits_goes_through_code_128(text: str) -> None:
    seen = scanner_eye.read(picture(linear(text.encode(), SymbolKind.CODE_128)))
    assert seen is not None
    assert (seen.code, seen.aim_id) == (text.encode(), "]C0")
    assert not isinstance(recognise(seen.code, seen.aim_id), Unknown)


def test_a_rotating_code_is_as_wide_as_the_contract_says() -> None:
    from contracts.codes.symbols import code_128_modules

    drawn = linear(TOKEN.encode(), SymbolKind.CODE_128)
    assert len(drawn) - 2 * LINEAR_QUIET == code_128_modules(TOKEN)


def test_two_makers_draw_the_same_bars_for_goods() -> None:
    drawn = linear(known.EAN_13.encode(), SymbolKind.EAN_13)
    ours = np.array([bar == "1" for bar in barcode.ean13(known.EAN_13)])
    np.testing.assert_array_equal(drawn[LINEAR_QUIET:-LINEAR_QUIET], ours)
    seen = scanner_eye.read(picture(drawn))
    assert seen is not None
    assert (seen.code, seen.aim_id) == (known.EAN_13.encode(), "]E0")


@pytest.mark.parametrize(
    ("code", "kind"),
    [("최".encode(), SymbolKind.CODE_128), (b"x" * 49, SymbolKind.CODE_128), (b"5901234123458", SymbolKind.EAN_13)],
)
def test_a_symbol_that_cannot_carry_a_code_says_so(code: bytes, kind: SymbolKind) -> None:
    with pytest.raises(UsageError):
        linear(code, kind)


@pytest.mark.parametrize("data", [b"\x00\xff binary \x80", "서울".encode()])
def test_a_qr_carries_any_bytes(data: bytes) -> None:
    seen = scanner_eye.read(picture(qr(data)))
    assert seen is not None
    assert seen.code == data


def test_a_screen_shows_both_symbols_and_the_eye_takes_the_one_in_the_middle() -> None:
    shown = phone_screen.draw(TOKEN.encode())
    grey = shown.rgb.mean(axis=2).astype(np.uint8)
    middle = int(shown.middle_px[1])
    assert _kind(grey[middle - 400 : middle + 400]) == "]Q1"
    assert _kind(grey[: middle - 250]) == "]C0"
    assert _kind(phone_screen.draw(TOKEN.encode(), bars=False).rgb.mean(axis=2).astype(np.uint8)[: middle - 250]) == ""
    assert shown.module_mm == 1.7


def test_what_the_eye_has_seen_shows_no_code_in_its_text_form() -> None:
    seen = scanner_eye.read(picture(qr(TOKEN.encode())))
    assert TOKEN not in repr(seen)


def _kind(grey: NDArray[np.uint8]) -> str:
    seen = scanner_eye.read(np.ascontiguousarray(grey))
    return seen.aim_id if seen else ""
