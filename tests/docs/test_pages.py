"""Every page of the tutorial is typed in as it stands, and must give what it shows."""

from pathlib import Path

import pytest

from tests.docs.pages import DOCS, Command, blocks, commands, matches
from tests.docs.reader import Reader
from tests.rig.cases import write_case

TUTORIAL = DOCS / "tutorial"


@pytest.fixture
def reader(tmp_path: Path):
    with Reader(tmp_path) as found:
        yield found


@pytest.mark.slow
@pytest.mark.timeout(900)  # whole runs, on a machine that may be busy
def test_a_first_run_and_its_recording(reader: Reader) -> None:
    write_case(reader.folder / "my-log")
    reader.read(TUTORIAL / "1-first-run.md")
    reader.read(TUTORIAL / "3-read-a-recording.md")


@pytest.mark.slow
@pytest.mark.timeout(900)  # whole runs, on a machine that may be busy
def test_write_a_scenario(reader: Reader) -> None:
    reader.read(TUTORIAL / "2-write-a-scenario.md")


def test_all_pages_of_the_tutorial_are_read_by_a_test() -> None:
    # The fourth needs a stack of its own and is read in test_own_stack.
    assert [page.name[0] for page in sorted(TUTORIAL.glob("*.md"))] == ["1", "2", "3", "4"]


def test_a_block_knows_its_line_and_its_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.docs.pages.ROOT", tmp_path)
    page = tmp_path / "page.md"
    page.write_text("# A\n\n```console terminal=2\n$ rig a\nout\n$ rig b\n```\n")
    (block,) = blocks(page)
    assert (block.where, block.language, block.said) == ("page.md:3", "console", {"terminal": "2"})
    assert commands(block) == [Command("page.md:4", "rig a", "out\n"), Command("page.md:6", "rig b", "")]


def test_dots_stand_for_anything_and_everything_else_for_itself() -> None:
    assert matches("a\n...\nd", "a  \nb\nc\nd\n")
    assert matches("took ... s", "took 3.25 s\n")
    assert not matches("took ... s", "took 3.25 ms\n")
    assert not matches("a", "a\nb\n")
    assert not matches("", "b\n")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("```console\n$ rig schema nonsense\n```\n", "exit code 4"),
        ("```console\n$ rig schema scenario\nnothing of the kind\n```\n", "the page shows"),
        ("```console\n$ rig schema nonsense\n...\n$ echo $?\n0\n```\n", "exit code 4"),
        ("```console\n$ rm -r .\n```\n", "no test runs rm"),
        ("```bash\nrig run\n```\n", "no test runs"),
        ("```python\nassert 1 == 2\n```\n", "AssertionError"),
    ],
)
def test_a_page_that_is_wrong_is_found_out(
    text: str, why: str, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.docs.pages.ROOT", reader.folder)
    page = reader.folder / "page.md"
    page.write_text(text)
    with pytest.raises(AssertionError, match=why):
        reader.read(page)
