"""Lines of raw counts, and the emulated board that prints them."""

import math

import pytest

from contracts.clock import SECOND
from devices.scale.balance import SETTLE_NS, Balance, Trouble
from devices.scale.emulate.hx711 import Hx711Board
from devices.scale.hx711_line import HIGHEST, LOWEST, Hx711Line, check
from devices.scale.reading import Noise, Reading, Status


def line(text: bytes) -> bytes:
    return text + b"*" + check(text) + b"\r\n"


def grams(codec: Hx711Line, data: bytes) -> list[tuple[float, ...]]:
    return [event.grams for event in codec.feed(data) if isinstance(event, Reading)]


def test_counts_become_grams() -> None:
    assert grams(Hx711Line(2, 200.0), line(b"4 2000 -100")) == [(10.0, -0.5)]


def test_the_first_four_samples_after_power_up_mean_nothing() -> None:
    found = grams(Hx711Line(1, 1.0), b"".join(line(b"%d 7" % number) for number in (901, 0, 1, 2, 3, 4)))
    assert [math.isnan(row[0]) for row in found] == [False, True, True, True, True, False]


def test_a_cell_at_the_end_of_the_range_has_no_weight() -> None:
    (over,) = Hx711Line(2, 1.0).feed(line(b"9 %d 5" % HIGHEST))
    (under,) = Hx711Line(1, 1.0).feed(line(b"9 %d" % LOWEST))
    assert isinstance(over, Reading)
    assert isinstance(under, Reading)
    assert (over.status, under.status) == (Status.OVER, Status.UNDER)
    assert math.isnan(over.grams[0])
    assert over.grams[1] == 5.0


@pytest.mark.parametrize("bad", [b"9 5*00\r\n", line(b"9 5"), line(b"9 5 5 5"), line(b"9 8388608 1"), b"9 5 5\r\n"])
def test_a_line_that_is_not_whole_is_noise(bad: bytes) -> None:
    (event,) = Hx711Line(2, 1.0).feed(bad)
    assert isinstance(event, Noise)


def test_a_board_sends_at_its_rate_and_settles_in_four_samples() -> None:
    plate = Balance(10_000.0, 0.005)
    board, codec = Hx711Board([plate], 200.0, 10, offset=1000), Hx711Line(1, 200.0)
    before = grams(codec, b"".join(board.tick(0) + board.tick(SECOND)))
    assert len(before) == 11
    plate.load(500.0, SECOND - SETTLE_NS)
    after = [row[0] - before[-1][0] for row in grams(codec, b"".join(board.tick(2 * SECOND)))]
    assert after == pytest.approx([125.0, 250.0, 375.0] + [500.0] * 7)


def test_a_board_that_nobody_heard_for_long_sends_its_latest_only() -> None:
    board = Hx711Board([Balance(10_000.0, 0.005)], 200.0, 80)
    board.tick(0)
    rows = board.tick(3600 * SECOND)
    assert len(rows) <= 162
    assert rows[-1].startswith(b"288000 ")


def test_a_stuck_cell_repeats_its_count() -> None:
    plate = Balance(10_000.0, 0.005)
    board, codec = Hx711Board([plate], 200.0, 10), Hx711Line(1, 200.0)
    first = grams(codec, b"".join(board.tick(0) + board.tick(SECOND)))[-1]
    plate.begin(Trouble.FROZEN, SECOND)
    plate.load(700.0, SECOND)
    assert set(grams(codec, b"".join(board.tick(3 * SECOND)))) == {first}
