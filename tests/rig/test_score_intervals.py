"""Intervals and calibration: known values, and what must hold for any."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rig.score.calibration import BINS, curve, expected_error, tally
from rig.score.intervals import DRAWS, bootstrap, bootstrap_quantile, percentiles, resamples, wilson
from rig.score.sums import NAMES, Sums


@pytest.mark.parametrize(
    ("right", "of", "low", "high"),
    [
        # Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 1998, table I.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_gives_published_intervals(right: int, of: int, low: float, high: float) -> None:
    assert wilson(right, of) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 10_000), st.data())
def test_wilson_holds_its_share_and_mirrors(of: int, data: st.DataObject) -> None:
    right = data.draw(st.integers(0, of))
    interval, mirrored = wilson(right, of), wilson(of - right, of)
    assert interval
    assert mirrored
    assert 0 <= interval[0] <= right / of <= interval[1] <= 1
    assert interval == pytest.approx((1 - mirrored[1], 1 - mirrored[0]), abs=1e-9)


def test_of_nothing_nothing_is_known() -> None:
    assert wilson(0, 0) is None
    assert bootstrap(np.ones((1, 2)), lambda sums: sums[:, 0], "x") is None
    assert bootstrap_quantile([np.ones(3)], 0.5, "x") is None
    assert percentiles(np.full(2, np.nan)) is None


def test_the_same_cases_give_the_same_interval_and_another_figure_other_draws() -> None:
    table = np.array([[1.0, 2.0], [2.0, 2.0], [0.0, 2.0], [2.0, 2.0]])

    def share(sums: np.ndarray) -> np.ndarray:
        return sums[:, 0] / sums[:, 1]

    assert bootstrap(table, share, "f1") == bootstrap(table, share, "f1")
    assert not np.array_equal(resamples(4, "f1"), resamples(4, "ece"))
    low, high = bootstrap(table, share, "f1") or (1.0, 0.0)
    assert low < 5 / 8 < high


def test_every_resample_has_as_many_cases() -> None:
    counts = resamples(7, "x")
    assert counts.shape == (DRAWS, 7)
    assert (counts.sum(axis=1) == 7).all()
    assert counts.mean() == pytest.approx(1.0)


def test_the_bootstrap_of_a_mean_is_as_wide_as_theory_says() -> None:
    values = np.linspace(0, 1, 101)
    table = np.stack([values, np.ones(101)], axis=1)
    low, high = bootstrap(table, lambda sums: sums[:, 0] / sums[:, 1], "mean") or (0.0, 0.0)
    assert high - low == pytest.approx(2 * 1.96 * values.std() / 101**0.5, rel=0.1)


def test_pooled_values_are_drawn_case_by_case() -> None:
    parts = [np.full(9, 1.0), np.full(1, 5.0)]
    assert bootstrap_quantile(parts, 1.0, "max") == (1.0, 5.0)


@given(st.lists(st.lists(st.floats(0, 1e4), min_size=1, max_size=4), min_size=2, max_size=6), st.floats(0, 1))
@settings(max_examples=20, deadline=None)
def test_quantiles_of_draws_are_those_of_the_values_drawn(said: list[list[float]], share: float) -> None:
    parts = [np.array(part) for part in said]
    drawn = [
        np.quantile(np.concatenate([np.tile(p, int(n)) for p, n in zip(parts, times, strict=True)]), share)
        for times in resamples(len(parts), "x")[:, :]
    ]
    assert bootstrap_quantile(parts, share, "x") == pytest.approx(percentiles(np.array(drawn)), abs=1e-6)


def error_of(sums: np.ndarray) -> float:
    return float(expected_error(sums[None])[0])


def test_lines_that_are_as_right_as_they_say_have_no_error() -> None:
    lines = [(p, i < round(p * 100)) for p in (0.05, 0.25, 0.75, 0.95) for i in range(100)]
    assert error_of(tally(lines)) == pytest.approx(0.0, abs=1e-12)


def test_calibration_by_hand() -> None:
    sums = tally([(0.9, True), (1.0, False), (0.15, False), (0.1, False)])
    assert error_of(sums) == pytest.approx((abs(1.9 - 1) + abs(0.25 - 0)) / 4)
    bins = curve(sums)
    assert [(part.lines, part.right) for part in bins if part.lines] == [(2, 0.0), (2, 0.5)]
    assert (bins[9].low, bins[9].high, bins[9].probability) == (0.9, 1.0, pytest.approx(0.95))
    assert (bins[0].probability, bins[0].right) == (None, None)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=60), st.integers(0, 60))
@settings(max_examples=60, deadline=None)
def test_calibration_adds_up_over_cases_and_lies_between_0_and_1(lines: list[tuple[float, bool]], cut: int) -> None:
    whole = tally(lines)
    assert np.allclose(whole, tally(lines[:cut]) + tally(lines[cut:]))
    assert sum(part.lines for part in curve(whole)) == len(lines)
    error = error_of(whole)
    assert np.isnan(error) == (not lines)
    assert not lines or 0 <= error <= 1


def test_a_random_oracle_is_calibrated_in_the_long_run() -> None:
    generator = np.random.default_rng(7)
    probabilities = generator.random(20_000)
    lines = [(float(p), bool(r < p)) for p, r in zip(probabilities, generator.random(20_000), strict=True)]
    error = error_of(tally(lines))
    assert error < 0.02


def test_sums_are_read_by_name() -> None:
    sums = Sums(np.arange(len(NAMES) + 3 * BINS, dtype=float)[None])
    assert (sums["receipts"].tolist(), sums["exact"].tolist()) == ([0.0], [1.0])
    assert sums.lines.shape == (1, 3 * BINS)
    assert np.isnan(Sums(np.zeros((1, len(NAMES) + 3 * BINS))).share("exact", "receipts"))
