"""The seeded bugs still fit the stack, and each changes what it is in."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rig.hunt.planting import BUGS, ROOT, read_bug


@pytest.mark.parametrize("path", sorted(BUGS.glob("*.patch")), ids=lambda path: path.stem)
def test_a_bug_fits(path: Path) -> None:
    bug = read_bug(path)
    source = (ROOT / bug.file).read_text()
    planted = bug.planted(source)
    assert planted != source
    compile(planted, bug.file, "exec")


def test_a_bug_that_no_longer_fits_says_so() -> None:
    bug = read_bug(next(iter(sorted(BUGS.glob("*.patch")))))
    with pytest.raises(ValueError, match="no longer fits"):
        bug.planted("nothing of the kind")
