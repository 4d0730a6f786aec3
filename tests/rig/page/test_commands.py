"""The commands: what they write, and what they say to wrong input."""

from __future__ import annotations

from pathlib import Path

import pytest

from rig.cli.app import run_command
from rig.cli.optional import filled


def test_a_page_stands_beside_its_recording_and_is_told(wrong: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong.with_suffix(".html").unlink(missing_ok=True)
    assert run_command(["page", str(wrong)]) == 0
    assert wrong.with_suffix(".html").read_text().startswith("<!DOCTYPE html>")
    assert f"page      {wrong.with_suffix('.html')}" in capsys.readouterr().out


def test_it_goes_where_it_is_asked_for_with_the_cameras_asked_for(wrong: Path, tmp_path: Path) -> None:
    output = tmp_path / "new" / "run.html"
    assert run_command(["page", str(wrong), "-o", str(output), "--camera", "c2"]) == 0
    assert '"shots":{"c2"' in output.read_text()


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["-o", "run.png"], 4, "a name ending in .html"),
        (["--camera", "c9"], 4, "expected: c1, c2"),
        (["-o", "/proc/no/run.html"], 6, "the page cannot be written"),
    ],
)
def test_wrong_input_is_told(
    wrong: Path, words: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command(["page", str(wrong), *words]) == code
    assert said in capsys.readouterr().err


def test_no_recording_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["page", str(tmp_path / "none.mcap")]) == 6
    assert "no such recording" in capsys.readouterr().err


def test_a_cut_recording_has_a_page_that_says_so(wrong: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut.mcap"
    cut.write_bytes(wrong.read_bytes()[: wrong.stat().st_size // 2])
    assert run_command(["page", str(cut)]) == 0
    text = cut.with_suffix(".html").read_text()
    assert '"outcome":"error"' in text
    assert "cut short" in text


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("run --live buy_one", "run --live 127.0.0.1:0 buy_one"),
        ("run buy_one --live", "run buy_one --live 127.0.0.1:0"),
        ("run buy_one --live 127.0.0.1:8000", "run buy_one --live 127.0.0.1:8000"),
        ("run --page buy_one --live", "run --page - buy_one --live 127.0.0.1:0"),
        ("run buy_one --page", "run buy_one --page -"),
        ("run buy_one --page run.html", "run buy_one --page run.html"),
        ("run buy_one --page pages/ --json", "run buy_one --page pages/ --json"),
        ("why x.mcap --page", "why x.mcap --page"),
        ("", ""),
    ],
)
def test_values_that_may_be_left_out_are_filled_in(typed: str, read: str) -> None:
    assert list(filled(typed.split())) == read.split()
