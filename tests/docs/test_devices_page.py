"""The page on devices is typed in as it stands."""

from pathlib import Path

from tests.docs.pages import DOCS
from tests.docs.reader import Reader


def test_what_the_page_on_devices_says_can_be_typed_in(tmp_path: Path) -> None:
    with Reader(tmp_path) as reader:
        reader.read(DOCS / "devices.md")
