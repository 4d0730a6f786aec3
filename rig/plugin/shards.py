"""Sharding: each CI job runs its own part of the tests, by their ids alone."""

from __future__ import annotations

import pytest

from rig.plugin.options import SETTINGS
from rig.shards import shard_of

LEFT_OUT: pytest.StashKey[int] = pytest.StashKey()


def take_part(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests of other shards; tests of one bench stay together, for it serves one job."""
    shard = config.stash[SETTINGS].shard
    if shard is None:
        return
    number, count = shard
    bench = config.stash[SETTINGS].mode == "bench"
    others = [item for item in items if shard_of("bench" if bench else _id(item), count) != number]
    if others:
        left_out = set(others)
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=others)
    config.stash[LEFT_OUT] = len(others)


def allow_empty(session: pytest.Session) -> None:
    """Let a shard pass to which no test belongs."""
    if session.exitstatus == pytest.ExitCode.NO_TESTS_COLLECTED and session.config.stash.get(LEFT_OUT, 0):
        session.exitstatus = pytest.ExitCode.OK


def _id(item: pytest.Item) -> str:
    """Return a test's id without the group that xdist writes behind it on workers."""
    groups = {str(mark.args[0] if mark.args else mark.kwargs.get("name", "default")) for mark in _groups(item)}
    return item.nodeid.removesuffix(f"@{'_'.join(sorted(groups))}") if groups else item.nodeid


def _groups(item: pytest.Item) -> list[pytest.Mark]:
    return list(item.iter_markers("xdist_group"))
