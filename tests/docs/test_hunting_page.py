"""The page on hunts is typed in as it stands."""

from pathlib import Path

import pytest

from tests.docs.pages import DOCS
from tests.docs.reader import Reader


@pytest.mark.long
@pytest.mark.timeout(900)  # two runs, on a machine that may be busy
def test_what_the_page_on_hunts_says_can_be_typed_in(tmp_path: Path) -> None:
    pytest.importorskip("hypothesis", reason="pip install hypothesis")
    with Reader(tmp_path) as reader:
        reader.read(DOCS / "hunting.md")
