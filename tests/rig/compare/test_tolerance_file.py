"""The file that says what may differ is checked as every file that people write."""

from pathlib import Path

import pytest

from contracts.clock import MILLISECOND
from contracts.errors import BadFile
from rig.compare.rules import Order
from rig.compare.tolerance_file import read_tolerances

GOOD = """about: Heads may be 2 cm elsewhere.
tolerance:
  tracks.tracks.head: 0.02
  receipt.t_ns: 50 ms
  cart_change.chosen.probability: {absolute: 0.001, relative: 0.05}
ignore: [screen_command, cart_change.alternatives]
order: each
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "a.tolerance.yaml"
    path.write_text(text)
    return path


def test_what_may_differ(tmp_path: Path) -> None:
    rules = read_tolerances(written(tmp_path, GOOD))
    head, time, share = (
        rules.tolerance(path) for path in ("tracks.tracks.head", "receipt.t_ns", "cart_change.chosen.probability")
    )
    assert head is not None
    assert time is not None
    assert share is not None
    assert (head.absolute, head.text) == (0.02, "0.02")
    assert (time.absolute, time.text) == (50 * MILLISECOND, "50 ms")
    assert (share.allows(0.5, 0.52), share.allows(0.5, 0.53), share.text) == (True, False, "0.001 or 0.05 of it")
    assert rules.ignores("screen_command")
    assert not rules.ignores("tracks")
    assert rules.order is Order.EACH


def test_an_empty_mapping_allows_nothing(tmp_path: Path) -> None:
    rules = read_tolerances(written(tmp_path, "about: nothing\n"))
    assert rules.tolerance("tracks.t_ns") is None
    assert rules.order is Order.ALL


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("tolerance: {tracks.track.head: 1}\n", 1, "did you mean 'tracks.tracks.head'"),
        ("ignore:\n  - screen_command\n  - recipt\n", 3, "did you mean 'receipt'"),
        ("tolerance: {tracks.tracks.head: -1}\n", 1, "greater than or equal to 0"),
        ("tolerance: {tracks.tracks.head: 2 cm}\n", 1, "a number"),
        ("tolerance: {receipt.t_ns: soon}\n", 1, "a length of time"),
        ("tolerance: {tracks: {absolut: 1}}\n", 1, "did you mean 'absolute'"),
        ("tolerances: {}\n", 1, "did you mean 'tolerance'"),
        ("order: some\n", 1, "'all' or 'each'"),
        ("[1, 2]\n", 1, "a mapping"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(tmp_path: Path, text: str, line: int, said: str) -> None:
    with pytest.raises(BadFile) as caught:
        read_tolerances(written(tmp_path, text))
    assert f"a.tolerance.yaml:{line}" in str(caught.value)
    assert said in str(caught.value)


def test_all_names_that_nobody_knows_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(BadFile) as caught:
        read_tolerances(written(tmp_path, "ignore: [nobody, knows]\n"))
    assert "'nobody'" in str(caught.value)
    assert "'knows'" in str(caught.value)
