"""What stands out from the empty store, and what becomes part of it."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from contracts.seeds import stream
from stack.silhouettes.background import Background
from stack.silhouettes.background_kernels import EMPTY, SOMEBODY, UNSURE

U8 = NDArray[np.uint8]
SHAPE = (60, 80)
PATCH = (slice(20, 40), slice(30, 50))
NOBODY = np.zeros(SHAPE, np.uint8)


def store(k: int, light: float = 1.0) -> U8:
    """Picture k of a store with a dark and a bright half."""
    image = np.full((*SHAPE, 3), (120.0, 130.0, 140.0)) * light
    image[:, 60:] *= 0.5
    grain = stream(3, "picture", str(k)).normal(0, 1.0, image.shape)
    return np.clip(np.rint(image + grain), 0, 255).astype(np.uint8)


def with_patch(k: int, colour: tuple[int, int, int]) -> U8:
    image = store(k)
    image[PATCH] = colour
    return image


def learned(floor: bool = False, patience: int = 30) -> Background:
    background = Background(np.full(SHAPE, floor), np.full(SHAPE, patience, np.int16))
    for k in range(12):
        background.labels(store(k), NOBODY)
    return background


def test_an_empty_store_is_empty() -> None:
    background = learned()
    assert all((background.labels(store(k), NOBODY) == EMPTY).all() for k in range(12, 40))


@pytest.mark.parametrize("colour", [(20, 20, 20), (120, 130, 180), (150, 160, 170)])
def test_what_is_unlike_the_store_is_somebody(colour: tuple[int, int, int]) -> None:
    labels = learned().labels(with_patch(50, colour), NOBODY)
    assert (labels[22:38, 32:48] == SOMEBODY).all()
    assert (labels[:18] == EMPTY).all()


def test_a_shadow_on_the_floor_is_neither_floor_nor_somebody() -> None:
    shade = (102, 111, 119)
    assert (learned(floor=True).labels(with_patch(50, shade), NOBODY)[22:38, 32:48] == UNSURE).all()
    assert (learned(floor=False).labels(with_patch(50, shade), NOBODY)[22:38, 32:48] == SOMEBODY).all()


def test_light_that_changes_slowly_changes_nothing() -> None:
    background = learned()
    for k in range(12, 212):
        labels = background.labels(store(k, 1 + 0.001 * (k - 12)), NOBODY)
    assert (labels == EMPTY).mean() > 0.999


def test_light_that_changes_at_once_is_followed() -> None:
    background = learned()
    for k in range(12, 92):
        labels = background.labels(store(k, 0.8), NOBODY)
    assert (labels == EMPTY).mean() > 0.99


def test_what_is_left_standing_joins_the_store_unless_somebody_is_followed_there() -> None:
    free, guarded = learned(), learned()
    for k in range(50, 90):
        labels = free.labels(with_patch(k, (20, 20, 20)), NOBODY)
        kept = guarded.labels(with_patch(k, (20, 20, 20)), np.ones(SHAPE, np.uint8))
    assert (labels == EMPTY).all()
    assert (kept[22:38, 32:48] == SOMEBODY).all()


def test_specks_are_left_out() -> None:
    image = store(50)
    image[10, 10] = 255
    assert (learned().labels(image, NOBODY) == EMPTY).all()
