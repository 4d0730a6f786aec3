"""The bench of a session: read before anything is collected, and held against what each test needs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import pytest

from contracts.errors import UsageError
from rig.plugin.options import SETTINGS

if TYPE_CHECKING:
    from contracts.layout import Layout
    from rig.bench import BenchFile

BENCH: pytest.StashKey[BenchFile] = pytest.StashKey()


def read_bench(config: pytest.Config) -> None:
    """Read the bench of mode bench.

    Raises:
        pytest.UsageError: the file is wrong; lists all that is.
    """
    settings = config.stash[SETTINGS]
    if settings.mode != "bench" or settings.bench is None:
        return
    from rig.bench import read  # drivers: only where there is a bench

    try:
        config.stash[BENCH] = read(settings.bench)
    except UsageError as error:
        raise pytest.UsageError(f"--rig-bench: {error}") from error


def tags_of(config: pytest.Config) -> frozenset[str]:
    """Return the tags of the session's bench and of its devices, none without a bench."""
    bench = config.stash.get(BENCH, None)
    return bench.all_tags if bench else frozenset()


def unreal(ports: Sequence[str], config: pytest.Config, layout: Layout) -> Iterator[str]:
    """Yield a sentence for every port that is not a real device here.

    Args:
        ports: kinds of ports that a test wants real: "scanner".
        config: pytest's.
        layout: the store of the test.
    """
    bench = config.stash.get(BENCH, None)
    if bench is None:
        mode = config.stash[SETTINGS].mode
        yield from (f"needs a real {port}, mode is {mode}" for port in ports)
        return
    from rig.bench.stores import devices_of

    kinds = devices_of(layout)
    wired = {each.id for each in bench.exposed}
    real = {each.id for each in bench.devices if not each.recording} - wired
    for port in ports:
        if not any(kinds.get(device) == port for device in real):
            emulated = sorted(device for device in wired if kinds.get(device) == port)
            why = f"{', '.join(emulated)} is the twin's on a wire" if emulated else "it has none"
            yield f"needs a real {port}, bench {bench.path.stem}: {why}"


def strange(config: pytest.Config, layout: Layout) -> Iterator[str]:
    """Yield why a store cannot be played at the session's bench: it lacks a device that the bench names."""
    bench = config.stash.get(BENCH, None)
    if bench is None:
        return
    from rig.bench import check_in_store

    try:
        check_in_store(bench, layout)
    except UsageError as error:
        yield f"bench {bench.path.stem} is not for this store: {error.what}"
