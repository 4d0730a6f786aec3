"""When a picture was taken, and which pictures are kept."""

from hypothesis import given
from hypothesis import strategies as st

from contracts.clock import MILLISECOND, SECOND
from devices.camera.thinning import Thinning
from devices.camera.times import CaptureTimes


def test_a_clock_that_agrees_is_believed() -> None:
    times = CaptureTimes()
    assert times.of(5 * SECOND, 100, 5 * SECOND - 80 * MILLISECOND) == 5 * SECOND - 80 * MILLISECOND
    assert times.told
    assert times.of(6 * SECOND, 200, 6 * SECOND + 10 * MILLISECOND) == 6 * SECOND  # never after it came


def test_a_clock_that_is_wrong_tells_only_distances() -> None:
    times, wrong_ns = CaptureTimes(), 3600 * SECOND
    lags = [90, 40, 70, 40, 200]
    found = [
        times.of(number * 100 * MILLISECOND + lag * MILLISECOND, number * 100 * MILLISECOND, wrong_ns + number)
        for number, lag in enumerate(lags)
    ]
    assert not times.told
    # Once the picture that came soonest is known, the others come as far apart as they were taken.
    assert [round(at / MILLISECOND) for at in found] == [90, 140, 240, 340, 440]


def test_a_stream_without_times_is_dated_by_arrival() -> None:
    times = CaptureTimes()
    assert [times.of(at, None, None) for at in (10, 20, 20)] == [10, 20, 21]


def test_a_media_clock_that_jumps_begins_anew() -> None:
    times = CaptureTimes()
    times.of(1 * SECOND, 900 * SECOND, None)
    assert times.of(2 * SECOND, 5 * SECOND, None) == 2 * SECOND
    assert times.of(3 * SECOND, 6 * SECOND, None) == 3 * SECOND


def test_clocks_that_drift_apart_are_followed() -> None:
    times = CaptureTimes()
    # The camera's quartz is 50 parts in a million slow: an hour later it lags 180 ms behind, and its pictures do not.
    for number in range(36_000):
        media_ns = number * 100 * MILLISECOND
        arrived_ns = media_ns + media_ns * 50 // 1_000_000
        assert arrived_ns - times.of(arrived_ns, media_ns, None) <= MILLISECOND


@given(
    st.lists(
        st.tuples(
            st.integers(0, 10**12),
            st.none() | st.integers(-(10**12), 10**12),
            st.none() | st.integers(-(10**12), 10**12),
        )
    )
)
def test_times_never_run_backwards(shots: list[tuple[int, int | None, int | None]]) -> None:
    times = CaptureTimes()
    found = [times.of(*shot) for shot in sorted(shots, key=lambda shot: shot[0])]
    assert found == sorted(set(found))


def test_a_fast_stream_is_thinned_to_the_stores_rate() -> None:
    thinning = Thinning(10.0)
    assert sum(thinning.keeps(number * 40 * MILLISECOND) for number in range(250)) in (100, 101)


def test_a_stream_of_the_stores_rate_keeps_every_picture_in_spite_of_jitter() -> None:
    thinning = Thinning(10.0)
    jitter = [0, 20, -20, 15, -15, 20, 0, -20]
    assert all(thinning.keeps((number * 100 + jitter[number % 8]) * MILLISECOND) for number in range(100))


def test_a_pause_is_not_made_up_for() -> None:
    thinning = Thinning(10.0)
    assert thinning.keeps(0)
    assert thinning.keeps(5 * SECOND)
    assert [thinning.keeps(5 * SECOND + ms * MILLISECOND) for ms in (10, 20, 60, 80)].count(True) <= 1
