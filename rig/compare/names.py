"""The messages that can be compared, and the names of all their fields."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, get_args, get_type_hints

from contracts.mapping import snake
from contracts.record import Record
from contracts.records import AnswerRecord
from rig.recording.channels import topic_of_kind

STAMPED = "seq"
"""Which place in the run a record has is the run loop's to say, and shifts with whatever else is said: not compared."""

KINDS: dict[str, type[Record]] = {snake(kind.__name__): kind for kind in get_args(AnswerRecord)}


def name_of(record: Record) -> str:
    """Return "shelf_event" of a `ShelfEvent`."""
    return snake(type(record).__name__)


def answer_topics() -> tuple[str, ...]:
    """Return the channels that answers are recorded on."""
    return tuple(topic_of_kind(kind) for kind in KINDS.values())


@cache
def known_paths() -> frozenset[str]:
    """Return every message, and every field of one, as tolerance files name them: "tracks.tracks.head"."""
    paths = {path for name, kind in KINDS.items() for path in _below(name, kind)}
    return frozenset(paths)


def _below(path: str, kind: Any) -> Iterator[str]:
    """Yield a path and all paths below it; what stands in a tuple has the tuple's own path."""
    yield path
    for inner in _classes(kind):
        hints = get_type_hints(inner)
        for field in fields(inner):
            if field.name != STAMPED:
                yield from _below(f"{path}.{field.name}", hints[field.name])


def _classes(kind: Any) -> Iterator[Any]:
    """Yield the dataclasses that a type is, or is made of."""
    if is_dataclass(kind):
        yield kind
    for part in get_args(kind):
        yield from _classes(part)
