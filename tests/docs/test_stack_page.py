"""The page that follows one bottle through the reference stack, and the part of one's own that it shows."""

import re
from pathlib import Path

import numpy as np
import pytest

from contracts.geometry import Pose
from contracts.layout import Gondola, Layout, Plate, Shelf
from contracts.records import Weights
from docs.examples.own_part import JumpWatcher
from stack.parts import NAMED
from tests.docs.pages import DOCS
from tests.docs.reader import Reader

PAGE = DOCS / "stack.md"
PLATES = tuple(Plate(f"g/shelf-1/plate-{n}", Pose(), 0.1, 0.3) for n in (1, 2))
SHELF = Shelf("g/shelf-1", Pose(), 0.2, 0.3, 0.3, PLATES)
LAYOUT = Layout("one", (0, 0, 1, 1), (0, 0, 1, 1), (Gondola("g", Pose(), 0.2, 0.3, 1.0, (SHELF,)),))
BLOCK_NS = 200_000_000


def feed(watcher: JumpWatcher, *levels: tuple[float, float]) -> list[object]:
    """Give it a block of samples for each pair of levels."""
    told: list[object] = []
    for number, pair in enumerate(levels):
        grams = np.tile(np.array(pair, np.float32), (12, 1))
        started = number * BLOCK_NS
        told += watcher.update(
            Weights(t_ns=started, source="g", started_ns=started, period_ns=BLOCK_NS // 12, grams=grams)
        )
    return told


def test_the_watcher_of_the_page_tells_of_a_bottle_once_it_has_gone() -> None:
    (change,) = feed(JumpWatcher(LAYOUT), (900, 50), (900, 50), (700, 50), (380, 50), (381, 50), (380, 50))
    assert (change.plates, change.deltas_g) == (("g/shelf-1/plate-1",), (-519.0,))
    assert change.started_ns == pytest.approx(2 * BLOCK_NS, abs=12)
    assert change.ended_ns == 4 * BLOCK_NS


def test_it_tells_of_nothing_when_nothing_lasts() -> None:
    assert feed(JumpWatcher(LAYOUT), (900, 50), (400, 50), (900, 50), (905, 55), (903, 52)) == []


def test_the_page_names_every_role_and_every_part() -> None:
    rows = re.findall(r"^\| `(\w+)` \|.*\| ([^|]*) \|$", PAGE.read_text(), re.MULTILINE)
    assert {role: tuple(re.findall(r"`([\w-]+)`", names)) for role, names in rows} == {
        role: tuple(names) for role, names in NAMED.items()
    }


def test_figures_that_the_page_gives_are_those_of_the_code() -> None:
    from stack.attribution import evidence, receipt
    from stack.reaching import reach
    from stack.tracking import track
    from stack.visits import visitors
    from stack.weighing import joining, steady

    said = [
        (visitors.ADMISSION_NS, 30e9), (visitors.GRACE_NS, 1.5e9), (track.GATE_M, 0.55), (track.BIRTH_HITS, 3),
        (reach.ARM_M, 1.05), (evidence.KEPT_NS, 30e9), (steady.SMALLEST_G, 15), (steady.NOISE_FACTOR, 4),
        (joining.TOGETHER_NS, 0.4e9), (evidence.ALONG_M, 0.06), (evidence.UP_M, 0.10), (evidence.UNSEEN_HAND, 0.1),
        (evidence.NOBODY, 0.02), (receipt.SURE, 0.75), (receipt.UNCHARGED, 0.25),
    ]  # fmt: skip
    assert [(found, told) for found, told in said if found != told] == []


@pytest.mark.long
@pytest.mark.timeout(900)  # a whole run, on a machine that may be busy
def test_what_the_page_says_can_be_typed_in(tmp_path: Path) -> None:
    with Reader(tmp_path) as reader:
        reader.read(PAGE)
