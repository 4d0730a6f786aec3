"""The first commit with which something went wrong: the history between the last good night and now, halved and halved.

Each commit is checked out beside the repository and the step's command run there, with this environment.
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from contracts.clock import Stopwatch

Judge = Callable[[str], bool | None]


@dataclass(frozen=True, slots=True)
class Blame:
    """What the search came to.

    Args:
        commit: the first bad one; "" when it could not be told.
        among: how many it is among, when time ran out: 1 when it is certain.
        why: why it could not be told, or "".
    """

    commit: str = ""
    among: int = 0
    why: str = ""


def first_bad(commits: Sequence[str], is_good: Judge, budget_s: float) -> Blame:
    """Return the first bad commit.

    Args:
        commits: oldest first; the one before them was good, and the last is bad.
        is_good: whether a commit is; None when it cannot be told, as of one that does not start.
        budget_s: wall seconds after which no further one is tried.
    """
    watch, low, high, dumb = Stopwatch(), 0, len(commits) - 1, set[int]()
    while low < high and watch.seconds < budget_s:
        middle = next((at for at in _from_middle(low, high) if at not in dumb), None)
        if middle is None:
            break
        found = is_good(commits[middle])
        if found is None:
            dumb.add(middle)
        elif found:
            low = middle + 1
        else:
            high = middle
    if not commits:
        return Blame(why="there is no commit between the last good night and this one")
    return Blame(commits[high], high - low + 1)


def _from_middle(low: int, high: int) -> Iterator[int]:
    """Yield the places that halve the rest, the best first."""
    return iter(sorted(range(low, high), key=lambda at: abs(2 * at - low - high + 1)))


def commits_between(repository: Path, good: str, bad: str) -> list[str]:
    """Return the commits after one up to another, oldest first; none where the history does not know them."""
    told = _git(repository, "rev-list", "--reverse", "--first-parent", f"{good}..{bad}")
    return told.split() if told is not None else []


@contextmanager
def checked_out(repository: Path, commit: str) -> Iterator[Path | None]:
    """Give a folder with a commit's files beside the repository; None where that fails."""
    with tempfile.TemporaryDirectory(prefix="rig-blame-") as place:
        folder = Path(place) / "tree"
        done = _git(repository, "worktree", "add", "--detach", "--quiet", str(folder), commit)
        try:
            yield folder if done is not None else None
        finally:
            _git(repository, "worktree", "remove", "--force", str(folder))


def head(repository: Path) -> str:
    """Return the commit of a repository, "+" behind it where files differ from it; "" outside of one."""
    commit = _git(repository, "rev-parse", "HEAD")
    if commit is None:
        return ""
    return commit.strip() + ("+" if (_git(repository, "status", "--porcelain") or "").strip() else "")


def _git(repository: Path, *words: str) -> str | None:
    """Return what git says, None when it refuses or is not there."""
    try:
        done = subprocess.run(["git", *words], cwd=repository, capture_output=True, text=True, check=False)  # noqa: S603, S607
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None
