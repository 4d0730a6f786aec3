"""Each kind of depth follows its law: how far readings scatter, where they are missing, and what stays as it was."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.twin.raster_scenes import looking
from twin.depth_model import DepthModel, DepthModels, Simple
from twin.sensor import Grain, depth_mm
from twin.store_camera import DepthKind
from twin.store_noise import CameraNoise
from twin.store_tof import TofNoise

EYE = looking((0, 0, 0), (0, 1, 0), width=240, height=160, focal=200.0)
F32 = NDArray[np.float32]


def model(kind: DepthKind = DepthKind.STEREO, noise: CameraNoise | None = None, seed: int = 1) -> DepthModel:
    said = noise or CameraNoise()
    return DepthModels(seed, said, Grain(seed, EYE.width, EYE.height, said)).of(EYE, kind)


def flight(noise: TofNoise, seed: int = 1) -> DepthModel:
    return model(DepthKind.TOF, CameraNoise(tof=noise), seed)


def flat(metres: float) -> F32:
    return np.full((EYE.height, EYE.width), metres, np.float32)


def block(near: float, far: float) -> F32:
    """Something near before a wall, 80 pixels wide from column 100 on."""
    scene = flat(far)
    scene[40:120, 100:180] = near
    return scene


def around(metres: float) -> F32:
    """What is everywhere as far from the lens, along the ray."""
    v, u = np.mgrid[: EYE.height, : EYE.width] + 0.5
    ray = np.sqrt(1 + ((u - EYE.cx) / EYE.fx) ** 2 + ((v - EYE.cy) / EYE.fy) ** 2)
    return np.asarray(metres / ray, np.float32)


# --- a stereo pair -------------------------------------------------------------------------------

PAIR = CameraNoise(baseline_m=0.05, holes=0.0)
"""f B = 10 pixel metres."""


@pytest.mark.parametrize("metres", [0.8, 2.0, 3.0, 5.0])
@pytest.mark.parametrize("noise", [CameraNoise(holes=0.0), PAIR], ids=["simple", "pair"])
def test_stereo_depth_scatters_with_the_square_of_the_distance(noise: CameraNoise, metres: float) -> None:
    read = model(noise=noise).read(flat(metres), (7, 9)).astype(float)
    error = read[read > 0] - 1000 * metres
    assert error.std() == pytest.approx(np.hypot(1000 * noise.depth_sd_per_m * metres**2, 0.29), rel=0.03)
    assert abs(error.mean()) < 0.03 * error.std() + 0.02


@pytest.mark.parametrize("metres", [0.5, 1.0, 2.5])
def test_what_the_right_imager_does_not_see_is_a_band_at_the_left_edge(metres: float) -> None:
    read = model(noise=PAIR).read(flat(metres), (0, 0))
    band = round(EYE.fx * 0.05 / metres)
    assert (read[:, :band] == 0).all()
    assert (read[:, band:] > 0).all()
    half_view = np.tan(np.arctan(EYE.width / 2 / EYE.fx))
    assert band / EYE.width == pytest.approx(0.05 / (2 * metres * half_view), abs=0.5 / EYE.width)


@pytest.mark.parametrize(("near", "far"), [(1.0, 2.5), (1.0, 5.0), (2.0, 2.5)])
def test_a_shadow_lies_left_of_what_is_near_and_is_as_wide_as_the_disparities_differ(near: float, far: float) -> None:
    read = model(noise=PAIR).read(block(near, far), (0, 0))
    width, band = round(10 / near - 10 / far), round(10 / far)
    row = read[80]
    assert (row[100 - width : 100] == 0).all()
    assert (row[band : 100 - width] > 0).all()
    assert (row[100:] > 0).all()
    assert (read[20, band:] > 0).all()


def test_without_a_baseline_the_shadow_is_one_pixel_wide_and_on_the_same_side() -> None:
    read = model(noise=CameraNoise(holes=0.0)).read(block(1.0, 3.0), (0, 0))
    assert (read[40:120, 99] == 0).all()
    assert (read == 0).sum() == 80


def test_disparity_comes_in_steps() -> None:
    exact = PAIR.model_copy(update={"depth_sd_per_m": 0.0, "disparity_px": 1 / 8})
    ramp = np.tile(np.linspace(2.9, 3.1, EYE.width, dtype=np.float32), (EYE.height, 1))
    read = model(noise=exact).read(ramp, (0, 0))[0, 10:]
    disparities = 10_000 / np.unique(read)
    np.testing.assert_allclose(disparities * 8, np.round(disparities * 8), atol=0.01)
    # z z step / (f B): 11 cm at 3 m.
    assert np.diff(np.unique(read)).mean() == pytest.approx(9 / 8 / 10 * 1000, rel=0.03)


def test_holes_have_the_stated_share() -> None:
    for noise in (CameraNoise(holes=0.04), PAIR.model_copy(update={"holes": 0.04})):
        read = model(noise=noise).read(flat(3.0), (5, 5))[:, 10:]
        assert (read == 0).mean() == pytest.approx(0.04, abs=0.005)


def test_nothing_is_reported_beyond_the_range_nor_where_nothing_is() -> None:
    for noise in (CameraNoise(holes=0.0), PAIR):
        assert not model(noise=noise).read(flat(8.4), (0, 0)).any()
        assert not model(noise=noise).read(flat(np.inf), (0, 0)).any()


# --- time of flight ------------------------------------------------------------------------------


@pytest.mark.parametrize("metres", [0.6, 1.0, 2.0, 3.0, 4.3])
def test_time_of_flight_scatters_as_its_polynomial_says(metres: float) -> None:
    noise = TofNoise(holes=0.0)
    read = flight(noise).read(around(metres), (3, 4)).astype(float)
    error = (read - 1000 * around(metres)) * metres / around(metres)
    a, b, c = noise.sd_mm
    assert error.std() == pytest.approx(np.hypot(a + b * metres + c * metres**2, 0.29), rel=0.04)
    assert abs(error.mean()) < 0.05


def test_its_range_is_measured_along_the_ray() -> None:
    read = flight(TofNoise(holes=0.0, range_m=3.05, sd_mm=(0, 0, 0))).read(flat(3.0), (0, 0))
    v, u = np.mgrid[: EYE.height, : EYE.width] + 0.5
    far = 3 * np.sqrt(1 + ((u - EYE.cx) / EYE.fx) ** 2 + ((v - EYE.cy) / EYE.fy) ** 2)
    assert ((read > 0) == (far <= 3.05)).mean() > 0.999
    assert set(np.unique(read)) == {0, 3000}
    assert not flight(TofNoise(nearest_m=0.5)).read(around(0.4), (0, 0)).any()


def test_what_is_farther_than_the_light_can_tell_seems_near() -> None:
    noise = TofNoise(holes=0.0, wraps_m=2.5, range_m=2.4, sd_mm=(0, 0, 0))
    read = flight(noise).read(around(4.0), (0, 0))
    np.testing.assert_allclose(read, 1000 * around(1.5), atol=0.6)


def test_pixels_on_a_border_read_between_the_two_surfaces_and_others_do_not() -> None:
    noise = TofNoise(holes=0.0, flying=1.0, sd_mm=(0, 0, 0))
    scene = block(1.0, 3.0)
    read = flight(noise).read(scene, (0, 0))
    true = np.rint(1000 * scene).astype(int)
    edge = np.zeros(scene.shape, bool)
    step = np.abs(np.diff(scene, axis=1)) > 0.5
    edge[:, :-1] |= step
    edge[:, 1:] |= step
    step = np.abs(np.diff(scene, axis=0)) > 0.5
    edge[:-1] |= step
    edge[1:] |= step
    off = np.abs(read.astype(int) - true) > 3
    assert not off[~edge].any()
    assert off[edge].mean() > 0.4
    flying = read[off]
    assert ((flying > 1000) & (flying < 3000)).all()
    # More light comes back from what is near: most mixtures read nearer than the middle.
    assert (flying < 2000).mean() > 0.7


def test_some_flying_pixels_do_not_get_through_the_filter() -> None:
    scene = block(1.0, 3.0)
    plain = flight(TofNoise(holes=0.0, flying=1.0, sd_mm=(0, 0, 0))).read(scene, (0, 0))
    filtered = flight(TofNoise(holes=0.0, flying=0.3, sd_mm=(0, 0, 0))).read(scene, (0, 0))
    mixed = np.abs(plain.astype(float) - 1000 * scene) > 3
    assert (filtered[mixed] > 0).mean() == pytest.approx(0.3, abs=0.1)
    np.testing.assert_array_equal(filtered[filtered > 0], plain[filtered > 0])


def test_flying_pixels_of_what_stands_still_stand_still() -> None:
    tof = flight(TofNoise(holes=0.0, sd_mm=(0, 0, 0)))
    scene = block(1.0, 3.0)
    np.testing.assert_array_equal(tof.read(scene, (0, 0)), tof.read(scene, (90, 31)))


def test_holes_of_time_of_flight_have_their_own_share() -> None:
    read = flight(TofNoise(holes=0.03)).read(around(2.0), (0, 0))
    assert (read == 0).mean() == pytest.approx(0.03, abs=0.005)


# --- all of them ---------------------------------------------------------------------------------


def test_every_kind_repeats_itself_and_differs_by_seed_and_frame() -> None:
    for kind, noise in ((DepthKind.STEREO, None), (DepthKind.STEREO, PAIR), (DepthKind.TOF, None)):
        first, again = (model(kind, noise).read(flat(3.0), (3, 3)) for _ in range(2))
        np.testing.assert_array_equal(first, again)
        assert (model(kind, noise, seed=2).read(flat(3.0), (3, 3)) != first).mean() > 0.5
        assert (model(kind, noise).read(flat(3.0), (4, 3)) != first).mean() > 0.5


def test_without_noise_every_kind_tells_the_truth() -> None:
    for kind in DepthKind:
        perfect = DepthModels(1, PAIR, None).of(EYE, kind)
        assert isinstance(perfect, Simple)
        assert (perfect.read(block(1.0, 3.0), (0, 0)) == np.rint(1000 * block(1.0, 3.0))).all()


def test_the_default_is_what_it_always_was() -> None:
    grain = Grain(1, EYE.width, EYE.height, CameraNoise())
    scene = block(1.0, 3.0)
    np.testing.assert_array_equal(model().read(scene, (3, 9)), depth_mm(scene, grain, (3, 9)))
