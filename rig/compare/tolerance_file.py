"""The file beside a reference that says what may differ: `NAME.tolerance.yaml`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

from pydantic import Field

from contracts.document import Document
from contracts.errors import BadFile
from contracts.units import duration_ns
from contracts.yamlfile import StrictModel, check_model, nearest, raise_all, read_document
from rig.compare.names import KINDS, known_paths
from rig.compare.rules import Order, Rules, Tolerance

Share = Annotated[float, Field(ge=0)]


class Allowed(StrictModel):
    """How far a number may be off."""

    absolute: Share = 0.0
    relative: Share = 0.0


class ToleranceFile(StrictModel):
    """A whole file."""

    about: str = ""
    tolerance: dict[str, Share | str | Allowed] = Field(default_factory=dict)
    ignore: tuple[str, ...] = ()
    order: Order = Order.ALL


def read_tolerances(path: Path) -> Rules:
    """Read what may differ.

    Raises:
        BadFile: something is wrong with the file; all of it is listed.
    """
    document = read_document(path)
    file = check_model(document, ToleranceFile)
    raise_all(
        [*_unknown(document, "tolerance", file.tolerance.items()), *_unknown(document, "ignore", _numbered(file))]
    )
    tolerances = {key: _tolerance(document, key, value) for key, value in file.tolerance.items()}
    return Rules(tolerances, frozenset(file.ignore), file.order)


def _numbered(file: ToleranceFile) -> Iterable[tuple[int, str]]:
    return enumerate(file.ignore)


def _unknown(document: Document, part: str, said: Iterable[tuple[str | int, object]]) -> list[BadFile]:
    """Complain about every name that no message and no field has."""
    named = [(key, str(key if part == "tolerance" else value)) for key, value in said]
    return [
        document.bad(
            "no message has such a field",
            part,
            key,
            expected=f"a message ({', '.join(sorted(KINDS))}), or a field of one",
            found=f"'{name}'",
            hint=nearest(name, known_paths()),
        )
        for key, name in named
        if name not in known_paths()
    ]


def _tolerance(document: Document, path: str, value: float | str | Allowed) -> Tolerance:
    """Return what a line of the file allows; times may be written with their unit."""
    match value:
        case Allowed():
            text = [f"{value.absolute:g}"] * (value.absolute > 0) + [f"{value.relative:.3g} of it"] * (
                value.relative > 0
            )
            return Tolerance(value.absolute, value.relative, " or ".join(text))
        case str():
            if not path.endswith("_ns"):
                raise document.bad("wrong value", "tolerance", path, expected="a number", found=repr(value))
            try:
                return Tolerance(float(duration_ns(value)), text=value)
            except ValueError as error:
                raise document.bad(str(error), "tolerance", path, found=repr(value)) from error
        case _:
            return Tolerance(float(value), text=f"{value:g}")
