"""What stands after the verb of a step, in a file and back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, fields
from typing import Any, ClassVar

from pydantic import GetJsonSchemaHandler, model_validator
from pydantic_core import CoreSchema, PydanticCustomError

from contracts.clock import MILLISECOND, SECOND
from contracts.steps import Step
from contracts.yamlfile import StrictModel


class Body(StrictModel):
    """What stands after a verb; its fields have the names of the step that it becomes.

    SHORT names the field that a bare value fills: `take: fiji-500` is `take: {product: fiji-500}`.
    """

    STEP: ClassVar[type[Any]]
    SHORT: ClassVar[str] = ""

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: object) -> object:
        """Read the short form."""
        if isinstance(value, dict | cls):
            return value
        if cls.SHORT and value is not None:
            return {cls.SHORT: value}
        known = ", ".join(field.alias or name for name, field in cls.model_fields.items())
        raise PydanticCustomError("step", "a mapping with {known}", {"known": known})

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Let editors know the short form too."""
        schema = handler(core)
        if not cls.SHORT:
            return schema
        name = cls.model_fields[cls.SHORT].alias or cls.SHORT
        full = handler.resolve_ref_schema(schema)
        return {"anyOf": [full.get("properties", {}).get(name, {}), schema]}

    def step(self) -> Step:
        """Return the step."""
        step: Step = self.STEP(**{name: getattr(self, name) for name in type(self).model_fields})
        return step

    @classmethod
    def written(cls, step: Step) -> object:
        """Return the step as it would be written: only what differs from the defaults, short where possible."""
        said = {}
        for field in fields(step):
            value = getattr(step, field.name)
            if field.default is MISSING or value != field.default:
                key = cls.model_fields[field.name].alias or field.name
                said[key] = _WRITTEN.get(field.name.rpartition("_")[2], _same)(value)
        short = cls.SHORT and (cls.model_fields[cls.SHORT].alias or cls.SHORT)
        return said[short] if list(said) == [short] else said


def _same(value: Any) -> Any:
    return value


def written_minor(minor: int) -> str:
    """Return an amount as it would be written: "7.50"."""
    return f"{minor // 100}.{minor % 100:02d}"


def written_ns(ns: int) -> str:
    """Return a length of time as it would be written, exactly: "4 s", "250 ms", "1 ns"."""
    for unit, size in (("s", SECOND), ("ms", MILLISECOND)):
        if ns % size == 0:
            return f"{ns // size} {unit}"
    return f"{ns} ns"


_WRITTEN: dict[str, Callable[[Any], Any]] = {"ns": written_ns, "minor": written_minor}
"""How values are written, by the unit at the end of their names."""
