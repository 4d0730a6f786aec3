"""The page on money: its example runs, and its drawings are those of the tables."""

from __future__ import annotations

import pytest

from stack.money import bill_table, payment_table
from tests.docs.pages import DOCS, blocks

PAGE = DOCS / "money.md"


def test_the_example_runs() -> None:
    (example,) = [block for block in blocks(PAGE) if block.language == "python"]
    exec(compile(example.text, example.where, "exec"), {})


@pytest.mark.parametrize("table", [payment_table, bill_table], ids=["payment", "bill"])
def test_the_page_shows_the_diagram(table) -> None:
    assert f"```mermaid\n{table.diagram()}\n```" in PAGE.read_text()
