"""The page on devices shows the tables as they stand."""

from contracts import gate_states
from devices.gate.modules import MODULES
from devices.gate.turnstiles import TURNSTILES
from tests.docs.pages import DOCS, blocks


def test_the_page_draws_the_states_as_the_table_has_them() -> None:
    drawn = [block.text for block in blocks(DOCS / "devices.md") if block.text.startswith("stateDiagram")]
    assert f"{gate_states.diagram()}\n" in drawn


def test_the_page_names_every_module_and_every_turnstile() -> None:
    page = (DOCS / "devices.md").read_text()
    assert [name for name in (*MODULES, *TURNSTILES) if f"| `{name}`: " not in page] == []
