"""A scenario may alter its store: the twin plays the altered one, and a stack is told it as it was surveyed."""

import math
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from contracts.document import Document
from contracts.errors import BadFile
from contracts.yamlfile import check_model
from rig.altered_store import altered_store
from rig.paths import find_store
from rig.scenario import Scenario, check, from_yaml, to_yaml
from rig.scenario.altered import AS_FILED, Altered, altered_layout, as_surveyed
from rig.scenario.form import ScenarioForm
from rig.scenario.read import scenario_of
from twin.store import Store, load_store

ROOT = Path(__file__).parents[2]
OFF = Altered(shift_m=0.02, turn_deg=0.5)


@cache
def store(name: str = "corner-shop") -> Store:
    return load_store(find_store(name, roots=[ROOT]))


def read(altered: object) -> Scenario:
    data = {
        "about": "x", "store": "corner-shop", "altered": altered,
        "shoppers": {"ana": {"does": ["enter", {"take": "aurel-500"}, "leave"]}},
    }  # fmt: skip
    return scenario_of(check_model(Document(Path("x"), data), ScenarioForm), "x")


def test_what_is_altered_is_read_and_written_again() -> None:
    said = {"plates": "none", "depth": "none", "noise": 3, "surveyed with": {"shift_m": 0.02, "turn_deg": 0.5}}
    scenario = read(said)
    assert scenario.altered == Altered(plates=False, depth=False, noise=3, shift_m=0.02, turn_deg=0.5)
    assert from_yaml(to_yaml(scenario), "x") == scenario
    assert "altered" not in to_yaml(read({}))
    mixed = read({"surveyed with": {"mixed_up": ["gondola-2"]}})
    assert from_yaml(to_yaml(mixed), "x").altered.mixed_up == ("gondola-2",)


@pytest.mark.parametrize(
    "said", [{"plates": "some"}, {"noise": -1}, {"surveyed with": {"shift": 1}}, {"walls": "none"}]
)
def test_nonsense_is_refused(said: object) -> None:
    with pytest.raises(BadFile):
        read(said)


def test_a_gondola_that_is_not_there_cannot_be_mixed_up() -> None:
    scenario = read({"surveyed with": {"mixed_up": ["gondola-22"]}})
    with pytest.raises(BadFile, match="did you mean 'gondola-2'"):
        check(scenario, store().layout)


def test_as_its_file_says_nothing_changes() -> None:
    assert altered_store(store(), AS_FILED) is store()
    assert as_surveyed(store().layout, AS_FILED, 1) is store().layout


def test_without_plates_the_goods_stand_where_they_stood() -> None:
    layout = altered_layout(store().layout, Altered(plates=False))
    assert not layout.plate
    assert [(f.product, f.x_m, f.stock) for f in layout.planogram] == [
        (f.product, f.x_m, f.stock) for f in store().layout.planogram
    ]


def test_without_depth_cameras_that_see_nothing_else_are_gone() -> None:
    nano = altered_store(store("nanostore"), Altered(depth=False))
    assert len(nano.layout.cameras) == 17
    assert set(nano.imagers) == set(nano.layout.camera)
    assert not any(camera.depth for camera in nano.layout.cameras)
    assert all(camera.colour for camera in nano.layout.cameras)


def test_a_survey_is_off_by_so_much_in_another_direction_for_each_camera() -> None:
    true, told = store().layout, as_surveyed(store().layout, OFF, 7)
    ways = []
    for camera, wrong in zip(true.cameras, told.cameras, strict=True):
        way = np.subtract(wrong.pose.position, camera.pose.position)
        turn = np.trace(camera.pose.rotation.T @ wrong.pose.rotation)
        assert np.linalg.norm(way) == pytest.approx(0.02, abs=1e-6)
        assert math.degrees(math.acos((turn - 1) / 2)) == pytest.approx(0.5, abs=1e-4)
        ways.append(way)
    assert np.linalg.matrix_rank(np.array(ways)) == 3
    assert replace(told, cameras=()) == replace(true, cameras=())
    assert as_surveyed(true, OFF, 7) == told
    assert as_surveyed(true, OFF, 8) != told


def test_a_mixed_up_rack_has_every_product_in_the_place_of_another() -> None:
    true, told = store().layout, as_surveyed(store().layout, Altered(mixed_up=("gondola-2",)), 1)
    changed = [a for a, b in zip(true.planogram, told.planogram, strict=True) if a.product != b.product]
    assert {facing.shelf.split("/")[0] for facing in changed} == {"gondola-2"}
    assert len(changed) == sum(facing.shelf.startswith("gondola-2/") for facing in true.planogram)
    assert sorted(f.product for f in true.planogram) == sorted(f.product for f in told.planogram)


def test_three_times_the_noise_is_three_times_the_size_of_every_error() -> None:
    for name in ("corner-shop", "nanostore"):
        plain, loud = store(name), altered_store(store(name), Altered(noise=3))
        assert loud.plate_noise.still_g == pytest.approx([3 * g for g in plain.plate_noise.still_g])
        assert loud.plate_noise.drift_g_per_root_s == pytest.approx(3 * plain.plate_noise.drift_g_per_root_s)
        assert loud.camera_noise.depth_sd_per_m == pytest.approx(3 * plain.camera_noise.depth_sd_per_m)
        assert loud.plate_noise.latency == plain.plate_noise.latency
        for id_, rack in plain.plate_noise.racks.items():
            assert loud.plate_noise.racks[id_].tread_g == pytest.approx([3 * g for g in rack.tread_g])
            assert loud.plate_noise.racks[id_].hz == rack.hz


def test_shares_stay_shares() -> None:
    loud = altered_store(store(), Altered(noise=100)).plate_noise
    assert max(loud.neighbour_share) == 1.0
