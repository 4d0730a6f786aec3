"""The pages on training data and on storage are typed in as they stand."""

from pathlib import Path

import pytest

from tests.docs.pages import DOCS
from tests.docs.reader import Reader


@pytest.mark.long
@pytest.mark.timeout(900)  # a whole run, on a machine that may be busy
def test_what_the_pages_say_can_be_typed_in(tmp_path: Path) -> None:
    with Reader(tmp_path) as reader:
        reader.read(DOCS / "export.md")
        reader.read(DOCS / "storage.md")
