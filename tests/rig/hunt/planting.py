"""Plants a bug in the stack, for this process: a patch changes the source of one module as it is imported.

`python -m tests.rig.hunt.planting PATCH COMMAND ...` runs `rig COMMAND ...` with the bug.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

BUGS = Path(__file__).parent / "bugs"
ROOT = Path(__file__).parents[3]


@dataclass(frozen=True)
class Bug:
    """A patch of one file: the texts that it takes out and puts in, hunk by hunk."""

    file: str
    hunks: tuple[tuple[str, str], ...]

    @property
    def module(self) -> str:
        return self.file.removesuffix(".py").replace("/", ".")

    def planted(self, source: str) -> str:
        """Return the module with the bug; wherever its lines now stand."""
        for old, new in self.hunks:
            if source.count(old) != 1:
                raise ValueError(f"the patch of {self.file} no longer fits: make it anew, its lines are gone\n{old}")
            source = source.replace(old, new)
        return source


def read_bug(path: Path) -> Bug:
    """Read a patch in the unified form."""
    text = path.read_text()
    name = re.search(r"^\+\+\+ b/(\S+)$", text, re.MULTILINE)
    assert name, f"{path} names no file"
    hunks = re.split(r"^@@.*@@.*\n", text, flags=re.MULTILINE)[1:]
    return Bug(name[1], tuple((_side(hunk, "-"), _side(hunk, "+")) for hunk in hunks))


def _side(hunk: str, sign: str) -> str:
    return "".join(line[1:] for line in hunk.splitlines(keepends=True) if line[0] in (" ", sign))


class _Loader(SourceFileLoader):
    bug: Bug

    def get_code(self, fullname: str) -> CodeType:
        source = self.bug.planted(Path(self.path).read_text())
        return compile(source, self.path, "exec")

    def exec_module(self, module: ModuleType) -> None:
        exec(self.get_code(module.__name__), module.__dict__)


class Planter(MetaPathFinder):
    """Finds the module of a bug, and nothing else."""

    def __init__(self, bug: Bug) -> None:
        self._bug = bug

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: Any = None) -> ModuleSpec | None:
        spec = PathFinder.find_spec(fullname, path, target) if fullname == self._bug.module else None
        if spec is not None and spec.origin:
            loader = _Loader(fullname, spec.origin)
            loader.bug = self._bug
            spec.loader = loader
        return spec


def main() -> None:
    """Plant the bug before the stack is imported, and run the command."""
    from rig.cli.app import run_command

    bug = read_bug(Path(sys.argv[1]))
    assert bug.module not in sys.modules
    sys.meta_path.insert(0, Planter(bug))
    code = run_command(sys.argv[2:])
    assert bug.module in sys.modules, "the command never used what the bug is in"
    sys.exit(code)


if __name__ == "__main__":
    main()
