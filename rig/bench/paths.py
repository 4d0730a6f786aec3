"""Where bench files lie: fixtures/benches on the search path of all named things."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rig.paths import find_fixture


def find_bench(name: str, *, roots: Sequence[Path] | None = None) -> Path:
    """Return a bench file.

    Args:
        name: "wired-door", or the path of a bench file.
        roots: folders to search; None for `rig.paths.search_path()`.

    Raises:
        UsageError: there is none; lists those that there are.
    """
    return find_fixture("bench", name, roots=roots)
