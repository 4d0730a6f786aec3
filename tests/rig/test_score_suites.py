"""Suites: folders, seeds, scripts made for a seed; and those that come with the rig can all be read and explained."""

from collections import Counter
from functools import lru_cache
from pathlib import Path

import pytest

from contracts.errors import BadFile, NothingToRun, UsageError
from contracts.steps import Take
from rig.explain import explain
from rig.paths import find_scenario, find_store, find_suite
from rig.scenario.altered import altered_layout
from rig.scenario.check import check
from rig.score.adversarial import Wanted, script
from rig.score.suite import Suite, cases, choose_seeds, read_suite
from rig.score.tricks import ALONE, TOGETHER
from twin.store import load_store

ROOT = Path(__file__).parents[2]
SUITES = sorted(path.name for path in (ROOT / "scenarios" / "suites").iterdir())
BUY = "about: x\nstore: corner-shop\nshoppers:\n  ana:\n    does: [{enter: qr}, {take: aurel-500}, leave]\n"
layout_of = lru_cache(None)(lambda store: load_store(find_store(store, roots=[ROOT])).layout)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    home = tmp_path / "mine"
    home.mkdir()
    (home / "buy.yaml").write_text(BUY + "seed: 5\n")
    return home


def test_all_suites_are_there() -> None:
    assert SUITES == [
        "adversarial", "camera-only", "degraded", "density", "field-failures", "nanostore-replica", "rgb-only",
    ]  # fmt: skip


@pytest.mark.parametrize("name", SUITES)
def test_a_suite_can_be_read_explained_and_played_in_its_stores(name: str) -> None:
    suite = read_suite(name, roots=[ROOT])
    assert suite.about.endswith(".")
    assert not set(suite.tuning) & set(suite.reporting)
    assert suite.tuning
    assert suite.reporting
    for written in suite.written:
        scenario = written.scenario
        text = "\n".join(explain(scenario))
        assert scenario.about in text
        assert "never happens" not in text
        check(scenario, altered_layout(layout_of(scenario.store), scenario.altered), written.document)


def test_the_replica_has_all_scripts_and_says_what_its_store_lacks() -> None:
    suite = read_suite("nanostore-replica", roots=[ROOT])
    assert len(suite.written) == 22
    assert Counter(len(w.scenario.shoppers) for w in suite.written) == {1: 19, 2: 2, 3: 1}
    assert all(any(note.startswith(w.scenario.name) for w in suite.written) for note in suite.notes)


def test_each_failure_of_the_field_has_three_variants() -> None:
    stems = Counter(w.scenario.name.rsplit("_", 1)[0] for w in read_suite("field-failures", roots=[ROOT]).written)
    assert len(stems) == 15
    assert set(stems.values()) == {3}


def test_what_ci_makes_is_what_is_there(tmp_path: Path) -> None:
    from ci.suites.failures import field_failures
    from ci.suites.sensing import camera_only, degraded, density, rgb_only

    for make in (field_failures, density, camera_only, rgb_only, degraded):
        suite = make()
        suite.write(tmp_path)
        for file in sorted((tmp_path / suite.name).iterdir()):
            assert file.read_text() == (ROOT / "scenarios/suites" / suite.name / file.name).read_text(), file.name


def test_a_folder_of_ones_own_is_a_suite_with_its_own_seeds(folder: Path) -> None:
    suite = read_suite(str(folder))
    assert (suite.name, suite.tuning, suite.written[0].scenario.name) == ("mine", (), "buy")
    assert [(s.name, s.seed) for s, _ in cases(suite, ())] == [("buy", 5)]
    assert [(s.name, s.seed) for s, _ in cases(suite, (7, 8))] == [("buy[seed=7]", 7), ("buy[seed=8]", 8)]
    assert [s.name for s, _ in cases(suite, (7, 8), "=8")] == ["buy[seed=8]"]
    with pytest.raises(NothingToRun, match="whose name holds 'sell'"):
        cases(suite, (), "sell")


def test_a_store_may_lie_beside_its_scenarios(folder: Path) -> None:
    (folder / "corner-shop.yaml").write_text((ROOT / "fixtures/stores/corner-shop.yaml").read_text())
    ((_, store),) = cases(read_suite(str(folder)), ())
    assert store == folder / "corner-shop.yaml"


def test_seeds_given_come_before_held_out_before_tuning() -> None:
    suite = Suite(name="x", folder=Path("x"), tuning=(1, 2), reporting=(9,))
    assert choose_seeds(suite, (), held_out=False) == (1, 2)
    assert choose_seeds(suite, (), held_out=True) == (9,)
    assert choose_seeds(suite, (4,), held_out=False) == (4,)
    with pytest.raises(UsageError, match="--held-out"):
        choose_seeds(suite, (4,), held_out=True)
    with pytest.raises(UsageError, match="has no reporting seeds"):
        choose_seeds(Suite(name="x", folder=Path("x")), (), held_out=True)


def test_suites_are_found_by_name_and_the_nearest_is_told(tmp_path: Path) -> None:
    for name in ("suites/hard", "walkout"):
        (tmp_path / "scenarios" / name).mkdir(parents=True)
    assert find_suite("hard", roots=[tmp_path]) == tmp_path / "scenarios/suites/hard"
    assert find_suite("walkout", roots=[tmp_path]) == tmp_path / "scenarios/walkout"
    with pytest.raises(UsageError, match="did you mean 'hard'") as caught:
        find_suite("hart", roots=[tmp_path])
    assert caught.value.expected == "one of: hard, walkout"
    with pytest.raises(UsageError, match="a folder x in one of"):
        find_suite("x", roots=[tmp_path / "empty"])


def test_the_list_of_scenarios_does_not_drown_in_suites() -> None:
    with pytest.raises(UsageError, match="walkout/buy_one") as caught:
        find_scenario("buy_on", roots=[ROOT])
    assert "suites/" not in caught.value.expected


def test_all_that_is_wrong_with_a_suite_is_told_at_once(folder: Path) -> None:
    (folder / "other.yaml").write_text(BUY.replace("take", "tale"))
    (folder / "third.yaml").write_text(BUY.replace("shoppers", "shopper"))
    with pytest.raises(UsageError) as caught:
        read_suite(str(folder))
    assert "other.yaml" in str(caught.value)
    assert "third.yaml" in str(caught.value)
    for name in ("other", "third"):
        (folder / f"{name}.yaml").write_text(BUY.replace("aurel-500", f"{name}-500"))
    with pytest.raises(UsageError) as caught:
        cases(read_suite(str(folder)), (1, 2))
    assert str(caught.value).count("unknown product") == 2


def test_a_misspelt_key_of_the_suite_file_is_told(folder: Path) -> None:
    (folder / "suite.yaml").write_text("about: x\nseeds: {tunning: [1], reporting: [2]}\n")
    with pytest.raises(BadFile, match="did you mean 'tuning'"):
        read_suite(str(folder))


# --- scripts made to confuse -------------------------------------------------------------------------


@pytest.mark.parametrize("shoppers", [1, 2, 3, 6])
def test_another_seed_is_another_script_and_the_same_one_the_same(shoppers: int) -> None:
    def made(seed: int) -> object:
        wanted = Wanted(shoppers=shoppers, actions=5, confusing=0.4, seed=seed)
        return script(layout_of("corner-shop"), wanted)["shoppers"]

    assert made(1) == made(1)
    assert made(1) != made(2)


def test_two_of_five_actions_confuse() -> None:
    suite = read_suite("adversarial", roots=[ROOT])
    assert suite.made
    assert suite.made.adversarial.confusing == 0.4
    for count in (1, 2, 3):
        wanted = Wanted(shoppers=count, actions=5, confusing=0.4, seed=3)
        assert script(layout_of("corner-shop"), wanted)["about"].startswith(f"{2 * count} of {5 * count} ")


def test_over_many_seeds_every_trick_is_played_and_every_script_can_be() -> None:
    found = cases(read_suite("adversarial", roots=[ROOT]), range(40))
    assert len(found) == 120
    steps = Counter(type(step).__name__ for s, _ in found for plan in s.shoppers for step in plan.steps)
    assert {"Touch", "Inspect", "PutBack", "HandTo", "Drop", "Meet"} <= set(steps)
    takes = [step for s, _ in found for plan in s.shoppers for step in plan.steps if isinstance(step, Take)]
    assert any(take.slowly for take in takes)
    assert any(take.hold_ns for take in takes)
    assert any(take.at_once for take in takes)
    assert all("never happens" not in "\n".join(explain(scenario)) for scenario, _ in found)


def test_without_confusion_everybody_just_takes() -> None:
    wanted = Wanted(shoppers=2, actions=4, confusing=0.0, seed=1)
    people = script(layout_of("corner-shop"), wanted)["shoppers"].values()
    assert all(list(step) == ["take"] for person in people for step in person["does"][1:-1])


def test_a_store_that_is_too_small_to_confuse_is_refused() -> None:
    with pytest.raises(UsageError, match="too little left"):
        script(layout_of("corner-shop"), Wanted(shoppers=10, actions=50, confusing=0.4, seed=1))


def test_there_are_tricks_for_one_and_for_two() -> None:
    assert (len(ALONE), len(TOGETHER)) == (10, 5)
