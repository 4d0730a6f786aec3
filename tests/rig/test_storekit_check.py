"""What `rig store check` names, and what it leaves alone."""

import json
from pathlib import Path

import numpy as np
import pytest

from rig.cli.app import run_command
from rig.paths import find_store
from rig.storekit.check import check_store, errors
from rig.storekit.check_goods import least_difference_g
from rig.storekit.check_racks import overlap_m
from rig.storekit.finding import Finding, Severity
from tests.docs.pages import DOCS
from tests.docs.reader import Reader
from twin.store import load_store

STORE = """\
about: one rack, one gate each way, one camera
bounds_m: [-2, -2, 4, 3]
inside_m: [0, -1.9, 3, 1]
gondolas:
  gondola-1:
    at: [1.5, 1.0]
    width_m: 0.9
    depth_m: 0.44
    height_m: 1.5
    shelves:
      - {z_m: 0.5, clearance_m: 0.4, depth_m: 0.4, plates: 3}
      - {z_m: 1.1, clearance_m: 0.4, depth_m: 0.4, plates: []}
products:
  tea: {gtin: "1", name: tea, mass_g: 540, size_m: [0.07, 0.07, 0.2], price_minor: 100}
  ice: {gtin: "2", name: ice, mass_g: 543, size_m: [0.07, 0.07, 0.2], price_minor: 100}
  oil: {gtin: "3", name: oil, mass_g: 900, size_m: [0.07, 0.07, 0.2], price_minor: 100}
planogram:
  gondola-1/shelf-1:
    - {product: tea, plates: "1", stock: 3}
    - {product: oil, plates: "2", stock: 3}
    - {product: ice, plates: "3", stock: 3}
  gondola-1/shelf-2:
    - {product: oil, x_m: 0.2, width_m: 0.3, stock: 3}
cameras:
  c1: {at: [1.2, -1.3, 3.0], looks_at: [1.5, 0.3, 0.9], size_px: [640, 480], vertical_fov_deg: 140}
gates:
  gate-in: {at: [0.0, -1.5], width_m: 0.8, entry: true}
  gate-out: {at: [0.0, -0.5], width_m: 0.8, exit: true}
"""


def check(tmp_path: Path, *changes: tuple[str, str]) -> list[Finding]:
    text = STORE
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path = tmp_path / "shop.yaml"
    path.write_text(text)
    return list(check_store(path))


def test_a_sound_store_has_nothing_wrong(tmp_path: Path) -> None:
    assert check(tmp_path) == []


IN_ONE = """\
  gondola-2:
    {at: [1.8, 1.1], width_m: 0.9, depth_m: 0.4, height_m: 1.5,
     shelves: [{z_m: 0.5, clearance_m: 0.4, depth_m: 0.3, plates: 3}]}
products:"""
LOOK = "at: [1.2, -1.3, 3.0], looks_at: [1.5, 0.3, 0.9]"
AWAY = "at: [1.5, 1.2, 2.6], looks_at: [1.5, -1, 0]"
CAMERAS = f"cameras:\n  c1: {{{LOOK}, size_px: [640, 480], vertical_fov_deg: 140}}\n"
CASES = {
    "racks in one another": (
        ("products:", IN_ONE),
        "error",
        "gondola-2 and gondola-1 stand in one another",
        "{at: [1.8",
    ),
    "a rack out of the store": (
        ("bounds_m: [-2, -2, 4, 3]", "bounds_m: [-2, -2, 4, 1.2]"),
        "error",
        "leaves the store",
        "at: [1.5, 1.0]",
    ),
    "a wall through a rack": (
        ("gates:", "walls: [{from: [1.5, 1.1], to: [1.5, 2]}]\ngates:"),
        "error",
        "a wall runs through",
        "walls:",
    ),
    "a wall across a lane": (
        ("gates:", "walls: [{from: [0, -1.8], to: [0, -1.2]}]\ngates:"),
        "error",
        "closes the lane of gate-in",
        "gate-in:",
    ),
    "past the end of the shelf": (("x_m: 0.2", "x_m: 0.4"), "error", "'oil' reaches past the end", "x_m: 0.4"),
    "more than a plate bears": (
        ("depth_m: 0.44", "depth_m: 0.44\n    capacity_g: 2000"),
        "error",
        "bears more than it can weigh",
        '"2"',
    ),
    "too light": (("mass_g: 900", "mass_g: 4"), "warning", "'oil' is too light", '{product: oil, plates: "2"'),
    "neighbours of one mass": (
        ('{product: oil, plates: "2"', '{product: ice, plates: "2"'),
        "warning",
        "'tea' and 'ice' apart",
        "{product: tea",
    ),
    "a blind camera": (("looks_at: [1.5, 0.3, 0.9]", "looks_at: [1.5, -3, 5]"), "error", "sees neither", "c1:"),
    "a camera outside": (("at: [1.2, -1.3, 3.0]", "at: [1.5, -2.1, 2.6]"), "warning", "hangs outside", "c1:"),
    "a camera in a rack": (("at: [1.2, -1.3, 3.0]", "at: [1.5, 1.42, 0.8]"), "error", "is inside gondola-1", "c1:"),
    "a front that nothing watches": (
        (LOOK, AWAY),
        "error",
        "front of gondola-1/shelf-2: it has no plates either",
        "z_m: 1.1",
    ),
    "a front that plates alone watch": (
        (LOOK, AWAY),
        "warning",
        "front of gondola-1/shelf-1: its plates alone",
        "z_m: 0.5",
    ),
    "a lane unseen": (
        (LOOK, "at: [2.9, 0.3, 2.6], looks_at: [2.9, 0.9, 0.5]"),
        "warning",
        "the lane of gate-in is seen by no camera",
        "gate-in:",
    ),
    "floor unseen": (
        ("vertical_fov_deg: 140", "vertical_fov_deg: 40"),
        "warning",
        "of the sales floor is seen by no camera",
        "inside_m",
    ),
    "no cameras": ((CAMERAS, ""), "warning", "there are no cameras", "about"),
}


@pytest.mark.parametrize(("change", "severity", "what", "line"), CASES.values(), ids=CASES)
def test_each_fault_is_named_with_its_line(
    change: tuple[str, str], severity: str, what: str, line: str, tmp_path: Path
) -> None:
    found = [finding for finding in check(tmp_path, change) if what in finding.what]
    assert [finding.severity for finding in found] == [severity]
    text = (tmp_path / "shop.yaml").read_text().splitlines()
    assert line in text[found[0].line - 1]


def test_goods_that_overlap_are_an_error_and_end_the_check(tmp_path: Path) -> None:
    found = check(tmp_path, ('{product: oil, plates: "2"', '{product: oil, plates: "1-2"'))
    assert [(finding.severity, finding.about) for finding in found] == [(Severity.ERROR, "file")]
    assert "overlap" in found[0].what


def test_equal_masses_with_something_between_them_are_no_matter(tmp_path: Path) -> None:
    assert check(tmp_path, ("mass_g: 543", "mass_g: 540")) == []


def test_masses_must_differ_by_more_where_packs_and_plates_err_more(tmp_path: Path) -> None:
    check(tmp_path)
    store = load_store(tmp_path / "shop.yaml")
    shelf, product = store.layout.shelf["gondola-1/shelf-1"], store.layout.product
    light, heavy = (least_difference_g(store, shelf, product[p], product[p]) for p in ("tea", "oil"))
    # 0.8 % of 540 g and of 900 g on either side, 1.645 deviations of each: 14.2 g and 23.7 g from packs alone.
    assert 14.2 < light < 20
    assert heavy > 23.7


def test_outlines_overlap_by_as_much_as_they_lie_in_one_another() -> None:
    square = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], float)
    assert overlap_m(square, square + [0.9, 0.0]) == pytest.approx(0.1)  # noqa: RUF005
    assert overlap_m(square, square + [1.0, 0.0]) == 0  # noqa: RUF005
    assert overlap_m(square, square + [1.2, 1.2]) == 0  # noqa: RUF005
    turned = (square - 0.5) @ np.array([[1, 1], [-1, 1]]) / np.sqrt(2)
    assert overlap_m(square, turned + [1.65, 0.5]) == pytest.approx(0.0571, abs=1e-3)  # noqa: RUF005


@pytest.mark.parametrize("name", ["nanostore", "corner-shop"])
def test_the_stores_that_come_along_can_stand(name: str) -> None:
    findings = check_store(find_store(name))
    assert errors(findings) == 0
    assert {finding.about for finding in findings} == {"masses"}


def test_the_command_counts_and_its_exit_code_tells(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    check(tmp_path, ("x_m: 0.2", "x_m: 0.4"))
    assert run_command(["store", "check", str(tmp_path / "shop.yaml"), "--json"]) == 4
    report = json.loads(capsys.readouterr().out)
    assert (report["errors"], report["warnings"]) == (1, 0)
    assert report["findings"][0]["line"] == 23
    check(tmp_path)
    assert run_command(["store", "check", str(tmp_path / "shop.yaml")]) == 0
    assert "0 errors, 0 warnings" in capsys.readouterr().out


def test_the_command_prints_a_line_that_editors_jump_from(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    check(tmp_path, ("x_m: 0.2", "x_m: 0.4"))
    run_command(["store", "check", str(tmp_path / "shop.yaml")])
    assert capsys.readouterr().out.startswith(f"{tmp_path / 'shop.yaml'}:23: error: ")


def test_the_page_on_store_files_can_be_typed_in(tmp_path: Path) -> None:
    with Reader(tmp_path) as reader:
        reader.read(DOCS / "stores.md")
