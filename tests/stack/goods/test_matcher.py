"""The matcher that is shipped: probabilities over whatever products are asked about."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from contracts.errors import BadFile
from contracts.geometry import Floats
from stack.goods.features import NAMES
from stack.goods.matcher import DOUBT, SHIPPED, load, probabilities, save

FITS = [0.7, 0.25, -1.0, -2.5, 1.2, 1.0, 0.35]
"""Features of a product whose colours came with the hand ..."""
DOES_NOT = [0.0, 0.0, -3.0, -4.0, 1.2, 1.0, 0.05]
"""... and of one whose colours did not."""


def _rows(*rows: list[float]) -> Floats:
    return np.array(rows)


def test_what_came_with_the_hand_is_most_probable() -> None:
    p = probabilities(load(), _rows(DOES_NOT, FITS, DOES_NOT))
    assert int(np.argmax(p)) == 1
    assert p[1] > 0.5
    assert p.sum() == pytest.approx(1.0)


def test_when_nothing_came_with_it_the_hand_is_probably_empty() -> None:
    p = probabilities(load(), _rows(DOES_NOT, DOES_NOT))
    assert int(np.argmax(p)) == 2
    assert p[0] == pytest.approx(p[1])


def test_the_order_of_the_candidates_does_not_matter() -> None:
    one, other = probabilities(load(), _rows(FITS, DOES_NOT)), probabilities(load(), _rows(DOES_NOT, FITS))
    assert one[[1, 0, 2]] == pytest.approx(other)


def test_nothing_is_ever_impossible() -> None:
    p = probabilities(load(), _rows([9.0, 0.9, 3.0, -6.0, 2.0, 1.0, 1.0], DOES_NOT))
    assert p.min() >= DOUBT / 3


def test_the_shipped_weights_are_small_and_say_how_they_were_made() -> None:
    assert SHIPPED.stat().st_size < 200_000
    assert str(load().made["command"]).startswith("python -m rig.goods")


def test_weights_that_are_written_read_as_they_were(tmp_path: Path) -> None:
    save(load(), tmp_path / "again.json")
    assert (tmp_path / "again.json").read_text() == SHIPPED.read_text()


def test_weights_for_other_features_are_refused(tmp_path: Path) -> None:
    told = json.loads(SHIPPED.read_text())
    told["features"] = list(NAMES[:-1])
    (tmp_path / "old.json").write_text(json.dumps(told))
    with pytest.raises(BadFile, match="other features"):
        load(tmp_path / "old.json")
