"""The pages name files, functions and other pages; each of them must be there."""

import ast
import re
from pathlib import Path

import pytest

from tests.docs.pages import DOCS, ROOT, blocks
from tests.docs.reader import Reader

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted(DOCS.rglob("*.md"))]
PLACE = re.compile(r"`((?:contracts|twin|devices|stack|rig|ci|tests|docs|fixtures)/[\w./-]*?)(?::([\w.]+))?`")
LINK = re.compile(r"\]\(([^)#]+?)(?:#[^)]*)?\)")
LARGEST_PICTURE = 300_000


def named(page: Path) -> list[tuple[str, str]]:
    """Return the files that a page names, with what it names in them."""
    return [(match[1], match[2] or "") for match in PLACE.finditer(page.read_text())]


def defined(file: Path) -> set[str]:
    """Return the functions, classes, methods and constants of a module: "Loop", "Loop.run"."""
    names: set[str] = set()

    def visit(body: list[ast.stmt], prefix: str) -> None:
        for node in body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                names.add(f"{prefix}{node.name}")
            if isinstance(node, ast.ClassDef):
                visit(node.body, f"{prefix}{node.name}.")
            if isinstance(node, ast.Assign):
                names.update(f"{prefix}{target.id}" for target in node.targets if isinstance(target, ast.Name))
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                names.add(f"{prefix}{node.target.id}")

    visit(ast.parse(file.read_text()).body, "")
    return names


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_what_a_page_names_is_there(page: Path) -> None:
    for name, inside in named(page):
        file = ROOT / name
        assert file.exists(), f"{page.name} names {name}"
        assert not inside or inside in defined(file), f"{page.name} names {inside} in {name}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_what_a_page_links_to_is_there(page: Path) -> None:
    for target in LINK.findall(page.read_text()):
        assert target.startswith("https://") or (page.parent / target).exists(), f"{page.name} links to {target}"


def test_the_way_of_a_frame_and_a_sample_is_told_in_names() -> None:
    assert len([inside for _, inside in named(DOCS / "how-it-works.md") if inside]) > 40


@pytest.mark.parametrize(
    "page",
    ["bench.md", "devices.md", "formats.md", "how-it-works.md", pytest.param("scoring.md", marks=pytest.mark.long)],
)
def test_what_the_reference_pages_say_can_be_typed_in(page: str, tmp_path: Path) -> None:
    with Reader(tmp_path) as reader:
        reader.read(DOCS / page)


def test_the_scenario_of_the_first_page_is_one_that_the_tutorial_runs() -> None:
    def files(page: Path) -> dict[str, str]:
        return {block.said["file"]: block.text for block in blocks(page) if "file" in block.said}

    shown = files(ROOT / "README.md")
    assert shown
    assert shown.items() <= files(DOCS / "tutorial" / "2-write-a-scenario.md").items()


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = [int(page.name[:4]) for page in sorted((DOCS / "decisions").glob("*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))


def test_pictures_are_small() -> None:
    pictures = sorted((DOCS / "images").glob("*.png"))
    assert pictures
    assert [picture.name for picture in pictures if picture.stat().st_size > LARGEST_PICTURE] == []
