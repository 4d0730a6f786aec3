"""The page on faces and fingers is typed in as it stands, and names every scenario that there is."""

import re
from pathlib import Path

import pytest

from contracts.biometrics import Modality
from tests.docs.pages import DOCS, ROOT
from tests.docs.reader import Reader
from twin.biometrics.models import MODELS

PAGE = DOCS / "biometrics.md"


@pytest.mark.slow
def test_what_the_page_says_can_be_typed_in(tmp_path: Path) -> None:
    with Reader(tmp_path) as reader:
        reader.read(PAGE)


def test_the_page_names_the_scenarios_and_only_those() -> None:
    named = set(re.findall(r"^\| `([a-z_]+)` \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
    assert named == {path.stem for path in (ROOT / "scenarios" / "biometrics").glob("*.yaml")}


def test_the_page_states_the_rates_of_the_model() -> None:
    page = PAGE.read_text(encoding="utf-8")
    rates = [MODELS[modality].scores for modality in Modality]
    fmr = " | ".join(f"{one.fmr:.0e}".replace("e-0", "e-") for one in rates)
    fnmr = " | ".join(f"{one.fnmr:.0%}".replace("%", " %") for one in rates)
    assert f"| FMR a comparison, stated | {fmr} |" in page
    assert f"| FNMR, stated | {fnmr} |" in page
