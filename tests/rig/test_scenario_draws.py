"""Sweeps with distributions: each draw is a scenario with a name that stays, whatever else is varied."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import ValidationError

from contracts.errors import BadFile, UsageError
from rig.scenario import Scenario, read_scenario, read_scenarios
from rig.scenario.chosen import chosen
from rig.scenario.form import ScenarioForm
from rig.scenario.spread import VaryForm

TEXT = """about: A visit.
store: corner-shop
seed: {seed}
vary:
{vary}
shoppers:
  ana:
    does: [{{enter: qr}}, {{take: aurel-500}}, leave]
"""
ARRIVES = "  shoppers.ana.arrives: {uniform: [0 s, 4 s]}"
SPEED = "  shoppers.ana.speed: {normal: [1.1, 0.4], within: [0.9, 1.3]}"
Draw = Callable[..., list[Scenario]]


@pytest.fixture
def draw(tmp_path: Path) -> Draw:
    def read(*lines: str, seed: int = 7) -> list[Scenario]:
        path = tmp_path / "visit.yaml"
        path.write_text(TEXT.format(seed=seed, vary="\n".join(lines)))
        return [written.scenario for written in read_scenarios(path)]

    return read


def arrivals(scenarios: list[Scenario]) -> list[int]:
    return [scenario.shoppers[0].arrives_ns for scenario in scenarios]


def test_each_draw_is_a_scenario_of_its_own(draw: Draw) -> None:
    found = draw("  draws: 20", ARRIVES)
    assert [each.name for each in found] == [f"visit[draw={n}]" for n in range(1, 21)]
    assert len(set(arrivals(found))) == 20
    assert all(0 <= ns <= 4_000_000_000 for ns in arrivals(found))


def test_a_draw_stays_the_same_with_more_draws_more_keys_and_lists(draw: Draw, tmp_path: Path) -> None:
    few = draw("  draws: 3", ARRIVES)
    more = draw("  draws: 5", SPEED, ARRIVES)
    both = draw("  draws: 3", ARRIVES, "  shoppers.ana.does.0.enter: [qr, palm]")
    assert arrivals(more)[:3] == arrivals(few)
    assert [each.name for each in both][:2] == ["visit[enter=qr-draw=1]", "visit[enter=qr-draw=2]"]
    assert arrivals(both) == arrivals(few) * 2
    assert read_scenario(tmp_path / "visit.yaml", "visit[enter=palm-draw=3]").scenario == both[-1]


def test_another_seed_draws_others(draw: Draw) -> None:
    assert arrivals(draw("  draws: 3", ARRIVES)) != arrivals(draw("  draws: 3", ARRIVES, seed=8))


def test_normal_is_kept_within_and_its_mean_is_about_right(draw: Draw) -> None:
    speeds = [each.shoppers[0].speed_m_s for each in draw("  draws: 200", SPEED)]
    assert all(0.9 <= speed <= 1.3 for speed in speeds)
    assert sum(speeds) / len(speeds) == pytest.approx(1.1, abs=0.03)


def test_whole_numbers_stay_whole_and_both_ends_come_up(draw: Draw) -> None:
    found = draw("  draws: 40", "  seed: {uniform: [1, 3]}")
    assert {each.seed for each in found} == {1, 2, 3}


def test_choice_gives_values_as_they_are(draw: Draw) -> None:
    found = draw("  draws: 20", "  bodies: {choice: [rigid, skinned]}")
    assert {each.bodies for each in found} == {"rigid", "skinned"}


@pytest.mark.parametrize(
    ("lines", "what"),
    [
        ((ARRIVES,), "how many draws?"),
        (("  draws: 0", ARRIVES), "how many draws?"),
        (("  draws: 3",), "nothing is drawn"),
        (("  draws: 2", "  seed: {uniform: [3, 1]}"), "smaller number first"),
        (("  draws: 2", "  seed: {unifrom: [1, 3]}"), "did you mean 'uniform'"),
        (("  draws: 2", "  seed: {uniform: [1, 3], choice: [1]}"), "expected one of uniform"),
        (("  draws: 2", "  seed: {uniform: [0 s, 3 min]}"), "one unit"),
        (("  draws: 2", "  shoppers.ana.arrives: {uniform: [soon, late]}"), "expected a number"),
        (("  draws: 2", "  shoppers.ann.arrives: {uniform: [0, 1]}"), "did you mean 'ana'"),
        (("  draws: 20000", ARRIVES), "1 to 10000 combinations"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_its_line(draw: Draw, lines: tuple[str, ...], what: str) -> None:
    with pytest.raises(BadFile, match=r"visit.yaml:[45678]") as caught:
        draw(*lines)
    assert what in str(caught.value)


def test_one_draw_is_chosen_by_number_or_by_what_is_said_of_it(draw: Draw, tmp_path: Path) -> None:
    draw("  draws: 12", ARRIVES, "  shoppers.ana.does.0.enter: [qr, palm]")
    found = read_scenarios(tmp_path / "visit.yaml")
    assert [w.scenario.name for w in chosen(found, "2")] == ["visit[enter=qr-draw=2]", "visit[enter=palm-draw=2]"]
    assert chosen(found, "draw=2") == chosen(found, "2")
    assert [w.scenario.name for w in chosen(found, "enter=palm-draw=11")] == ["visit[enter=palm-draw=11]"]
    assert chosen(found, "visit[enter=palm-draw=11]") == chosen(found, "enter=palm-draw=11")
    assert chosen(found, "") == found
    with pytest.raises(UsageError, match="no such draw"):
        chosen(found, "13")


def test_editors_know_distributions() -> None:
    vary = ScenarioForm.model_json_schema()["properties"]["vary"]
    assert "VaryForm" in str(vary)
    with pytest.raises(ValidationError, match="list"):
        VaryForm.model_validate({"seed": 3})
