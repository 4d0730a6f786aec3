from __future__ import annotations

from pathlib import Path

import pytest

from contracts.errors import UsageError
from rig.paths import find_fixture, find_scenario, find_store, search_path


@pytest.fixture
def roots(tmp_path: Path) -> tuple[Path, Path]:
    first, second = tmp_path / "first", tmp_path / "second"
    for root, names in ((first, ["corner-shop"]), (second, ["corner-shop", "nanostore"])):
        (root / "fixtures/stores").mkdir(parents=True)
        for name in names:
            (root / f"fixtures/stores/{name}.yaml").write_text("about: x\n")
    return first, second


def test_the_first_root_that_has_a_store_wins(roots: tuple[Path, Path]) -> None:
    assert find_store("corner-shop", roots=roots).parent.parent.parent == roots[0]
    assert find_store("nanostore", roots=roots).parent.parent.parent == roots[1]


def test_a_path_is_taken_as_it_is(roots: tuple[Path, Path]) -> None:
    path = roots[1] / "fixtures/stores/nanostore.yaml"
    assert find_store(str(path), roots=[roots[0]]) == path


def test_a_store_beside_the_scenario_comes_first(roots: tuple[Path, Path]) -> None:
    scenario = roots[0] / "mine/visit.yaml"
    scenario.parent.mkdir()
    (scenario.parent / "corner-shop.yaml").write_text("about: mine\n")
    assert find_store("corner-shop", beside=scenario, roots=roots) == scenario.parent / "corner-shop.yaml"


def test_an_unknown_store_lists_what_there_is_and_the_nearest(roots: tuple[Path, Path]) -> None:
    with pytest.raises(UsageError) as caught:
        find_store("nanostor", roots=roots)
    assert str(caught.value).splitlines()[:2] == [
        "no store is named 'nanostor'",
        "  expected: one of: corner-shop, nanostore",
    ]
    assert "did you mean 'nanostore'?" in caught.value.hint
    assert str(roots[0] / "fixtures/stores") in caught.value.found


def test_without_any_store_the_folders_are_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"a file x\.yaml in one of: .*fixtures/stores"):
        find_store("x", roots=[tmp_path])


def test_scenarios_are_found_by_bare_name_by_folder_and_by_path(tmp_path: Path) -> None:
    file = tmp_path / "scenarios/walkout/buy_one.yaml"
    file.parent.mkdir(parents=True)
    file.write_text("about: x\n")
    for name in ("buy_one", "walkout/buy_one", "scenarios/walkout/buy_one.yaml", str(file)):
        assert find_scenario(name, roots=[tmp_path]) == file
    with pytest.raises(UsageError, match="no scenario is named 'buy_on'") as caught:
        find_scenario("buy_on", roots=[tmp_path])
    assert caught.value.expected == "one of: walkout/buy_one"


def test_a_bare_name_that_two_folders_have_is_refused(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / f"scenarios/{folder}").mkdir(parents=True)
        (tmp_path / f"scenarios/{folder}/same.yaml").write_text("about: x\n")
    with pytest.raises(UsageError, match="more than one scenario is named 'same'"):
        find_scenario("same", roots=[tmp_path])
    assert find_scenario("a/same", roots=[tmp_path]).parent.name == "a"


def test_other_kinds_of_fixtures_have_folders_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "fixtures/benches").mkdir(parents=True)
    (tmp_path / "fixtures/benches/lab.yml").write_text("x: 1\n")
    assert find_fixture("bench", "lab", roots=[tmp_path]).name == "lab.yml"


def test_the_order_is_working_directory_then_rig_path_then_the_package(tmp_path: Path) -> None:
    mine, theirs = tmp_path / "mine", tmp_path / "theirs"
    order = search_path(mine, f"{theirs}:{mine}:")
    assert order[:2] == (mine, theirs)
    assert (order[-1] / "rig/paths.py").is_file()
    assert len(order) == len(set(order)) == 4


def test_the_stores_of_the_repository_are_found(tmp_path: Path) -> None:
    assert find_store("corner-shop", roots=search_path(tmp_path, "")).name == "corner-shop.yaml"
