from __future__ import annotations

import numpy as np
import pytest

from contracts.clock import SECOND
from contracts.errors import UsageError
from contracts.layout import Layout
from stack.weighing.weigh import Health, LoadChange, ShelfWatcher
from tests.stack.shelves import Signal, feed, rack, store, weights

SHELF = "gondola-1/shelf-1"


def plate(number: int) -> str:
    return f"{SHELF}/plate-{number}"


def only(changes: list[LoadChange]) -> LoadChange:
    assert len(changes) == 1, changes
    return changes[0]


def test_silence_gives_nothing() -> None:
    assert Signal(20).events() == []


def test_a_pick_is_one_change_with_its_mass_and_time() -> None:
    change = only(Signal(8).step(2, 4.0, -621.7).events())
    assert change.plates == (plate(3),)
    assert change.deltas_g[0] == pytest.approx(-621.7, abs=2)
    assert change.started_ns == pytest.approx(4.0 * SECOND, abs=0.1 * SECOND)
    assert change.ended_ns == pytest.approx(4.0 * SECOND, abs=0.1 * SECOND)
    assert 0.5 < change.sigma_g < 3


@pytest.mark.parametrize("delta_g", [-35.0, 35.0])
@pytest.mark.parametrize("seed", range(5))
def test_the_lightest_goods_are_noticed(delta_g: float, seed: int) -> None:
    change = only(Signal(9, seed=seed).step(1, 4.0, delta_g).events())
    assert change.deltas_g[0] == pytest.approx(delta_g, abs=2)


def test_a_change_waits_until_it_has_lasted() -> None:
    watcher, signal = ShelfWatcher(store()), Signal(8).step(0, 4.0, -300)
    assert feed(watcher, signal.grams[: round(4.6 * 60)]) == []
    assert len(feed(watcher, signal.grams[round(4.6 * 60) :], first_ns=round(4.6 * SECOND))) == 1


@pytest.mark.parametrize("peak_g", [-250.0, 60.0, 400.0])
def test_a_touch_gives_nothing(peak_g: float) -> None:
    assert Signal(10).push(3, 4.0, 4.6, peak_g).events() == []


def test_a_hand_that_leans_for_a_second_gives_nothing() -> None:
    assert Signal(10).step(3, 4.0, 350).step(3, 5.0, -350).events() == []


def test_leaning_before_a_lift_does_not_change_the_mass() -> None:
    change = only(Signal(10).step(3, 4.0, 200).step(3, 4.6, -700).events())
    assert change.deltas_g[0] == pytest.approx(-500, abs=2)
    assert change.started_ns == pytest.approx(4.0 * SECOND, abs=0.1 * SECOND)


@pytest.mark.parametrize("mass_g", [35.0, 100.0, 330.0, 1500.0])
@pytest.mark.parametrize("seed", range(3))
def test_a_slow_lift_is_one_change(mass_g: float, seed: int) -> None:
    change = only(Signal(14, seed=seed).ramp(2, 4.0, 8.2, -mass_g).events())
    assert sum(change.deltas_g) == pytest.approx(-mass_g, abs=3)


def test_an_item_held_on_the_plate_for_long_is_one_change_when_gone() -> None:
    change = only(Signal(20).fumble(2, 4.0, 12.0, -180).step(2, 12.0, -400).events())
    assert change.deltas_g[0] == pytest.approx(-400, abs=3)
    assert change.ended_ns == pytest.approx(12.0 * SECOND, abs=0.15 * SECOND)


@pytest.mark.parametrize("gap_s", [0.45, 0.7, 1.0, 2.5])
def test_two_picks_with_a_plateau_between_are_two_changes(gap_s: float) -> None:
    changes = Signal(12).step(2, 4.0, -330).step(2, 4.0 + gap_s, -500).events()
    assert [round(sum(change.deltas_g), -1) for change in changes] == [-330, -500]
    assert changes[0].ended_ns <= changes[1].started_ns


def test_two_picks_without_a_plateau_are_one_change_with_the_sum() -> None:
    change = only(Signal(12).step(2, 4.0, -330).step(2, 4.2, -500).events())
    assert change.deltas_g[0] == pytest.approx(-830, abs=2)


def test_a_pick_and_a_put_are_two_changes() -> None:
    changes = Signal(14).step(2, 4.0, -330).step(2, 7.0, 330).events()
    assert [round(sum(change.deltas_g), -1) for change in changes] == [-330, 330]


def test_an_item_on_two_plates_is_one_change() -> None:
    change = only(Signal(10).step(2, 4.0, -380).step(3, 4.1, -220).events())
    assert change.plates == (plate(3), plate(4))
    assert sum(change.deltas_g) == pytest.approx(-600, abs=3)


def test_the_edge_of_a_light_item_on_the_next_plate_counts() -> None:
    change = only(Signal(10).step(2, 4.0, -50).step(3, 4.0, -12).events())
    assert change.plates == (plate(3), plate(4))
    assert sum(change.deltas_g) == pytest.approx(-62, abs=3)


def test_a_faint_push_before_a_lift_is_no_pick() -> None:
    change = only(Signal(10).push(2, 3.4, 4.0, -24).step(2, 4.0, -330).events())
    assert change.deltas_g[0] == pytest.approx(-330, abs=2)


def test_the_end_of_a_change_is_when_the_load_went_although_the_shelf_still_swings() -> None:
    change = only(Signal(14, noise_g=0.9).step(2, 4.0, -600).shake(4.0, 30, settle_s=1.2).events())
    assert change.ended_ns == pytest.approx(4.0 * SECOND, abs=0.3 * SECOND)


def test_an_item_on_three_plates_is_one_change_although_one_settles_late() -> None:
    signal = Signal(12).step(1, 4.0, -100).step(2, 4.05, -300).step(3, 4.0, -150).fumble(3, 4.1, 5.5, 60)
    change = only(signal.events())
    assert change.plates == (plate(2), plate(3), plate(4))
    assert sum(change.deltas_g) == pytest.approx(-550, abs=4)


def test_picks_from_plates_apart_are_two_changes() -> None:
    assert len(Signal(10).step(0, 4.0, -380).step(3, 4.0, -220).events()) == 2


def test_picks_from_neighbours_at_different_times_are_two_changes() -> None:
    assert len(Signal(10).step(2, 4.0, -380).step(3, 5.0, -220).events()) == 2


def test_the_last_plate_of_a_shelf_is_no_neighbour_of_the_next_shelf() -> None:
    signal = Signal(10, columns=8).step(3, 4.0, -380).step(4, 4.0, -220)
    changes = signal.events(store(shelves=2, plates=4))
    assert [change.plates for change in changes] == [
        ("gondola-1/shelf-1/plate-4",),
        ("gondola-1/shelf-2/plate-1",),
    ]


def test_goods_pushed_to_the_next_plate_give_nothing() -> None:
    assert Signal(10).step(2, 4.0, -330).step(3, 4.0, 330).events() == []


def test_goods_nudged_along_during_a_pick_leave_the_mass_right() -> None:
    change = only(Signal(10).step(2, 4.0, -600).step(3, 4.1, 100).events())
    assert sum(change.deltas_g) == pytest.approx(-500, abs=3)


def test_a_swap_on_two_neighbours_is_two_changes() -> None:
    assert len(Signal(12).step(2, 4.0, -600).step(3, 4.0, 450).events()) == 2


@pytest.mark.parametrize("seed", range(4))
def test_the_shake_of_a_pick_fires_nothing_else(seed: int) -> None:
    signal = Signal(14, columns=12, seed=seed).step(5, 5.0, -622).shake(5.0, 120)
    # Load sharing as measured in a real store.
    change = only(signal.step(4, 5.0, -12).step(6, 5.0, -6).events())
    assert change.plates == (plate(6),)
    assert change.deltas_g[0] == pytest.approx(-622, abs=8)


def test_load_shared_under_a_heavy_pick_is_no_change_of_its_own() -> None:
    assert only(Signal(10).step(2, 4.0, -1500).step(3, 4.0, -26).events()).plates == (plate(3),)


@pytest.mark.parametrize("rate_g_s", [-0.3, 0.3])
def test_drift_gives_nothing(rate_g_s: float) -> None:
    assert Signal(180, columns=2).ramp(0, 1.0, 179.0, rate_g_s * 178).events() == []


def test_a_pick_during_drift_has_its_mass() -> None:
    signal = Signal(60, columns=2).ramp(0, 1.0, 59.0, 12).step(0, 40.0, -120)
    assert only(signal.events()).deltas_g[0] == pytest.approx(-120, abs=3)


@pytest.mark.parametrize("noise_g", [3.4, 11.8, 35.0])
def test_noisy_plates_do_not_fire(noise_g: float) -> None:
    assert Signal(60, columns=12, noise_g=noise_g).events() == []


def test_noise_that_begins_later_does_not_fire() -> None:
    signal = Signal(40)
    signal.grams[600:] += np.random.Generator(np.random.PCG64(3)).normal(0, 20, signal.grams[600:].shape)
    assert signal.events() == []


def test_a_heavy_pick_is_noticed_on_a_noisy_shelf() -> None:
    change = only(Signal(20, noise_g=11.8).step(2, 10.0, -622).events())
    assert change.deltas_g[0] == pytest.approx(-622, abs=15)
    assert change.sigma_g > 6


def test_missing_samples_are_bridged() -> None:
    signal = Signal(10).step(2, 4.0, -330)
    signal.grams[::7, 2] = np.nan
    signal.grams[230:238] = np.nan
    assert only(signal.events()).deltas_g[0] == pytest.approx(-330, abs=2)


def test_a_plate_without_readings_disturbs_nobody() -> None:
    signal = Signal(10).step(2, 4.0, -330)
    signal.grams[:, 3] = np.nan
    assert only(signal.events()).plates == (plate(3),)


def test_what_is_taken_while_a_plate_is_silent_is_found_afterwards() -> None:
    signal = Signal(14).step(2, 5.0, -330)
    signal.grams[240:420, 2] = np.nan
    change = only(signal.events())
    assert change.deltas_g[0] == pytest.approx(-330, abs=2)
    assert change.started_ns < 4.2 * SECOND < 6.9 * SECOND < change.ended_ns


def test_a_long_silence_makes_a_plate_learn_its_level_afresh() -> None:
    signal = Signal(60).step(2, 20.0, 4000)
    signal.grams[600:2700, 2] = np.nan
    assert signal.events() == []


def test_a_lost_message_is_bridged() -> None:
    watcher, signal = ShelfWatcher(store()), Signal(10).step(2, 4.5, -330)
    kept = [block for block in range(0, 600, 12) if block not in (264, 276)]
    found = [change for i in kept for change in watcher.update(weights(signal.grams[i : i + 12], i * 16_666_667))]
    assert only(found).deltas_g[0] == pytest.approx(-330, abs=2)


def test_a_late_message_is_left_out() -> None:
    watcher, signal = ShelfWatcher(store()), Signal(10)
    found = feed(watcher, signal.grams[:300])
    found += watcher.update(weights(signal.grams[:12] + 500, 0))
    found += feed(watcher, signal.grams[300:], first_ns=5 * SECOND)
    assert found == []


@pytest.mark.parametrize("stretch", [0.8, 1.0, 1.25])
@pytest.mark.parametrize("block", [1, 7, 12, 60])
def test_block_length_and_pace_do_not_matter(stretch: float, block: int) -> None:
    signal = Signal(10).step(2, 4.0, -330).push(4, 4.0, 4.5, 200)
    change = only(signal.events(period_ns=round(16_666_667 * stretch), block=block))
    assert change.plates == (plate(3),)


def test_the_same_samples_give_the_same_changes() -> None:
    one = Signal(12).step(2, 4.0, -330).step(3, 4.1, -200).shake(4.0, 80)
    assert one.events() == one.events()


def test_gondolas_do_not_disturb_each_other() -> None:
    two = Layout("test", (0, 0, 5, 5), (0, 0, 5, 5), (rack("gondola-1", 1, 6), rack("gondola-2", 1, 3)))
    assert only(Signal(10).step(5, 4.0, -330).events(two)).plates == (plate(6),)


def test_noise_is_learnt() -> None:
    watcher = ShelfWatcher(store(plates=2))
    feed(watcher, Signal(30, columns=2, noise_g=[0.9, 8.0]).grams)
    assert watcher.noise_g(plate(1)) == pytest.approx(0.9, rel=0.3)
    assert watcher.noise_g(plate(2)) == pytest.approx(8.0, rel=0.3)


def test_health_tells_silent_stuck_and_noisy_plates() -> None:
    watcher, signal = ShelfWatcher(store(plates=4)), Signal(12, columns=4, noise_g=[0.9, 0.9, 0.9, 30])
    signal.grams[400:, 1] = np.nan
    signal.grams[400:, 2] = 812.5
    feed(watcher, signal.grams)
    assert list(watcher.health().values()) == [Health.GOOD, Health.SILENT, Health.STUCK, Health.NOISY]


def test_a_plate_that_sticks_and_recovers_fires_nothing() -> None:
    signal = Signal(14)
    signal.grams[300:420, 2] = signal.grams[299, 2]
    assert signal.events() == []


def test_a_block_with_other_columns_is_refused() -> None:
    with pytest.raises(UsageError, match=r"expected: \(samples, 6\) grams"):
        ShelfWatcher(store()).update(weights(np.zeros((12, 5))))


def test_a_block_of_an_unknown_gondola_is_refused() -> None:
    layout = Layout("test", (0, 0, 5, 5), (0, 0, 5, 5), (rack("gondola-9", 1, 6),))
    with pytest.raises(UsageError, match="gondola-9"):
        ShelfWatcher(layout).update(weights(np.zeros((12, 6))))
