"""Numbers put into the text of a YAML file that somebody wrote; every other letter of it stays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from contracts.errors import BadFile


@dataclass(frozen=True, slots=True)
class Edit:
    """Letters from start to end give way to text.

    Args:
        start: index of the first letter.
        end: index past the last one.
        text: what stands there then.
        about: the entry whose number it is, for complaints.
        line: 1-based, where that entry begins.
    """

    start: int
    end: int
    text: str
    about: str = ""
    line: int = 0


def compose(text: str) -> yaml.Node | None:
    """Return the nodes of a file that has been read without complaint."""
    return yaml.compose(text, Loader=yaml.SafeLoader)


def edited(text: str, edits: Iterable[Edit], file: Path) -> str:
    """Return a text after some edits.

    Args:
        text: before.
        edits: in any order.
        file: its name, for complaints.

    Raises:
        BadFile: two entries share a number by an alias, so that one cannot be changed alone.
    """
    placed: dict[int, Edit] = {}
    for edit in edits:
        if edit.start in placed:
            raise BadFile(
                "two entries share one place in the file",
                file=file,
                line=edit.line,
                found=f"an alias at {edit.about}",
                hint="write the numbers out for each of them",
            )
        placed[edit.start] = edit
    for start in sorted(placed, reverse=True):
        text = text[:start] + placed[start].text + text[placed[start].end :]
    return text


def entries(node: yaml.Node | None) -> Iterator[tuple[str, yaml.Node]]:
    """Yield the keys and values of a mapping."""
    assert isinstance(node, yaml.MappingNode)
    for key, value in node.value:
        yield str(key.value), value


def value_at(node: yaml.Node | None, key: str) -> yaml.Node | None:
    """Return the value of a key, or None."""
    return dict(entries(node)).get(key)


def number(node: yaml.Node, value: float) -> Edit:
    """Return the edit of a number; one that says the same already keeps its letters."""
    text = str(node.value) if abs(float(node.value) - value) < 1e-9 else plain(value)
    return Edit(node.start_mark.index, node.end_mark.index, text)


def numbers(node: yaml.Node | None, values: Sequence[float]) -> Iterator[Edit]:
    """Yield the edits of a list of numbers; of more values than numbers the last are left out."""
    assert isinstance(node, yaml.SequenceNode)
    for item, value in zip(node.value, values, strict=False):
        yield number(item, value)


def added(entry: yaml.Node, after: yaml.Node, text: str) -> Edit:
    """Return the edit that puts "key: value" into a mapping, behind one of its values."""
    assert isinstance(entry, yaml.MappingNode)
    joint = ", " if entry.flow_style else f"\n{' ' * entry.start_mark.column}"
    end = after.end_mark.index
    return Edit(end, end, f"{joint}{text}")


def renamed(entry: yaml.Node, key: str, text: str) -> Edit:
    """Return the edit that puts "key: value" in the place of a key and its value."""
    assert isinstance(entry, yaml.MappingNode)
    first, last = next((k, v) for k, v in entry.value if k.value == key)
    return Edit(first.start_mark.index, last.end_mark.index, text)


def plain(value: float) -> str:
    """Return a number as people write it; no zero has a sign."""
    return f"{value + 0.0:.10g}"
