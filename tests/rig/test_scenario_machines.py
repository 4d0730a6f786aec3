"""Steps at machines and tables: read, written back, and refused where the store cannot serve them."""

from pathlib import Path

import pytest

from contracts.errors import BadFile
from contracts.steps import Buy, Order
from rig.explain import explain
from rig.scenario import from_yaml, read_scenario, ready, to_yaml

FILE = "about: x\nstore: {store}\nshoppers:\n  ana: {{account: {{palm: none}}, does: [{{enter: nothing}}, {step}]}}\n"


def written(tmp_path: Path, store: str, step: str) -> Path:
    path = tmp_path / "one.yaml"
    path.write_text(FILE.format(store=store, step=step))
    return path


@pytest.mark.parametrize(
    ("store", "step", "read", "says"),
    [
        ("vending", "{buy: oat-bar}", Buy(product="oat-bar"), "buys oat-bar from the machine"),
        (
            "tea-room",
            "{order: {items: {oat-bar: 2}, at: table-5}}",
            Order(items=(("oat-bar", 2),), at="table-5"),
            "orders at table-5 and pays with the app: 2 oat-bar",
        ),
    ],
)
def test_it_is_read_written_and_explained(tmp_path: Path, store: str, step: str, read: object, says: str) -> None:
    scenario, _ = ready(read_scenario(written(tmp_path, store, step)))
    assert scenario.shoppers[0].steps[1] == read
    assert scenario.shoppers[0].palm == ""
    assert from_yaml(to_yaml(scenario), scenario.name) == scenario
    assert any(says in line for line in explain(scenario))


@pytest.mark.parametrize(
    ("store", "step", "says"),
    [
        ("cafe", "{buy: oat-bar}", "vending"),
        ("vending", "{order: {items: {oat-bar: 1}}}", "table's printed code"),
        ("tea-room", "{order: {items: {soup: 1}}}", "unknown product"),
        ("night-market", "{pay: {by: screen, at: stall-1}}", "screen"),
    ],
)
def test_what_the_store_cannot_serve_is_said(tmp_path: Path, store: str, step: str, says: str) -> None:
    with pytest.raises(BadFile, match=says):
        ready(read_scenario(written(tmp_path, store, step)))
