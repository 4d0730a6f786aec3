"""`vary:` in a scenario file: lists of values for dotted keys, or distributions, expanded to one document each."""

from __future__ import annotations

import copy
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from contracts.document import Document, Key, Keys, nearest
from rig.scenario.spread import DRAWS, drawn, spreads_of

MOST_VARIANTS = 10_000
Place = tuple[str, Keys, tuple[int | None, object]]
"""A dotted key, where it leads, and the value for it with its place in the list; None for one that is drawn."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One combination of varied values.

    Args:
        suffix: "[seed=7-arrives=4s]", "[draw=3]" for the third draw, "" where nothing varies.
        document: the file with those values in place; their lines are those under `vary`.
    """

    suffix: str
    document: Document


def variants(document: Document) -> Iterator[Variant]:
    """Yield every combination of the values under `vary`, the last key changing fastest.

    Raises:
        BadFile: a varied key leads nowhere, or there are too many combinations.
    """
    data = document.data
    vary = data.get("vary") if isinstance(data, dict) else None
    if not isinstance(vary, dict) or not all(isinstance(v, list | dict) for k, v in vary.items() if k != DRAWS):
        yield Variant("", document)  # nothing to vary, or the form will complain of it
        return
    spreads = spreads_of(document)
    listed = {dotted: values for dotted, values in vary.items() if isinstance(values, list)}
    targets = [_target(document, str(dotted)) for dotted in (*listed, *spreads)]
    choices = [list(enumerate(values)) for values in listed.values()]
    draws = vary[DRAWS] if spreads else 0
    total = max(1, draws)
    for values in choices:
        total *= len(values)
    if not 0 < total <= MOST_VARIANTS:
        raise document.bad("cannot expand", "vary", expected=f"1 to {MOST_VARIANTS} combinations", found=str(total))
    for dotted, values in listed.items():
        said = [_said(value, i) for i, value in enumerate(values)]
        for i, text in enumerate(said):
            if text in said[:i]:
                raise document.bad("the same value twice", "vary", dotted, i, expected="each value once", found=text)
    labels = _labels(targets[: len(listed)])
    sets = [(number, drawn(document, spreads, number)) for number in range(1, draws + 1)] or [(0, {})]
    for *picked, (number, values) in itertools.product(*choices, sets):
        parts = [f"{label}={_said(value, i)}" for label, (i, value) in zip(labels, picked, strict=True)]
        parts += [f"draw={number}"] if number else []
        places: list[Place] = [*zip(listed, targets, picked, strict=False)]
        places += [(key, keys, (None, values[key])) for key, keys in zip(spreads, targets[len(listed) :], strict=True)]
        yield Variant(f"[{'-'.join(parts)}]" if parts else "", _with_values(document, places))


def _target(document: Document, dotted: str) -> Keys:
    """Return where a dotted key leads: "shoppers.ana.does.1.take"."""
    data = document.data
    keys: list[Key] = []
    parts = dotted.split(".")
    for depth, part in enumerate(parts):
        last = depth == len(parts) - 1
        if isinstance(data, list) and part.isdigit() and int(part) < len(data):
            keys.append(int(part))
            data = data[int(part)]
        elif isinstance(data, dict) and (part in data or last):
            keys.append(part)  # the last key may be one that only `vary` gives: the form checks its name
            data = data.get(part)
        else:
            known = list(data) if isinstance(data, dict) else [str(i) for i in range(len(data or ()))]
            raise document.bad(
                f"'{'.'.join(parts[:depth]) or 'the file'}' has no '{part}'",
                "vary",
                dotted,
                expected=f"a dotted key such as seed or shoppers.ana.arrives; here: {', '.join(map(str, known))}",
                found=dotted,
                hint=nearest(part, map(str, known)),
            )
    return tuple(keys)


def _labels(targets: list[Keys]) -> list[str]:
    """Return the last word of every dotted key, or all of it where two would look the same."""
    last = [str(keys[-1]) for keys in targets]
    return [
        name if last.count(name) == 1 else ".".join(map(str, keys)) for name, keys in zip(last, targets, strict=True)
    ]


def _said(value: object, index: int) -> str:
    """Return a value as it stands in an id; a list or mapping by its place."""
    text = str(value).replace(" ", "")
    return text if isinstance(value, str | int | float) else f"#{index}"


def _with_values(document: Document, places: list[Place]) -> Document:
    """Return the document with values in place of what stood at the targets."""
    data: Any = copy.deepcopy(document.data)
    del data["vary"]
    lines = dict(document.lines)
    for name, keys, (index, value) in places:
        inner = data
        for key in keys[:-1]:
            inner = inner[key]
        inner[keys[-1]] = value
        for inside in [known for known in lines if known[: len(keys)] == keys]:
            del lines[inside]
        lines[keys] = document.line("vary", name, *(() if index is None else (index,)))
    return Document(document.path, data, lines)
