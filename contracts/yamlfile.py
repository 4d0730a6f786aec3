"""YAML files checked by pydantic models; every complaint names file, line, key, expected and found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, ValidationError

from contracts.document import Document, Key, Keys, key_path, nearest, raise_all, read_document
from contracts.errors import BadFile

__all__ = ["Document", "StrictModel", "check_model", "nearest", "raise_all", "read_document", "read_model"]

M = TypeVar("M", bound=BaseModel)
MOST_SHOWN = 80  # characters of what was found


class StrictModel(BaseModel):
    """A part of a file that people write: an unknown key is an error, and nothing changes after reading.

    A field with an alias (`for_ns` written as `for`) takes its own name too, for builders in Python.
    """

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, validate_by_name=True, validate_by_alias=True
    )


def read_model(path: Path, model: type[M]) -> M:
    """Read a YAML file as a model.

    Raises:
        BadFile: for the first problem, with all others of the file listed under it.
    """
    return check_model(read_document(path), model)


def check_model(document: Document, model: type[M]) -> M:
    """Return the model that a document holds.

    Raises:
        BadFile: as `read_model` does.
    """
    try:
        return model.model_validate(document.data)
    except ValidationError as error:
        details = _of_likeliest_branch(document, error)
        # A misspelt key is also a missing one: of two complaints about one line, the cause comes first.
        details.sort(key=lambda detail: detail["type"] != "extra_forbidden")
        raise_all([_complaint(document, model, detail) for detail in details])
        raise  # unreachable: an error has at least one detail


# --- one pydantic error as one complaint ---------------------------------------------------------


def _complaint(document: Document, model: type[BaseModel], detail: dict[str, Any]) -> BadFile:
    """Say what pydantic found in the words of the file."""
    kind, (keys, tags) = detail["type"], _keys_and_tags(document.data, detail["loc"])
    found = _shown(detail["input"])
    if kind == "extra_forbidden":
        known = _known_keys(model, keys[:-1], tags)
        name, expected = str(keys[-1]), f"one of {', '.join(known)}"
        return document.bad("unknown key", *keys, expected=expected, found=f"'{name}'", hint=nearest(name, known))
    if kind == "missing":
        name = str(detail["loc"][-1])
        inside = key_path(keys) or "the file"
        return document.bad(f"missing key '{name}'", *keys, expected=f"'{name}' in {inside}", found=found)
    if kind in {"value_error", "assertion_error"}:
        return document.bad(str(detail["ctx"]["error"]), *keys, found=found)
    if kind in {"model_type", "dict_type"}:
        return document.bad("wrong value", *keys, expected="a mapping: keys and values", found=found)
    expected = detail["msg"].removeprefix("Input should be ").removeprefix("a valid ")
    hint = ""
    if kind == "string_type" and isinstance(detail["input"], int | float):
        hint = f'put it in quotes: "{detail["input"]}"'
    if kind in {"literal_error", "enum", "union_tag_invalid"}:
        context = detail["ctx"]
        hint = nearest(detail["input"], _quoted(str(context.get("expected", context.get("expected_tags", "")))))
    return document.bad("wrong value", *keys, expected=expected, found=found, hint=hint)


def _quoted(expected: str) -> list[str]:
    """Return the words of "'a', 'b' or 'c'"."""
    return expected.split("'")[1::2]


def _shown(value: object) -> str:
    """Return a value as it fits on one line."""
    text = repr(value)
    return text if len(text) <= MOST_SHOWN else f"{text[: MOST_SHOWN - 3]}..."


def _keys_and_tags(data: Any, loc: Sequence[Key]) -> tuple[Keys, Keys]:
    """Split where pydantic stands into keys of the file and its own tags (names of union members)."""
    keys: list[Key] = []
    tags: list[Key] = []
    for part in loc:
        inside = part in data if isinstance(data, dict) else isinstance(data, list) and part in range(len(data))
        if inside:
            data = data[part]
        (keys if inside else tags).append(part)
    return tuple(keys), tuple(tags)


def _of_likeliest_branch(document: Document, error: ValidationError) -> list[dict[str, Any]]:
    """Return the errors, of a union only those of the member that understood most of what is written.

    A step that may be a word or a mapping fails as both; somebody who wrote a mapping wants to hear of its keys.
    """
    kept: list[dict[str, Any]] = []
    branches: dict[Keys, list[dict[str, Any]]] = {}
    for detail in error.errors(include_url=False):
        tag_at = _first_tag(document.data, detail)
        if tag_at is None:
            kept.append(dict(detail))
        else:
            branches.setdefault(tuple(detail["loc"][: tag_at + 1]), []).append(dict(detail))
    unions: dict[Keys, list[list[dict[str, Any]]]] = {}
    for branch, details in branches.items():
        unions.setdefault(branch[:-1], []).append(details)
    for rivals in unions.values():
        likeliest = max(rivals, key=_understood)
        kept += likeliest
    return kept


def _understood(details: list[dict[str, Any]]) -> tuple[int, int]:
    """Rank a union's member by how deep its first trouble lies, then by how few troubles it has."""
    return min(len(detail["loc"]) for detail in details), -len(details)


def _first_tag(data: object, detail: Any) -> int | None:
    """Return where in an error's location the first tag stands, or None."""
    loc = detail["loc"]
    end = len(loc) - 1 if detail["type"] == "missing" else len(loc)
    for i in range(end):
        if _keys_and_tags(data, loc[: i + 1])[1]:
            return i
    return None


# --- which keys a model knows --------------------------------------------------------------------


def _known_keys(model: type[BaseModel], keys: Keys, tags: Keys) -> list[str]:
    """Return what may be written at keys, in the order of the model."""
    models = list(_models_at(model, keys))
    named = [m for m in models if m.__name__ in tags] or models
    return list(dict.fromkeys(field.alias or name for m in named for name, field in m.model_fields.items()))


def _models_at(kind: Any, keys: Keys) -> Iterable[type[BaseModel]]:
    """Yield the models that can stand at keys inside something of a type."""
    origin, args = get_origin(kind), get_args(kind)
    if origin is Annotated:
        yield from _models_at(args[0], keys)
    elif origin in (Union, UnionType):
        for arg in args:
            yield from _models_at(arg, keys)
    elif origin is not None and keys:
        for arg in args:
            if arg not in (Ellipsis, NoneType, str, int):
                yield from _models_at(arg, keys[1:])
    elif isinstance(kind, type) and issubclass(kind, BaseModel):
        yield from _models_in(kind, keys)


def _models_in(model: type[BaseModel], keys: Keys) -> Iterable[type[BaseModel]]:
    """Yield the model itself, or those under its field."""
    if not keys:
        yield model
        return
    for name, field in model.model_fields.items():
        if keys[0] in (name, field.alias):
            yield from _models_at(field.annotation, keys[1:])
