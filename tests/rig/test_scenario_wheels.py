"""`pushes` and `seated` in scenario files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from contracts.errors import BadFile
from contracts.layout import Layout
from rig.explain import explain
from rig.paths import find_store
from rig.scenario import check, from_yaml, read_scenario, to_yaml
from rig.scenario.build import scenario, shopper
from rig.scenario.schema import scenario_schema
from twin.store import load_store

ROOT = Path(__file__).parents[2]
GOOD = """\
about: Ana comes with a pram, Ben in a wheelchair.
store: corner-shop
shoppers:
  ana:
    pushes: pram
    does: [enter, {leave: {gate: gate-out}}]
  ben:
    seated: true
    does: [enter, leave]
"""


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def writer(old: str = "", new: str = "") -> Path:
        path = tmp_path / "visit.yaml"
        path.write_text(GOOD.replace(old, new, 1) if old else GOOD)
        return path

    return writer


@pytest.fixture(scope="module")
def corner_shop() -> Layout:
    return load_store(find_store("corner-shop", roots=[ROOT])).layout


def narrow(layout: Layout, gate: str, width_m: float) -> Layout:
    gates = tuple(replace(each, width_m=width_m) if each.id == gate else each for each in layout.gates)
    return replace(layout, gates=gates)


def test_a_file_says_who_pushes_what_and_who_sits(write: Callable[..., Path]) -> None:
    ana, ben = read_scenario(write()).scenario.shoppers
    assert (ana.pushes, ana.seated) == ("pram", False)
    assert (ben.pushes, ben.seated) == ("", True)


def test_it_is_written_and_read_again(write: Callable[..., Path]) -> None:
    read = read_scenario(write()).scenario
    assert from_yaml(to_yaml(read), read.name) == read
    assert "pushes" not in to_yaml(replace(read, shoppers=read.shoppers[1:]))


def test_python_makes_the_same(write: Callable[..., Path]) -> None:
    built = scenario(
        "visit", "Ana comes with a pram, Ben in a wheelchair.", "corner-shop",
        shopper("ana", pushes="pram").enter("qr").leave(gate="gate-out"),
        shopper("ben", seated=True).enter("qr").leave(),
    )  # fmt: skip
    assert built == read_scenario(write()).scenario


def test_editors_know_the_keys() -> None:
    known = scenario_schema()["$defs"]["ShopperForm"]["properties"]
    assert "pram" in str(known["pushes"])
    assert known["seated"]["type"] == "boolean"


def test_it_is_explained(write: Callable[..., Path]) -> None:
    text = "\n".join(explain(read_scenario(write()).scenario))
    assert "pushes a pram" in text
    assert "sits in a wheelchair" in text


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("pushes: pram", "pushes: prams", "did you mean 'pram'?"),
        ("seated: true", "seated: true\n    pushes: trolley", "nobody pushes a trolley while seated"),
        ("seated: true", "seated: perhaps", "seated"),
    ],
)
def test_bad_values_are_refused(write: Callable[..., Path], old: str, new: str, what: str) -> None:
    with pytest.raises(BadFile) as caught:
        read_scenario(write(old, new))
    assert what in str(caught.value)


@pytest.mark.parametrize(("gate", "line", "who"), [("gate-in", 8, "wheelchair"), ("gate-out", 5, "pram")])
def test_a_lane_that_is_too_narrow_is_refused_before_the_run(
    write: Callable[..., Path], corner_shop: Layout, gate: str, line: int, who: str
) -> None:
    written = read_scenario(write())
    check(written.scenario, corner_shop, written.document)
    with pytest.raises(BadFile) as caught:
        check(written.scenario, narrow(corner_shop, gate, 0.6), written.document)
    said = str(caught.value)
    assert f"visit.yaml:{line}: " in said
    assert f"the {who} does not fit through {gate}" in said
    assert "expected: a lane of 0.6" in said
    assert "found: 0.60 m" in said
