"""The first bad commit."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rig.nightly.blame import Blame, checked_out, commits_between, first_bad, head

HOUR = 3600.0


@given(st.integers(1, 40).flatmap(lambda many: st.tuples(st.just(many), st.integers(0, many - 1))))
def test_it_is_found_with_few_looks(sizes: tuple[int, int]) -> None:
    many, bad = sizes
    looks: list[str] = []

    def is_good(commit: str) -> bool:
        looks.append(commit)
        return int(commit) < bad

    assert first_bad([str(at) for at in range(many)], is_good, HOUR) == Blame(str(bad), 1)
    assert len(looks) <= many.bit_length()


def test_commits_that_cannot_be_tried_leave_it_among_several() -> None:
    found = first_bad(["a", "b", "c", "d"], {"a": True}.get, HOUR)
    assert found == Blame("d", 3)
    assert first_bad([], lambda _: True, HOUR).why
    assert first_bad(["a", "b"], lambda _: True, 0.0) == Blame("b", 2)


def test_a_commit_s_files_are_laid_out_and_taken_away(tmp_path: Path) -> None:
    def git(*words: str) -> None:
        subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@b", *words], cwd=tmp_path, check=True)

    git("init", "-q", "-b", "main")
    commits = []
    for text in ("one", "two"):
        (tmp_path / "file").write_text(text)
        git("add", "file")
        git("commit", "-qm", text)
        commits.append(head(tmp_path))
    assert commits_between(tmp_path, commits[0], commits[1]) == commits[1:]
    with checked_out(tmp_path, commits[0]) as tree:
        assert tree is not None
        assert (tree / "file").read_text() == "one"
    assert not tree.exists()
    (tmp_path / "file").write_text("three")
    assert head(tmp_path) == f"{commits[1]}+"
    with checked_out(tmp_path, "nothing") as nowhere:
        assert nowhere is None


@pytest.mark.parametrize("words", [("x", "y")])
def test_outside_a_repository_there_is_no_history(tmp_path: Path, words: tuple[str, str]) -> None:
    assert head(tmp_path) == ""
    assert commits_between(tmp_path, *words) == []
