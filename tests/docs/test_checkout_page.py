"""The page on ways to pay is typed in as it stands, and names every scenario and store that there is."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from stack.accounts import code_table
from stack.checkout import gate_table
from stack.visits import visit
from tests.docs.pages import DOCS, ROOT
from tests.docs.reader import Reader

PAGE = DOCS / "checkout.md"


@pytest.mark.long
def test_what_the_page_on_ways_to_pay_says_can_be_typed_in(tmp_path: Path) -> None:
    with Reader(tmp_path) as reader:
        reader.read(PAGE)


def test_the_page_names_the_scenarios_and_only_those() -> None:
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    named = set(re.findall(r"`([a-z_]+)`", "\n".join(rows)))
    there = {path.stem for path in (ROOT / "scenarios" / "checkout").glob("*.yaml")}
    unnamed = {"palm_code_card", "price_check"}  # one is run on the page, the other is about no payment
    assert there - named == unnamed


@pytest.mark.parametrize(
    "diagram", [code_table.diagram, gate_table.diagram, visit.diagram], ids=["code", "gate", "visit"]
)
def test_the_page_shows_the_diagram(diagram: Callable[[], str]) -> None:
    assert f"```mermaid\n{diagram()}\n```" in PAGE.read_text()
