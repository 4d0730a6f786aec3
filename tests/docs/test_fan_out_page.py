"""The page on many runs at once is typed in as it stands."""

from pathlib import Path

import pytest

from tests.docs.pages import DOCS
from tests.docs.reader import Reader


@pytest.mark.long
@pytest.mark.timeout(900)  # whole runs, on a machine that may be busy
def test_what_the_page_on_many_runs_says_can_be_typed_in(tmp_path: Path) -> None:
    with Reader(tmp_path) as reader:
        reader.read(DOCS / "fan-out.md")
