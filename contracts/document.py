"""A YAML file read with the line of every key, so that any complaint can say where."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from contracts.errors import BadFile

Key = str | int
Keys = tuple[Key, ...]

MOST_NODES = 500_000  # aliases of aliases grow without bound; the largest store has some ten thousand


@dataclass(frozen=True, slots=True)
class Document:
    """What a YAML file says, and where it says it.

    Args:
        path: the file.
        data: plain dicts, lists and scalars.
        lines: 1-based line of every key and list item, by its path in the file.
    """

    path: Path
    data: Any
    lines: Mapping[Keys, int] = field(default_factory=dict)

    def line(self, *keys: Key) -> int:
        """Return the line of a key, or of the nearest enclosing one that the file has; 0 for an empty file."""
        for end in range(len(keys), -1, -1):
            if keys[:end] in self.lines:
                return self.lines[keys[:end]]
        return 0

    def bad(self, what: str, *keys: Key, expected: str = "", found: str = "", hint: str = "") -> BadFile:
        """Return a complaint about what stands at a key; the caller raises it or collects it for `raise_all`."""
        where = key_path(keys)
        said = f"{where}: {what}" if where else what
        return BadFile(said, file=self.path, line=self.line(*keys), expected=expected, found=found, hint=hint)


def read_document(path: Path) -> Document:
    """Read a YAML file.

    Plain scalars follow YAML 1.2: only true and false are truth values, `on`, `no`, `12:30` and `012` are text.

    Raises:
        BadFile: it is not there, not UTF-8, not YAML, or says one key twice.
    """
    text = _text_of(path)
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        reader = _Reader(path, loader)
        data = None if node is None else reader.read(node, ())
    except yaml.YAMLError as error:
        raise _bad_yaml(path, error) from error
    finally:
        loader.dispose()
    raise_all(reader.problems)
    return Document(path, data, reader.lines)


def raise_all(problems: Sequence[BadFile]) -> None:
    """Raise the first complaint, by line, with the others listed under it; return when there are none."""
    if not problems:
        return
    head, *rest = sorted(problems, key=lambda problem: problem.line)
    raise BadFile(
        head.what,
        file=head.file,
        line=head.line,
        expected=head.expected,
        found=head.found,
        hint=head.hint,
        also=rest,
    )


def nearest(name: object, known: Iterable[str]) -> str:
    """Return "did you mean 'x'?" for the known name closest to a misspelt one, or ""."""
    close = difflib.get_close_matches(str(name), sorted(known), n=1, cutoff=0.5)
    return f"did you mean '{close[0]}'?" if close else ""


def key_path(keys: Keys) -> str:
    """Return a path as people write it: ("does", 2, "take") -> "does[2].take"."""
    parts = (f"[{key}]" if isinstance(key, int) else f".{key}" for key in keys)
    return "".join(parts).removeprefix(".")


def _text_of(path: Path) -> str:
    """Return the file's text, or say why there is none."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise BadFile("not a text file", file=path, line=line, expected="UTF-8", found=str(error.reason)) from error
    except OSError as error:
        near = nearest(path.name, (p.name for p in path.parent.glob("*")) if path.parent.is_dir() else ())
        raise BadFile("cannot read the file", file=path, found=error.strerror or str(error), hint=near) from error


def _bad_yaml(path: Path, error: yaml.YAMLError) -> BadFile:
    """Return the complaint of the YAML parser as ours."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = getattr(error, "problem", None) or str(error)
    return BadFile(
        "not YAML",
        file=path,
        line=mark.line + 1 if mark else 0,
        expected="YAML with two-space indents",
        found=str(problem),
        hint="look at this line and the one above it: a missing colon, quote or space after a dash",
    )


_BASE: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_BASE):  # type: ignore[valid-type, misc]
    """Plain scalars by YAML 1.2's core schema: 1.1 turns `no` into False and barcodes into octal numbers."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, Any]]] = {}  # noqa: RUF012 - PyYAML's own name and shape


_WHOLE = "(?:0|[1-9][0-9]*)"
_EXPONENT = "(?:[eE][-+]?[0-9]+)"
_PLAIN = (
    ("null", r"~|null|", ["~", "n", ""]),
    ("bool", r"true|false", ["t", "f"]),
    ("int", rf"[-+]?{_WHOLE}", list("-+0123456789")),
    (
        "float",
        rf"[-+]?(?:{_WHOLE}\.[0-9]*{_EXPONENT}?|\.[0-9]+{_EXPONENT}?|{_WHOLE}{_EXPONENT})",
        list("-+.0123456789"),
    ),
)
for _tag, _pattern, _first in _PLAIN:
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern})$"), _first)


class _Reader:
    """Turns nodes into plain data and notes their lines."""

    def __init__(self, path: Path, loader: _Loader) -> None:
        self.path, self.loader = path, loader
        self.lines: dict[Keys, int] = {}
        self.problems: list[BadFile] = []
        self._open: set[int] = set()

    def read(self, node: yaml.Node, keys: Keys) -> Any:
        """Return the data of a node that stands at keys."""
        self.lines.setdefault(keys, node.start_mark.line + 1)
        if id(node) in self._open or len(self.lines) > MOST_NODES:
            raise yaml.MarkedYAMLError(problem="an alias that never ends", problem_mark=node.start_mark)
        self._open.add(id(node))
        try:
            if isinstance(node, yaml.MappingNode) and node.tag == "tag:yaml.org,2002:map":
                return self._mapping(node, keys)
            if isinstance(node, yaml.SequenceNode) and node.tag == "tag:yaml.org,2002:seq":
                return [self.read(item, (*keys, i)) for i, item in enumerate(node.value)]
            return self.loader.construct_object(node)
        finally:
            self._open.discard(id(node))

    def _mapping(self, node: yaml.MappingNode, keys: Keys) -> dict[Any, Any]:
        data: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                raise yaml.MarkedYAMLError(problem="a key must be one word", problem_mark=key_node.start_mark)
            key, line = str(key_node.value), key_node.start_mark.line + 1
            if key in data:
                self._complain_of_twins(key, line, keys)
                continue
            self.lines[(*keys, key)] = line
            data[key] = self.read(value_node, (*keys, key))
        return data

    def _complain_of_twins(self, key: str, line: int, keys: Keys) -> None:
        where = key_path((*keys, key))
        self.problems.append(
            BadFile(
                f"{where}: the key is there twice",
                file=self.path,
                line=line,
                expected="each key once",
                found=f"'{key}' already on line {self.lines[(*keys, key)]}",
                hint="rename or remove one of them",
            )
        )
