"""The page on replays is typed in as it stands, and its example of tolerances is one that is read."""

from pathlib import Path

import pytest

from rig.compare.rules import Order
from rig.compare.tolerance_file import read_tolerances
from tests.docs.pages import DOCS, blocks
from tests.docs.reader import Reader

PAGE = DOCS / "replay.md"


@pytest.mark.long
@pytest.mark.timeout(900)  # whole runs, on a machine that may be busy
def test_what_the_page_on_replays_says_can_be_typed_in(tmp_path: Path) -> None:
    with Reader(tmp_path) as reader:
        reader.read(PAGE)


def test_its_tolerances_are_read(tmp_path: Path) -> None:
    (example,) = [block.text for block in blocks(PAGE) if block.language == "yaml"]
    (tmp_path / "a.tolerance.yaml").write_text(example)
    rules = read_tolerances(tmp_path / "a.tolerance.yaml")
    assert len(rules.tolerances) == 4
    assert rules.ignores("screen_command")
    assert rules.order is Order.EACH
