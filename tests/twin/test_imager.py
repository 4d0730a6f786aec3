"""What a camera's settings change, and that they change nothing else."""

from __future__ import annotations

import dataclasses

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from contracts.clock import MILLISECOND
from contracts.layout import CameraInfo
from contracts.ports import FaultKind
from contracts.records import Frame
from tests.twin.raster_scenes import box, looking, pose, shop
from twin.cameras import CameraRig
from twin.imager import Imager
from twin.raster import layered_renderer
from twin.scene import Scene
from twin.sensor import jpeg
from twin.store_camera import DepthKind, Exposure, Wire
from twin.store_noise import CameraNoise

EYE = looking((0, -1.2, 1.6), (0, 2, 0.8), name="c1", width=200, height=160)
NEIGHBOUR = dataclasses.replace(EYE, id="c2")
MS = MILLISECOND


def exposure(time_ms: float = 10, gain: float = 1) -> Exposure:
    """An exposure as a store file says it."""
    return Exposure.model_validate({"time": f"{time_ms} ms", "gain": gain})


def wall(value: int) -> Scene:
    """A wall across the view of `EYE`."""
    scene = Scene()
    texture = scene.add_texture(np.full((4, 4, 3), value, np.uint8))
    scene.add(scene.add_mesh(box()), texture, pose(0, 3, 0, scale=(60, 1, 60)), object_id=1)
    return scene


def frames(
    *imagers: Imager, scene: Scene | None = None, noise: bool = True, errors: CameraNoise | None = None
) -> list[Frame]:
    """What the first cameras deliver with these settings, and one more without any."""
    cameras = [dataclasses.replace(EYE, id=f"c{i + 1}") for i in range(len(imagers) + 1)]
    known = dict(zip((camera.id for camera in cameras), imagers, strict=False))
    rig = CameraRig(
        scene or shop(), cameras, layered_renderer(1), 1, noise, CameraNoise() if errors is None else errors, known
    )
    return rig.capture(0)


def picture(frame: Frame) -> NDArray[np.uint8]:
    if frame.rgb is not None:
        return frame.rgb
    return np.asarray(cv2.imdecode(np.frombuffer(frame.jpeg, np.uint8), cv2.IMREAD_COLOR)[..., ::-1], np.uint8)


def alike(a: Frame, b: Frame) -> bool:
    """Whether two frames show the same depth."""
    return a.depth_mm is not None and b.depth_mm is not None and bool((a.depth_mm == b.depth_mm).all())


# --- the wire ------------------------------------------------------------------------------------


@pytest.mark.parametrize("noise", [True, False])
def test_a_raw_frame_is_what_the_jpeg_was_made_of(noise: bool) -> None:
    (packed, _), (raw, _) = frames(Imager(jpeg_quality=100), noise=noise), frames(Imager(wire=Wire.RAW), noise=noise)
    assert packed.rgb is None
    assert raw.jpeg == b""
    assert raw.rgb is not None
    assert (raw.rgb.shape, raw.rgb.dtype) == ((160, 200, 3), np.uint8)
    assert jpeg(raw.rgb, 100) == packed.jpeg
    assert alike(packed, raw)


def test_a_raw_frame_is_not_drawn_over_later() -> None:
    scene = shop()
    rig = CameraRig(scene, [EYE], layered_renderer(1), 1, noise=False, imagers={"c1": Imager(wire=Wire.RAW)})
    (first,) = rig.capture(0)
    assert first.rgb is not None
    kept = first.rgb.copy()
    scene.show(7, visible=False)
    (second,) = rig.capture(100 * MS)
    assert second.rgb is not None
    assert (kept != second.rgb).any()
    np.testing.assert_array_equal(first.rgb, kept)


def test_a_stuck_camera_repeats_a_raw_picture() -> None:
    rig = CameraRig(shop(), [EYE], layered_renderer(1), 1, imagers={"c1": Imager(wire=Wire.RAW)})
    (first,) = rig.capture(0)
    rig.cameras["c1"].fault(FaultKind.STUCK)
    (again,) = rig.capture(100 * MS)
    assert again.rgb is first.rgb


def test_quality_is_the_cameras_own_or_that_of_all() -> None:
    small, plain = frames(Imager(jpeg_quality=20), errors=CameraNoise(jpeg_quality=60))
    (_, default) = frames(Imager())
    assert len(small.jpeg) < 0.7 * len(plain.jpeg)
    assert len(plain.jpeg) < 0.8 * len(default.jpeg)
    assert alike(small, frames(Imager())[0])


# --- exposure ------------------------------------------------------------------------------------


def light(frame: Frame) -> float:
    """The light that a flat picture stands for."""
    return float((picture(frame)[60:100, 60:140] / 255).mean() ** 2.2)


@pytest.mark.parametrize("said", [exposure(5), exposure(20), exposure(gain=1.5), exposure(5, 3)])
def test_light_counts_by_shutter_time_and_gain(said: Exposure) -> None:
    seen, plain = frames(Imager(exposure=said, wire=Wire.RAW), scene=wall(120), noise=False)
    assert light(seen) / light(plain) == pytest.approx(said.time / (10 * MS) * said.gain, rel=0.05)
    assert alike(seen, plain)


def test_too_much_light_is_white() -> None:
    seen, _ = frames(Imager(exposure=exposure(gain=200.0), wire=Wire.RAW), scene=wall(120), noise=False)
    assert (picture(seen)[60:100, 60:140] == 255).all()


def test_gain_makes_grain_stronger_and_time_does_not() -> None:
    def grain(said: Exposure) -> float:
        seen, _ = frames(Imager(exposure=said, wire=Wire.RAW), scene=wall(60))
        return float(picture(seen)[60:100, 60:140].astype(float).std(axis=(0, 1)).mean())

    one, amplified, longer = (grain(e) for e in (exposure(), exposure(gain=3.0), exposure(20)))
    assert one == pytest.approx(2.0, rel=0.1)
    assert amplified == pytest.approx(6.0, rel=0.1)
    assert longer == pytest.approx(one, rel=0.05)


def test_the_normal_exposure_changes_nothing() -> None:
    a, b = frames(Imager(exposure=exposure(10, 1.0)))[0], frames(Imager())[0]
    assert a.jpeg == b.jpeg


# --- only what is asked for ----------------------------------------------------------------------

SETTINGS = {
    "tof": Imager(depth=DepthKind.TOF),
    "raw": Imager(wire=Wire.RAW),
    "quality": Imager(jpeg_quality=30),
    "exposure": Imager(exposure=exposure(3, 2.0)),
    "blur": Imager(motion_blur=True),
}


@pytest.mark.parametrize("name", SETTINGS)
def test_a_cameras_settings_leave_the_other_cameras_as_they_were(name: str) -> None:
    changed, other = frames(SETTINGS[name])
    plain, same = frames(Imager())
    assert other.jpeg == same.jpeg
    assert alike(other, same)
    assert alike(changed, plain) == (name != "tof")
    assert (changed.jpeg == plain.jpeg) == (name in ("tof", "blur"))


def test_without_noise_settings_of_what_errs_change_nothing() -> None:
    (changed, _) = frames(Imager(depth=DepthKind.TOF, motion_blur=True), noise=False, errors=CameraNoise(baseline_m=1))
    (plain, _) = frames(Imager(), noise=False)
    assert changed.jpeg == plain.jpeg
    assert alike(changed, plain)


# --- through a lens ------------------------------------------------------------------------------


def test_a_delivered_picture_can_be_rectified_with_the_numbers_of_the_layout() -> None:
    info = dataclasses.replace(EYE, distortion=(-0.2, 0.05, 0.002, -0.003, 0.001), distorted=True)
    imagers = {"c1": Imager(wire=Wire.RAW)}

    def taken(camera: CameraInfo) -> NDArray[np.uint8]:
        (frame,) = CameraRig(shop(), [camera], layered_renderer(1), 1, noise=False, imagers=imagers).capture(0)
        return picture(frame)

    # OpenCV's pixel centres are whole numbers.
    matrix = np.array([[info.fx, 0, info.cx - 0.5], [0, info.fy, info.cy - 0.5], [0, 0, 1]])
    straight, bent = taken(dataclasses.replace(info, distorted=False)), taken(info)
    rectified = cv2.undistort(bent, matrix, np.array(info.distortion))

    def apart(seen: NDArray[np.uint8]) -> float:
        """How far a picture is from the straight one, edges softened, for both were sampled anew."""
        soft = [cv2.GaussianBlur(one, (0, 0), 1.5)[24:136, 30:170].astype(int) for one in (straight, seen)]
        return float(np.abs(soft[0] - soft[1]).mean())

    assert apart(rectified) < 0.25 * apart(bent)
