"""How a shopper looks: drawn from the seed and the shopper's name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from contracts.seeds import stream
from contracts.steps import Wear
from twin.people.models import choose
from twin.shopper.body import dress
from twin.stage import Colour, Guise

_SHOES: tuple[Colour, ...] = ((36, 32, 32), (84, 58, 40), (208, 206, 200), (52, 60, 84))
_EXTRAS: tuple[Colour, ...] = ((126, 36, 40), (44, 62, 96), (92, 70, 44), (48, 48, 50))
_PATTERNS: tuple[Literal["plain", "stripes", "blocks"], ...] = ("plain", "plain", "stripes", "blocks")


def guise_of(seed: int, shopper: str, height_m: float, wears: Sequence[Wear] = ()) -> Guise:
    """Draw how a shopper looks."""
    clothes, draw = dress(seed, shopper), stream(seed, "guise", shopper)
    shoes, extra = (palette[int(draw.integers(len(palette)))] for palette in (_SHOES, _EXTRAS))
    pattern = _PATTERNS[int(draw.integers(len(_PATTERNS)))]
    return Guise(
        body=choose(seed, shopper, height_m),
        height_m=height_m,
        skin=clothes.skin,
        hair=clothes.hair,
        shirt=clothes.shirt,
        legs=clothes.trousers,
        shoes=shoes,
        pattern=pattern,
        wears=tuple(wears),
        extra=extra,
    )
