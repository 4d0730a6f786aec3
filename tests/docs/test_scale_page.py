"""The page on scale says what comes of what was measured."""

from dataclasses import replace

import pytest

from benchmarks.scale import FAILED, NODE_CPUS, SPARE, makespan_h, measured, night, schedule, tables
from tests.docs.pages import DOCS

PAGE = (DOCS / "scale.md").read_text()


def test_its_tables_are_those_that_are_worked_out() -> None:
    assert tables() in PAGE


def test_what_it_says_in_words_is_in_the_tables() -> None:
    nights = [night(run) for run in measured()]
    assert {each.nodes for each in nights} == {2, 3}
    assert [round(each.tb) for each in nights] == [14, 20]
    assert all(3.5 < each.gbit_s < 6 for each in nights)
    assert all(400 < each.kept_tb < 650 for each in nights)
    assert [round(each.failed_tb) for each in nights] == [25, 35]
    for run, each in zip(measured(), nights, strict=True):
        assert schedule(run, each.nodes) < 8
        assert schedule(run, each.nodes + 1, 1) < 8
    assert FAILED == 0.02


def test_a_night_by_hand() -> None:
    run = replace(measured()[0], cpu_s=36.0, bytes=10**8)
    one = night(run, 1000)
    assert (one.cpu_h, one.nodes, one.tb) == (10.0, 1, 0.1)
    assert one.gbit_s == pytest.approx(800 / 28800)
    assert one.kept_tb == pytest.approx(0.1 * (0.98 * 30 + 0.02 * 90))
    assert night(run, 10**6).nodes == -(-10_000 // (8 * NODE_CPUS * SPARE))


def test_each_run_goes_to_who_is_free_first() -> None:
    assert makespan_h([3600, 3600, 7200], 2) == 3
    assert makespan_h([7200, 3600, 3600], 2) == 2
