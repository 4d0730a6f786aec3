"""Makes the weights of `stack.goods`: `python -m rig.goods --learn 1-6 --temper 7-8 --test 9-10`."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from rig.goods import choices, fit, shops, visits
from rig.goods.collect import Sample
from rig.goods.fit import tempered
from rig.goods.kept import looks
from rig.goods.marks import marks
from stack.goods import album, colours, cutouts, features, in_hand
from stack.goods import looks as shelf_looks
from stack.goods.matcher import SHIPPED, Weights, save

SEED = 1
_SHAPES = (shops, visits, choices, fit, album, colours, cutouts, features, in_hand, shelf_looks)


def recipe() -> str:
    """Return a digest of all numbers and names that shape the weights."""
    told = {
        f"{module.__name__}.{name}": repr(value)
        for module in _SHAPES
        for name, value in sorted(vars(module).items())
        if name.isupper() and not name.startswith("_")
    }
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:16]


def train(learn: list[Sample], temper: list[Sample], made: dict[str, object]) -> Weights:
    """Return weights.

    Args:
        learn: looks that the network is fitted to.
        temper: looks that its temperature is fitted to.
        made: noted with the weights.
    """
    fitted = fit.fit(choices.drawn(learn, SEED), SEED, made)
    return tempered(fitted, choices.drawn(temper, SEED))


def numbers(span: str) -> list[int]:
    """Return the numbers of "1-8" or "3"."""
    first, _, last = span.partition("-")
    return list(range(int(first), int(last or first) + 1))


def main(
    learn: Annotated[str, typer.Option(help="Shops to learn from.")] = "1-6",
    temper: Annotated[str, typer.Option(help="Shops whose products fit the temperature.")] = "7-8",
    test: Annotated[str, typer.Option(help="Shops whose products only test.")] = "9-10",
    folder: Annotated[Path, typer.Option(help="Where looks at hands are kept.")] = Path("out/goods"),
    out: Annotated[Path, typer.Option(help="Where the weights go.")] = SHIPPED,
) -> None:
    """Play visits to random shops in the twin, fit the matcher, print how good it is on products it never saw."""
    parts = [[look for n in numbers(span) for look in looks(n, folder)] for span in (learn, temper, test)]
    command = f"python -m rig.goods --learn {learn} --temper {temper} --test {test}"
    made: dict[str, object] = {"command": command, "recipe": recipe(), "looks": [len(part) for part in parts]}
    weights = train(parts[0], parts[1], made)
    found = marks(weights, parts[2])
    save(replace(weights, made={**made, "test": found}), out)
    typer.echo(json.dumps(found, indent=1))


if __name__ == "__main__":
    typer.run(main)
