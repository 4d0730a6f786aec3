"""Which runs a suite is made of: scenario files, folders and suites by name, checked against their stores."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

from contracts.errors import NothingToRun, UsageError
from contracts.layout import Layout
from rig.paths import SUFFIXES, find_scenario, find_suite
from rig.scenario import read_scenarios, ready
from rig.score.suite import Case, cases, choose_seeds, read_suite
from rig.shards import Shard


def choose(names: Sequence[str], *, only: str = "", shard: Shard | None = None) -> list[Case]:
    """Return every scenario of some files and folders, in the order given; none where all belong to other shares.

    Args:
        names: scenarios and suites, by path or name; a suite's scenarios come with its tuning seeds.
        only: a part of the names wanted.
        shard: the share wanted; None for all.

    Raises:
        UsageError: something is wrong with a file; lists what is wrong with all of them.
        NothingToRun: there is nothing, or nothing of that name.
    """
    layout_of = lru_cache(None)(_layout_of)
    found: list[Case] = []
    problems: list[str] = []
    for name in names:
        try:
            found += _of_file(name, layout_of) if _is_scenario(name) else _of_suite(name)
        except NothingToRun:
            continue
        except UsageError as error:
            problems.append(str(error))
    counted = Counter(scenario.name for scenario, _ in found)
    problems += [f"two scenarios are named '{name}': a run goes by its name" for name in counted if counted[name] > 1]
    if problems:
        raise UsageError("\n".join(dict.fromkeys(problems)))
    wanted = [case for case in found if only in case[0].name]
    if not wanted:
        raise NothingToRun(
            "no scenario to run", where=", ".join(names), found=f"{len(found)}, of which none hold '{only}'"
        )
    return shard.pick(wanted, lambda case: case[0].name) if shard else wanted


def _is_scenario(name: str) -> bool:
    """Whether a name is that of a scenario rather than of a suite; what is neither is looked for among scenarios."""
    if Path(name).suffix in SUFFIXES or Path(name).is_file():
        return True
    try:
        find_suite(name)
    except UsageError:
        return True
    return False


def _of_file(name: str, layout_of: Callable[[Path], Layout]) -> list[Case]:
    return [ready(written, {}, layout_of=layout_of) for written in read_scenarios(find_scenario(name))]


def _of_suite(name: str) -> list[Case]:
    suite = read_suite(name)
    return cases(suite, choose_seeds(suite, (), held_out=False))


def _layout_of(store_path: Path) -> Layout:
    from twin.store import load_store  # heavy

    return load_store(store_path).layout
