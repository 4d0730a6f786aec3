"""What the page on palms tells a reader to type works, and its figures are labelled."""

from pathlib import Path

from tests.docs.pages import DOCS, blocks

PAGE = DOCS / "palm.md"


def test_the_example_runs() -> None:
    (example,) = (block for block in blocks(PAGE) if block.language == "python")
    exec(compile(example.text, str(PAGE), "exec"), {})  # the page's own text


def test_every_figure_is_called_synthetic() -> None:
    text = PAGE.read_text()
    assert "of synthetic palms" in text
    for picture in ("palm_hands.png", "palm_det.png"):
        assert Path(DOCS / "images" / picture).exists()
