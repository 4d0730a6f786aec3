"""Dataclasses as rows of tables of the same fields, and back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from enum import StrEnum
from functools import cache
from typing import Any, ClassVar, Protocol, TypeVar, get_type_hints


class Fielded(Protocol):
    """Any dataclass."""

    __dataclass_fields__: ClassVar[dict[str, Any]]


Cell = str | int
T = TypeVar("T", bound=Fielded)


@cache
def columns(kind: type[Fielded]) -> tuple[str, ...]:
    """Return the columns of a dataclass, quoted: some are words of SQL."""
    return tuple(f'"{field.name}"' for field in fields(kind))


def cells(thing: Fielded) -> tuple[Cell, ...]:
    """Return a dataclass as a row."""
    return tuple(_cell(getattr(thing, field.name)) for field in fields(thing))


def made(kind: type[T], row: Sequence[Any]) -> T:
    """Return the dataclass that a row holds."""
    hints = _hints(kind)
    return kind(*(hint(cell) for hint, cell in zip(hints, row, strict=True)))


def upsert(table: str, kind: type[Fielded]) -> str:
    """Return the statement that writes a row or replaces it; the first column is the key."""
    names = columns(kind)
    new = ", ".join(f"{name} = excluded.{name}" for name in names[1:])
    return f"{insert(table, kind)} ON CONFLICT ({names[0]}) DO UPDATE SET {new}"


def insert(table: str, kind: type[Fielded]) -> str:
    """Return the statement that writes a new row."""
    names = columns(kind)
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"  # noqa: S608  # own names


def select(table: str, kind: type[Fielded], where: str = "") -> str:
    """Return the statement that reads all rows in the order of their keys."""
    names = columns(kind)
    return f"SELECT {', '.join(names)} FROM {table} {where} ORDER BY {names[0]}"  # noqa: S608  # own names


def delete(table: str, kind: type[Fielded]) -> str:
    """Return the statement that drops a row by its key."""
    return f"DELETE FROM {table} WHERE {columns(kind)[0]} = ?"  # noqa: S608  # own names


def _cell(value: StrEnum | bool | Cell) -> Cell:
    if isinstance(value, StrEnum):
        return value.value
    return int(value) if isinstance(value, bool) else value


@cache
def _hints(kind: type[Fielded]) -> tuple[Any, ...]:
    hints = get_type_hints(kind)
    return tuple(hints[field.name] for field in fields(kind))
