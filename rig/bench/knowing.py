"""Who knows palms at a bench, and who draws them: reference matcher and twin, loaded when a reader wants them."""

from __future__ import annotations

from pathlib import Path

from devices.palm.seams import Image, Matcher, Palms


def _matcher(vault: Path, keys: Path) -> Matcher:
    from rig.palm.enrolled import matcher

    return matcher(vault, keys)


def _draw(seed: int, handle: str, sample: str) -> Image:
    from rig.palm.enrolled import drawn

    return drawn(seed, handle, sample)


PALMS = Palms(_matcher, _draw)
