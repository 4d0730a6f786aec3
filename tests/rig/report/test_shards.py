"""Shards: every test runs in exactly one job, in the same one whatever else there is."""

from __future__ import annotations

import pytest

from rig.plugin.shards import shard_of

pytest_plugins = ["pytester"]

TESTS = "import pytest\n@pytest.mark.parametrize('n', range(12))\ndef test_n(n): pass\n"


def test_shards_together_are_all_tests_each_once(suite: pytest.Pytester) -> None:
    suite.makepyfile(test_all=TESTS)
    ran = [suite.runpytest("--rig-shard", f"{number}/3").parseoutcomes() for number in (1, 2, 3)]
    assert sum(one.get("passed", 0) for one in ran) == 12
    assert all(one["passed"] + one["deselected"] == 12 for one in ran)


def test_a_test_stays_in_its_shard() -> None:
    # Written down: another hash would move every test of every project to another job.
    assert [shard_of(f"scenarios/a.yaml::a[{n}]", 5) for n in range(5)] == [2, 4, 1, 1, 4]


def test_a_shard_without_tests_passes(suite: pytest.Pytester) -> None:
    suite.makepyfile(test_one="def test_one(): pass")
    empty = 2 if shard_of("test_one.py::test_one", 2) == 1 else 1
    assert suite.runpytest("--rig-shard", f"{empty}/2").ret == pytest.ExitCode.OK


@pytest.mark.parametrize("text", ["0/2", "3/2", "half", "1/0"])
def test_a_shard_that_is_none_ends_the_session_at_the_start(suite: pytest.Pytester, text: str) -> None:
    result = suite.runpytest("--rig-shard", text)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert f"--rig-shard: expected N/M with N from 1 to M, such as 2/5, found '{text}'" in result.stderr.str()
