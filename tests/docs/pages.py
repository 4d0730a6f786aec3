"""Pages of the documentation as what they tell the reader to type."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
ELISION = "..."


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block.

    Args:
        where: file and line of its fence.
        language: the first word after the fence.
        said: the words after it, by name: file=..., terminal=...
        text: what stands inside.
    """

    where: str
    language: str
    said: dict[str, str]
    text: str


@dataclass(frozen=True, slots=True)
class Command:
    """A line after "$ " and what it must print.

    Args:
        where: file and line.
        line: what is typed.
        output: what is shown; "..." stands for anything.
    """

    where: str
    line: str
    output: str


def blocks(page: Path) -> Iterator[Block]:
    """Yield the fenced blocks of a page, in order."""
    lines = page.read_text(encoding="utf-8").splitlines()
    start: int | None = None
    for number, line in enumerate(lines, start=1):
        if not line.startswith("```"):
            continue
        if start is None:
            start = number
            continue
        language, *words = lines[start - 1].removeprefix("```").split() or [""]
        said = dict(word.split("=", 1) for word in words)
        yield Block(f"{page.relative_to(ROOT)}:{start}", language, said, "\n".join([*lines[start : number - 1], ""]))
        start = None
    assert start is None, f"{page}:{start}: the fence is not closed"


def commands(block: Block) -> list[Command]:
    """Return the commands of a console block."""
    name, _, fence = block.where.rpartition(":")
    found: list[Command] = []
    for number, line in enumerate(block.text.splitlines(), start=int(fence) + 1):
        if line.startswith("$ "):
            found.append(Command(f"{name}:{number}", line.removeprefix("$ "), ""))
        else:
            assert found, f"{name}:{number}: output before any command"
            last = found[-1]
            found[-1] = Command(last.where, last.line, f"{last.output}{line}\n")
    return found


def matches(shown: str, printed: str) -> bool:
    """Whether what a page shows is what a command printed; "..." stands for anything, also within a line."""
    want, got = (re.sub(r"[ \t]+\n", "\n", text).strip() for text in (shown, printed))
    parts = (re.escape(part) for part in want.split(ELISION))
    return re.fullmatch(".*".join(parts), got, re.DOTALL) is not None
