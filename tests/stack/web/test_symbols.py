"""What is drawn is what was meant: the paths are filled by hand here and read by zxing-cpp."""

from __future__ import annotations

import re

import numpy as np
import pytest
import zxingcpp

from contracts.errors import UsageError
from stack.web.symbols import bars, qr

CODE = "701314159260021040390739"


def drawn(svg: str, scale: int = 4) -> np.ndarray:
    """Return the picture of the dark path, (H, W) uint8."""
    wide, high = map(int, re.search(r'viewBox="0 0 (\d+) (\d+)"', svg).groups())
    picture = np.full((high, wide), 255, np.uint8)
    dark = re.search(r'fill="#000" d="([^"]+)"', svg)[1]
    for x, y, w, h in re.findall(r"M(\d+) (\d+)h(\d+)v(\d+)h-\d+z", dark):
        picture[int(y) : int(y) + int(h), int(x) : int(x) + int(w)] = 0
    return picture.repeat(scale, axis=0).repeat(scale, axis=1)


def test_both_symbols_say_the_code() -> None:
    for svg, format_ in ((qr(CODE, "a"), "QR Code"), (bars(CODE, "b"), "Code 128")):
        (found,) = zxingcpp.read_barcodes(drawn(svg))
        assert (found.text, str(found.format)) == (CODE, format_)


def test_the_quiet_zones_are_light() -> None:
    square, row = drawn(qr(CODE, "a"), 1), drawn(bars(CODE, "b"), 1)
    assert (square[:4] == 255).all()
    assert (square[:, -4:] == 255).all()
    assert (row[:, :10] == 255).all()
    assert (row[:, -10:] == 255).all()
    assert not row[:, 10].any()


def test_a_label_cannot_break_out_of_its_attribute() -> None:
    assert 'aria-label="&quot;&gt;&lt;script&gt;"' in qr(CODE, '"><script>')


def test_what_code_128_cannot_carry_is_refused() -> None:
    with pytest.raises(UsageError, match="at most 48 characters"):
        bars("1" * 49, "long")
