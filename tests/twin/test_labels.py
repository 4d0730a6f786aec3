from pathlib import Path

import numpy as np
import pytest

from contracts.codes.gtin import check_digit
from contracts.layout import Product
from twin.barcode import MODULES, QUIET, ean13
from twin.labels import label, plain

ROOT = Path(__file__).parents[2]
COLA = Product("cola", "2100401701372", "Kestrel cola zero 0.5 l", 500.0, 4.0)


@pytest.mark.parametrize("gtin", ["4006381333931", "5901234123457", "036000291452", "96385074"])
def test_check_digits_of_known_codes(gtin: str) -> None:
    assert check_digit(gtin[:-1]) == gtin[-1]


def test_the_bars_of_a_known_code() -> None:
    # Source: the worked example of the EAN-13 article of Wikipedia, 4003994155486.
    assert ean13("4003994155486") == (
        "101"
        "0001101" "0100111" "0111101" "0001011" "0010111" "0011101"
        "01010"
        "1100110" "1001110" "1001110" "1011100" "1001000" "1010000"
        "101"
    )  # fmt: skip


def test_every_symbol_has_guards_and_95_modules() -> None:
    for first in "0123456789":
        stem = f"{first}01234567890"
        bars = ean13(stem + check_digit(stem))
        assert len(bars) == MODULES
        assert (bars[:3], bars[45:50], bars[-3:]) == ("101", "01010", "101")


@pytest.mark.parametrize("gtin", ["2100401701373", "12345", "abcdefghijklm", ""])
def test_what_is_not_a_code(gtin: str) -> None:
    with pytest.raises(ValueError, match="not an EAN-13"):
        ean13(gtin)


@pytest.mark.parametrize("size", [128, 256])
def test_the_bars_on_a_label_are_those_of_its_product(size: int) -> None:
    picture = label(COLA, (200, 30, 40), size)
    column = picture[:, size * 3 // 4, 0]
    module = size * 15 // 16 // (MODULES + sum(QUIET))
    start = QUIET[0] * module
    read = "".join("1" if column[start + i * module] < 128 else "0" for i in range(MODULES))
    assert read == ean13(COLA.gtin)


def test_a_label_shows_its_colour_and_something_else() -> None:
    picture = label(COLA, (200, 30, 40))
    front = picture[:120, :64].reshape(-1, 3)
    assert 0.3 < np.all(front == (200, 30, 40), axis=1).mean() < 0.9
    assert np.all(picture[120:] == (200, 30, 40))


def test_a_label_is_the_same_every_time_and_another_for_another_product() -> None:
    other = Product("zero", "2200401702741", "Kestrel zero", 500.0, 4.0)
    assert label(COLA, (200, 30, 40)).tobytes() == label(COLA, (200, 30, 40)).tobytes()
    assert label(COLA, (200, 30, 40)).tobytes() != label(other, (200, 30, 40)).tobytes()


def test_a_product_without_a_barcode_has_a_label_without_bars() -> None:
    own = Product("own", "126490", "Own", 500.0, 4.0)
    assert np.all(label(own, (1, 2, 3))[:, 64:] == (1, 2, 3))


@pytest.mark.parametrize("size", [64, 100])
def test_a_size_that_cannot_be(size: int) -> None:
    with pytest.raises(ValueError, match="power of two"):
        label(COLA, (0, 0, 0), size)


def test_plain_is_plain() -> None:
    assert plain((1, 2, 3)).shape == (2, 2, 3)
