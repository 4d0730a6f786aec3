"""docs/your-device.md is typed in word by word: a scanner of one's own, from nothing to a run in which it reads."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.pages import DOCS, Command
from tests.docs.reader import Reader


class Installing(Reader):
    """Installs beside the others, not among them, so that no other test knows the scanner."""

    def _words(self, command: Command) -> list[str]:
        if not command.line.startswith("pip install -e "):
            return super()._words(command)
        site, package = self.folder / "site", self.folder / command.line.split()[-1]
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--no-build-isolation"]
        subprocess.run([*pip, "--target", str(site), str(package)], check=True, timeout=120)
        self._environ["PYTHONPATH"] = str(site)
        return ["python", "-c", "pass"]


@pytest.mark.long
@pytest.mark.timeout(900)  # a whole run in real time, on a machine that may be busy
def test_the_page_adds_a_scanner_in_one_file_and_one_bench_entry(tmp_path: Path) -> None:
    pytest.importorskip("hatchling", reason="builds the package: pip install hatchling")
    with Installing(tmp_path) as reader:
        reader.read(DOCS / "your-device.md")
