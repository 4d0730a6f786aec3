"""Finds of earlier hunts are no news, until they are mended."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from rig.hunt.draw import outlines
from rig.hunt.hunter import Hunter
from rig.hunt.known import head, known_in
from rig.hunt.primer import primers
from rig.hunt.trial import Trials
from rig.scenario.write import to_yaml
from tests.rig.hunt import fakes
from tests.rig.hunt.fakes import fake_play, told, traits


def hunted(folder: Path) -> Hunter:
    trials = Trials(told, fake_play(fakes.lost_count))
    hunter = Hunter(trials, traits, lambda: trials.count >= 30, known_in([folder]))
    list(hunter.hunt(islice(outlines(1, traits), 30)))
    return hunter


def test_a_find_that_is_known_is_counted_and_not_told(tmp_path: Path) -> None:
    first = hunted(tmp_path).found[0].tried
    file = tmp_path / "find.yaml"
    file.write_text(head(first.kinds) + to_yaml(first.scenario))
    again = hunted(tmp_path)
    assert again.again > 0
    assert all(found.tried.scenario.digest != first.scenario.digest for found in again.found)
    file.write_text(to_yaml(first.scenario))  # without the words of a hunt it is a scenario like any other
    assert hunted(tmp_path).found[0].tried.scenario.digest == first.scenario.digest


def test_each_kind_of_step_comes_once_and_alone() -> None:
    plots = list(primers(1, traits))
    assert max(len(plot.deeds) for plot in plots) == 2
    steps = [trait for plot in plots for trait in traits(plot) if len(trait) == 1]
    assert {verb for (step,) in steps for verb in [step.split(" count")[0]]} >= {"take", "put back", "hand", "drop"}
    assert any("elsewhere" in step for (step,) in steps)
    assert plots != list(primers(2, traits))
