"""Small modules and style sheets made into one script and one sheet, as they stand in one file."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from importlib import resources

ENTRY = "main.js"
SHEETS = ("frame.css", "plan.css", "lanes.css", "panels.css")

_IMPORT = re.compile(r'^import \{[^}]*\} from "\./([\w.]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export ", re.MULTILINE)


@cache
def static(name: str) -> str:
    """Return a file of `static/`."""
    return (resources.files("rig.page") / "static" / name).read_text(encoding="utf-8")


def script(read: Callable[[str], str] = static) -> str:
    """Return all modules as one, each after those that it needs.

    Imports and exports go: the names at the top of all modules together are unique, which a test holds.

    Args:
        read: gives a module by name.
    """
    return "\n".join(_EXPORT.sub("", _IMPORT.sub("", read(name))) for name in order(read))


def order(read: Callable[[str], str] = static) -> list[str]:
    """Return the modules' names, each after those that it imports."""
    done: list[str] = []

    def visit(name: str, above: tuple[str, ...]) -> None:
        if name in above:
            raise ValueError(f"modules import one another in a circle: {' -> '.join((*above, name))}")
        if name not in done:
            for needed in _IMPORT.findall(read(name)):
                visit(needed, (*above, name))
            done.append(name)

    visit(ENTRY, ())
    return done


def style() -> str:
    """Return all style sheets as one."""
    return "\n".join(static(name) for name in SHEETS)
