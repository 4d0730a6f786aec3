"""`vary:` with distributions: values drawn for a key, the same for the same seed, key and number of the draw.

vary:
  draws: 20
  shoppers.ana.arrives: {uniform: [0 s, 4 s]}
  shoppers.ana.speed: {normal: [1.1, 0.15], within: [0.7, 1.6]}
  bodies: {choice: [rigid, skinned]}
"""

from __future__ import annotations

import re
from typing import Any, Self

import numpy as np
from pydantic import ConfigDict, Field, model_validator

from contracts.document import Document
from contracts.seeds import stream
from contracts.yamlfile import StrictModel, check_model

DRAWS = "draws"
"""The key under `vary` that says how many draws there are."""
DIGITS = 3
"""Decimals of what is drawn: few enough to read, and a millisecond or a millimetre is no difference."""
TRIES = 1000
_AMOUNT = re.compile(r"\s*(-?\d*\.?\d+)\s*([a-z%]*)\s*")


class SpreadForm(StrictModel):
    """A distribution: uniform from one end to the other, normal by mean and deviation, or one of some values.

    Whole numbers at both ends of `uniform` give whole numbers, both ends included. `within` cuts the tails of `normal`.
    """

    uniform: list[int | float | str] | None = Field(default=None, min_length=2, max_length=2)
    normal: list[int | float | str] | None = Field(default=None, min_length=2, max_length=2)
    choice: list[object] | None = Field(default=None, min_length=1)
    within: list[int | float | str] | None = Field(default=None, min_length=2, max_length=2)

    @model_validator(mode="after")
    def _one(self) -> Self:
        said = [name for name in ("uniform", "normal", "choice") if getattr(self, name) is not None]
        if len(said) != 1:
            raise ValueError(f"expected one of uniform, normal and choice, found {' and '.join(said) or 'none'}")
        if self.within and self.normal is None:
            raise ValueError("`within` belongs to `normal`")
        pair = self.uniform or self.within
        numbers = [_number(value)[0] for value in pair or ()]
        if numbers and numbers[0] > numbers[1]:
            raise ValueError(f"expected the smaller number first, found {pair}")
        units = {_number(value)[1] for value in (*(self.uniform or self.normal or ()), *(self.within or ()))}
        if len(units) > 1:
            raise ValueError(f"expected one unit, found {' and '.join(map(repr, sorted(units)))}")
        return self

    def draw(self, rng: np.random.Generator) -> object:
        """Return one value, in the form of a file."""
        if self.choice is not None:
            return self.choice[int(rng.integers(len(self.choice)))]
        pair = self.uniform or self.normal or []
        (first, unit), (second, _) = map(_number, pair)
        if self.normal:
            return _said(self._normal(rng, first, second), unit)
        if all(isinstance(value, int) for value in pair):
            return int(rng.integers(int(first), int(second) + 1))
        return _said(float(rng.uniform(first, second)), unit)

    def _normal(self, rng: np.random.Generator, mean: float, deviation: float) -> float:
        """Return a draw, again and again until it is within; at last the nearer end."""
        low, high = (_number(value)[0] for value in self.within or (float("-inf"), float("inf")))
        for _ in range(TRIES):
            value = float(rng.normal(mean, abs(deviation)))
            if low <= value <= high:
                return value
        return min(max(mean, low), high)


class VaryForm(StrictModel):
    """Lists of values, or distributions, by dotted key; with distributions, how many draws."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, list[object] | SpreadForm] = Field(init=False)

    draws: int = Field(default=0, ge=0)


def spreads_of(document: Document) -> dict[str, SpreadForm]:
    """Return the distributions under `vary`, by dotted key.

    Raises:
        BadFile: one says something impossible, or how many draws there are is not said.
    """
    vary: dict[str, Any] = document.data["vary"]
    spreads = {key: check_model(_inner(document, key), SpreadForm) for key, v in vary.items() if isinstance(v, dict)}
    draws = vary.get(DRAWS)
    if spreads and (not isinstance(draws, int) or isinstance(draws, bool) or draws < 1):
        raise document.bad(
            "how many draws?", "vary", DRAWS, expected="a whole number from 1 on", found=str(draws or "nothing")
        )
    if not spreads and DRAWS in vary:
        raise document.bad(
            "nothing is drawn", "vary", DRAWS, expected="a distribution beside it: {uniform: [0 s, 4 s]}"
        )
    return spreads


def drawn(document: Document, spreads: dict[str, SpreadForm], number: int) -> dict[str, object]:
    """Return the values of one draw, by dotted key; more keys or more draws leave it as it is.

    Args:
        document: its `seed` is the root of the draws.
        spreads: by dotted key.
        number: of the draw, from 1.
    """
    seed = document.data.get("seed", 1)
    root = seed if isinstance(seed, int) and seed >= 0 else 1
    return {key: spread.draw(stream(root, "vary", key, str(number))) for key, spread in spreads.items()}


def _inner(document: Document, key: str) -> Document:
    """Return what stands under a varied key as a document of its own, with its lines."""
    start = ("vary", key)
    lines = {known[2:]: line for known, line in document.lines.items() if known[:2] == start}
    return Document(document.path, document.data["vary"][key], lines)


def _number(value: object) -> tuple[float, str]:
    """Return the number and the unit of "2.5 s", or of a number."""
    if isinstance(value, int | float):
        return float(value), ""
    match = _AMOUNT.fullmatch(str(value))
    if match is None:
        raise ValueError(f'expected a number, or one with its unit as in "2.5 s", found {value!r}')
    return float(match[1]), match[2]


def _said(value: float, unit: str) -> object:
    """Return a drawn number as a file has it."""
    rounded = round(value, DIGITS) + 0.0
    return f"{rounded:g} {unit}" if unit else rounded
