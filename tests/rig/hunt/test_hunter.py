"""A hunt finds each seeded bug, makes the script short, and is right about what it does not find."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice

import pytest

from contracts.steps import HandTo, PutBack, Take
from rig.hunt.draw import outlines
from rig.hunt.hunter import Found, Hunter
from rig.hunt.keep import steps_of
from rig.hunt.trial import Trials
from rig.scenario import Scenario
from tests.rig.hunt import fakes
from tests.rig.hunt.fakes import Read, fake_play, told, traits

RUNS = 120
"""About what ten minutes are good for in a small store."""


def hunted(read: Read, *, runs: int = RUNS, seed: int = 1, held: tuple[str, ...] = ()) -> tuple[Hunter, list[Found]]:
    trials = Trials(told, fake_play(read, held))
    hunter = Hunter(trials, traits, lambda: trials.count >= runs)
    return hunter, list(hunter.hunt(islice(outlines(seed, traits), 10 * runs)))


def steps(scenario: Scenario, kind: type) -> list[object]:
    return [step for plan in scenario.shoppers for step in plan.steps if isinstance(step, kind)]


@pytest.mark.parametrize("seed", range(1, 6))
@pytest.mark.parametrize(
    ("read", "kind", "most"),
    [(fakes.lost_count, Take, 1), (fakes.put_back_elsewhere, PutBack, 2), (fakes.hand_over_ignored, HandTo, 3)],
    ids=["lost_count", "put_back_elsewhere", "hand_over_ignored"],
)
def test_each_seeded_bug_is_found_and_made_short(read: Read, kind: type, most: int, seed: int) -> None:
    _, found = hunted(read, seed=seed)
    scenario = found[0].tried.scenario
    assert found[0].shortest
    assert steps_of(scenario) <= most
    assert steps(scenario, kind)
    assert scenario.seed == 0
    assert all(plan.arrives_ns == 0 for plan in scenario.shoppers)


def test_nothing_is_found_where_nothing_is_wrong() -> None:
    hunter, found = hunted(fakes.right)
    assert found == []
    assert hunter.trials.count == RUNS


def test_what_is_held_is_not_wrong() -> None:
    assert hunted(fakes.lost_count, held=("ana", "ben", "cleo"))[1] == []


def test_one_bug_is_told_once_and_then_counted() -> None:
    hunter, found = hunted(fakes.lost_count, runs=300)
    assert len(found) == 1
    assert hunter.again > 3


def test_the_same_seed_tries_the_same_scripts_and_another_tries_others() -> None:
    def first(seed: int) -> list[str]:
        return [told(plot).digest for plot in islice(outlines(seed, traits), 20)]

    assert first(1) == first(1)
    assert first(1) != first(2)


def test_time_is_kept_and_the_best_so_far_is_told() -> None:
    runs = next(n for n in range(1, RUNS) if hunted(fakes.put_back_elsewhere, runs=n)[1])
    _, found = hunted(fakes.put_back_elsewhere, runs=runs)
    assert not found[0].shortest
    assert found[0].played == runs


def test_an_interrupted_hunt_knows_what_it_was_at() -> None:
    whole = fake_play(fakes.put_back_elsewhere)
    hunter = Hunter(Trials(told, _interrupting(whole)), traits, lambda: False)
    with pytest.raises(KeyboardInterrupt):
        list(hunter.hunt(outlines(1, traits)))
    unfinished = hunter.unfinished()
    assert unfinished is not None
    assert unfinished.tried.kinds == {"charged too much"}


def _interrupting(play: Callable[[Scenario], object]) -> Callable[[Scenario], object]:
    wrong = []

    def interrupted(scenario: Scenario) -> object:
        verdict = play(scenario)
        wrong.extend(verdict.differences)
        if len(wrong) > 3:
            raise KeyboardInterrupt
        return verdict

    return interrupted
