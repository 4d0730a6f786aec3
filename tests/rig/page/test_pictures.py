"""Pictures on a page: what they show is what the camera saw, and they fit."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from contracts.clock import MILLISECOND, SECOND
from contracts.layout import CameraInfo
from contracts.records import Frame
from rig.page import build
from rig.page.live.sieve import Sieve
from rig.page.pictures import Shots, thinned
from rig.page.pictures.choose import chosen
from rig.page.pictures.patches import MOST, boxes
from rig.page.pictures.shot import Shot
from rig.page.pictures.shots import small
from rig.recording.reader import Recording
from tests.rig.page.shop import END_NS, layout, picture, records


def shots(**how: int) -> Shots:
    made = Shots(**{"period_ns": 200 * MILLISECOND} | how)
    for one in records():
        made.take(one)
    return made


def put_together(key: Shot, shot: Shot) -> np.ndarray:
    """A picture as the page shows it."""
    out = None
    for layer in [key] if shot is key else [key, shot]:
        for (x, y, w, h), data in layer.parts:
            part = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
            out = part.copy() if out is None else out
            out[y : y + h, x : x + w] = part
    assert out is not None
    return out


def test_key_and_patches_together_show_what_the_camera_saw() -> None:
    made = [shot for shot in shots().made if shot.camera == "c1"]
    assert made[0].key
    key = made[0]
    for shot in made:
        key = shot if shot.key else key
        seen = small(Frame(t_ns=0, source="c1", captured_ns=0, jpeg=picture(shot.captured_ns)))
        off = cv2.absdiff(put_together(key, shot), seen)
        assert off.mean() < 2.0
        assert np.percentile(off, 99.5) < 25


def test_patches_are_few_and_small() -> None:
    made = [shot for shot in shots().made if shot.camera == "c1"]
    assert sum(shot.key for shot in made) == 1
    assert max(shot.size for shot in made if not shot.key) < made[0].size


def test_a_picture_that_does_not_change_costs_nothing() -> None:
    still = np.full((120, 160, 3), 90, np.uint8)
    grain = np.clip(still.astype(int) + np.arange(160)[None, :, None] % 5, 0, 255).astype(np.uint8)
    assert boxes(still, grain) == []


def test_many_changes_become_a_few_boxes_that_hold_them_all() -> None:
    key = np.zeros((200, 200, 3), np.uint8)
    after = key.copy()
    for i in range(12):
        after[16 * i : 16 * i + 4, (i % 4) * 50 : (i % 4) * 50 + 4] = 255
    found = boxes(key, after)
    assert 0 < len(found) <= MOST
    covered = np.zeros((200, 200), bool)
    for x, y, w, h in found:
        covered[y : y + h, x : x + w] = True
    assert covered[after.max(axis=2) > 0].all()


def test_what_does_not_fit_is_left_out_and_what_is_left_still_stands_on_its_key() -> None:
    made = shots().made
    near = END_NS // 2
    budget = sum(shot.size for shot in made) // 2
    left = thinned(made, budget, near)
    assert sum(shot.size for shot in left) <= budget
    assert [shot for shot in left if shot.key] == [shot for shot in made if shot.key]

    def close(some: list[Shot]) -> int:
        return sum(abs(shot.captured_ns - near) < SECOND for shot in some)

    assert close(left) == close(made)


def test_a_budget_that_nothing_meets_leaves_the_key_pictures() -> None:
    assert all(shot.key for shot in thinned(shots().made, 1, 0))


@pytest.mark.parametrize("form", ["rgb", "depth"])
def test_raw_pictures_and_depth_are_shown_too(form: str) -> None:
    rgb = np.full((240, 320, 3), 120, np.uint8) if form == "rgb" else None
    depth = np.full((240, 320), 2000, np.uint16) if form == "depth" else None
    seen = small(Frame(t_ns=0, source="c1", captured_ns=0, rgb=rgb, depth_mm=depth))
    assert seen.shape == (240, 320, 3)


def test_cameras_that_see_the_most_are_chosen_in_the_stores_order() -> None:
    store = layout()
    blind = replace(store.cameras[0], id="a0", pose=replace(store.cameras[0].pose, position=(50.0, 50.0, 2.8)))
    dark: CameraInfo = replace(store.cameras[0], id="b0", colour=False, depth=True)
    assert chosen(replace(store, cameras=(blind, dark, *store.cameras)), 1) == ("c1",)
    assert chosen(replace(store, cameras=(dark,)), 6) == ("b0",)
    assert chosen(replace(store, cameras=()), 6) == ()


def test_a_live_run_lets_few_frames_through_and_no_depth_beside_a_picture() -> None:
    sieve = Sieve(6, 500 * MILLISECOND)
    deep = {"depth_mm": np.zeros((2, 2), np.uint16)}
    told = [replace(one, **deep) if isinstance(one, Frame) else one for one in records()]
    through = [kept for kept in sieve.through(told) if isinstance(kept, Frame)]
    assert len(through) == 2 * END_NS // (500 * MILLISECOND)
    assert all(frame.depth_mm is None for frame in through)


def test_a_page_keeps_to_its_budget(wrong: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "BUDGET", 25_000)
    batch: Any = build.batch_of(Recording(wrong))
    assert len(json.dumps(batch["shots"])) <= 25_000
    assert [shots[0][1] for shots in batch["shots"].values()] == [1, 1]  # each camera begins with a key picture
