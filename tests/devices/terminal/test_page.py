"""The page on devices shows the table as it stands."""

from devices.terminal import session
from tests.docs.pages import DOCS, blocks


def test_the_page_draws_the_exchange_as_the_table_has_it() -> None:
    drawn = [block.text for block in blocks(DOCS / "devices.md") if block.text.startswith("stateDiagram")]
    assert f"{session.diagram()}\n" in drawn
