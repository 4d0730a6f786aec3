"""Any words, and any bytes on the line: no exception but none, and the next good answer is a weight again."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.scale.reading import Status
from devices.scale.transmitter.codec import readings
from devices.scale.transmitter.encode import status_words, weight_words
from devices.scale.transmitter.model import Setup
from devices.scale.transmitter.models import TRANSMITTERS
from tests.devices.scale.transmitter.bench import NAMES, Bench

WORD = st.integers(0, 0xFFFF)
SHOWN = [Status.OK, Status.MOTION]


@pytest.mark.parametrize("name", NAMES)
@settings(deadline=None, max_examples=300)
@given(data=st.data())
def test_any_words_are_read(name: str, data: st.DataObject) -> None:
    of = TRANSMITTERS[name]
    words = data.draw(st.lists(WORD, min_size=of.count, max_size=of.count))
    found = readings(of, Setup(), words)
    assert len(found) == of.channels
    assert all(math.isfinite(one.grams[0]) == (one.status in SHOWN) for one in found)


@pytest.mark.parametrize("name", NAMES)
@settings(deadline=None, max_examples=20)
@given(junk=st.lists(st.binary(min_size=1, max_size=300), min_size=1, max_size=5))
def test_any_bytes_on_the_line_cost_only_time(name: str, junk: list[bytes]) -> None:
    bench = Bench(name)
    bench.device.load(500.0)
    for piece in junk:
        bench.ours._inbox += piece
        assert {value for value in bench.grams(0.1) if not math.isnan(value)} <= {0.0, 500.0}
    assert bench.grams(2)[-1] == 500.0


@pytest.mark.parametrize("name", NAMES)
@settings(deadline=None, max_examples=100)
@given(grams=st.integers(-9, 10_000))
def test_what_is_shown_is_read(name: str, grams: int) -> None:
    from devices.scale.balance import Shown

    of, setup = TRANSMITTERS[name], Setup()
    words = [0] * of.count
    for at, some in ((of.weight, weight_words(of, setup, grams)), (of.status, status_words(of, setup, Shown(grams)))):
        words[at - of.at : at - of.at + len(some)] = some
    assert readings(of, setup, words)[0].grams[0] == pytest.approx(grams, abs=1e-3)
