"""One seed, one run, byte for byte: in another process, with another hash seed; another seed is another run."""

from itertools import zip_longest

import pytest

from contracts.run import Checkpoint
from rig.recording.channels import Entry
from rig.recording.reader import Recording
from tests.rig.kiosk import THREE, Made, made


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return made(tmp_path_factory, "first")


@pytest.fixture(scope="module")
def again(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return made(tmp_path_factory, "again", hashing="2")


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return made(tmp_path_factory, "other", seed=2)


@pytest.mark.parametrize("name", THREE)
def test_one_seed_gives_one_digest(first: Made, again: Made, name: str) -> None:
    one, two = first.recording(name), again.recording(name)
    assert first_difference(one, two) == ""
    assert one.digest() == two.digest()
    assert told_digest(first, name) == told_digest(again, name) == one.digest()


@pytest.mark.parametrize("name", THREE)
def test_another_seed_gives_another_digest(first: Made, other: Made, name: str) -> None:
    assert first.recording(name).digest() != other.recording(name).digest()


def test_the_recording_says_after_every_second_how_far_two_runs_agree(first: Made, again: Made) -> None:
    one, two = states(first.recording("two")), states(again.recording("two"))
    assert one == two
    assert len({digest for _, _, digest in one}) > 20


def states(recording: Recording) -> list[tuple[int, int, str]]:
    found = (r for r in recording.records(["/rig/checkpoint"]) if isinstance(r, Checkpoint))
    return [(r.t_ns, r.messages, r.digest) for r in found]


def told_digest(made: Made, name: str) -> str:
    return next(str(run["digest"]) for run in made.told if run["scenario"] == name)


def first_difference(one: Recording, two: Recording) -> str:
    """Say which message differs first, so that a failure points at its cause."""
    for mine, its in zip_longest(one.entries(), two.entries()):
        if mine != its and not (mine and mine.topic.startswith("/rig/run_")):
            return f"{about(mine)} differs from {about(its)}"
    return ""


def about(entry: Entry | None) -> str:
    return f"{entry.topic} seq {entry.seq} at {entry.t_ns / 1e9:.3f} s" if entry else "the end"
