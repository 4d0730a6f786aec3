"""The cameras: when they look, what they deliver, and what breaks them."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Sequence

import cv2
import numpy as np
import pytest

from contracts.clock import MILLISECOND
from contracts.errors import RigFault
from contracts.layout import CameraInfo
from contracts.ports import Camera, FaultKind, PortKind
from contracts.records import Frame
from tests.twin.raster_scenes import box, looking, pose, shop, stride
from twin.cameras import AUDIT_NS, CameraRig, render_view
from twin.raster import layered_renderer
from twin.scene import Scene
from twin.sensor import Grain, depth_mm
from twin.store_noise import CameraNoise

TICK = 50 * MILLISECOND
RGBD = looking((0, -1.2, 1.6), (0, 2, 0.8), name="c1")
DEPTH = looking((0, 1, 3), (0, 1.01, 0), name="c2-depth", colour=False)
COLOUR = looking((1.2, -2.5, 2.4), (0, 1.5, 0.6), name="c3", depth=False)


def rig(*cameras: CameraInfo, scene: Scene | None = None, seed: int = 1, noise: bool = True) -> CameraRig:
    return CameraRig(
        shop() if scene is None else scene, cameras or (RGBD, DEPTH, COLOUR), layered_renderer(2), seed, noise
    )


def picture(frame: Frame) -> np.ndarray:
    decoded = cv2.imdecode(np.frombuffer(frame.jpeg, np.uint8), cv2.IMREAD_COLOR)
    assert decoded is not None
    return cv2.cvtColor(decoded, cv2.COLOR_BGR2RGB)


def digest(frames: Sequence[Frame]) -> str:
    made = hashlib.sha256()
    for frame in frames:
        made.update(f"{frame.source} {frame.captured_ns} {frame.t_ns}".encode() + frame.jpeg)
        if frame.depth_mm is not None:
            made.update(frame.depth_mm.tobytes())
    return made.hexdigest()


def wall(distance: float) -> Scene:
    """A wall across the view of a camera at the origin that looks along y."""
    scene = Scene()
    texture = scene.add_texture(np.full((4, 4, 3), 120, np.uint8))
    scene.add(scene.add_mesh(box()), texture, pose(0, distance + 0.5, 0, scale=(60, 1, 60)), object_id=1)
    return scene


AHEAD = looking((0, 0, 0), (0, 1, 0), name="c1", width=200, height=160)


# --- what is in a frame --------------------------------------------------------------------------


def test_each_imager_delivers_what_it_is_for() -> None:
    rgbd, depth, colour = rig().capture(0)
    assert (rgbd.source, depth.source, colour.source) == ("c1", "c2-depth", "c3")
    assert picture(rgbd).shape == picture(colour).shape == (120, 160, 3)
    assert depth.jpeg == b""
    assert colour.depth_mm is None
    for frame in (rgbd, depth):
        assert frame.depth_mm is not None
        assert (frame.depth_mm.dtype, frame.depth_mm.shape) == (np.uint16, (120, 160))


def test_without_noise_a_frame_is_the_rendered_view() -> None:
    scene = shop()
    (frame,) = rig(RGBD, scene=scene, noise=False).capture(0)
    view = render_view(scene, RGBD)
    assert frame.depth_mm is not None
    near = view.depth_m < 7.9
    np.testing.assert_array_equal(frame.depth_mm[near], np.floor(view.depth_m[near] * 1000 + 0.5))
    error = picture(frame).astype(int) - view.rgb.astype(int)
    assert np.abs(error).mean() < 12
    assert abs(error.mean()) < 1.5


def test_colours_keep_their_order_through_the_jpeg() -> None:
    scene = wall(2)
    red = scene.add_texture(np.full((4, 4, 3), (220, 40, 90), np.uint8))
    scene.add(0, red, pose(0, 1.5, 0, scale=(60, 0.2, 60)), object_id=2)
    (frame,) = rig(AHEAD, scene=scene).capture(0)
    r, g, b = picture(frame).reshape(-1, 3).mean(axis=0)
    assert r > b > g


@pytest.mark.parametrize(("metres", "reads"), [(7.9, True), (8.3, False), (30.0, False)])
def test_there_is_no_reading_beyond_eight_metres(metres: float, reads: bool) -> None:
    (frame,) = rig(AHEAD, scene=wall(metres), noise=False).capture(0)
    assert frame.depth_mm is not None
    assert (frame.depth_mm == (round(metres * 1000) if reads else 0)).all()


def test_nothing_in_view_reads_zero() -> None:
    (frame,) = rig(AHEAD, scene=Scene()).capture(0)
    assert frame.depth_mm is not None
    assert (frame.depth_mm == 0).all()


# --- noise ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("metres", "sd_mm"), [(1.0, 1.15), (3.0, 10.0), (6.0, 40.0)])
def test_depth_noise_is_a_centimetre_at_three_metres_and_grows_with_the_square(metres: float, sd_mm: float) -> None:
    (frame,) = rig(AHEAD, scene=wall(metres)).capture(0)
    assert frame.depth_mm is not None
    error = frame.depth_mm.astype(float) - metres * 1000
    assert error.std() == pytest.approx(sd_mm, rel=0.05)
    assert abs(error.mean()) < 0.05 * sd_mm


def test_colour_noise_has_the_stated_strength() -> None:
    grain = Grain(1, 200, 160)
    flat = np.full((160, 200, 3), 120, np.uint8)
    noisy = grain.on_colour(flat, (3, 9)).astype(float) - 120
    assert noisy.std() == pytest.approx(2.0, rel=0.05)
    assert abs(noisy.mean()) < 0.05
    assert (flat == 120).all()


def test_colour_noise_does_not_wrap_around() -> None:
    grain = Grain(1, 64, 64)
    assert grain.on_colour(np.full((64, 64, 3), 255, np.uint8), (0, 0)).min() > 230
    assert grain.on_colour(np.zeros((64, 64, 3), np.uint8), (0, 0)).max() < 25


def test_noise_differs_from_frame_to_frame_and_camera_to_camera() -> None:
    twin = dataclasses.replace(AHEAD, id="c2")
    cameras = rig(AHEAD, twin, scene=wall(3))
    first, other, second, _ = [*cameras.capture(0), *cameras.capture(2 * TICK)]
    assert first.depth_mm is not None
    assert other.depth_mm is not None
    assert second.depth_mm is not None
    assert (first.depth_mm != other.depth_mm).mean() > 0.5
    assert (first.depth_mm != second.depth_mm).mean() > 0.5
    assert first.jpeg != second.jpeg


def test_depth_noise_never_goes_below_zero_or_past_the_range() -> None:
    near = np.full((50, 50), 0.0501, np.float32)
    far = np.full((50, 50), 7.95, np.float32)
    grain = Grain(1, 50, 50)
    assert depth_mm(near, grain, (0, 0)).max() < 60
    read = depth_mm(far, grain, (0, 0))
    assert read.max() <= 8000
    assert (read == 0).any()


# --- time ----------------------------------------------------------------------------------------


def test_ten_hertz_is_every_second_tick_from_zero() -> None:
    cameras = rig(RGBD)
    captured = [frame.captured_ns for tick in range(9) for frame in cameras.capture(tick * TICK)]
    assert captured == [0, 2 * TICK, 4 * TICK, 6 * TICK, 8 * TICK]


def test_every_camera_keeps_its_own_rate() -> None:
    slow = dataclasses.replace(RGBD, id="slow", rate_hz=4.0)
    fast = dataclasses.replace(RGBD, id="fast", rate_hz=20.0)
    cameras = rig(slow, fast)
    seen = [frame.source for tick in range(20) for frame in cameras.capture(tick * TICK)]
    assert (seen.count("slow"), seen.count("fast")) == (4, 20)


def test_a_frame_arrives_after_its_latency_and_shows_the_moment_of_capture() -> None:
    scene = shop()
    late = dataclasses.replace(RGBD, latency_ns=70 * MILLISECOND)
    cameras = rig(late, scene=scene, noise=False)
    stride(scene, 0)
    then = render_view(scene, late).depth_m
    assert cameras.capture(0) == []
    stride(scene, 30)
    assert cameras.capture(TICK) == []
    (frame,) = cameras.capture(2 * TICK)
    assert (frame.captured_ns, frame.t_ns) == (0, 70 * MILLISECOND)
    assert frame.depth_mm is not None
    near = then < 7.9
    np.testing.assert_array_equal(frame.depth_mm[near], np.floor(then[near] * 1000 + 0.5))


def test_frames_come_in_the_order_of_delivery() -> None:
    cameras = rig(
        dataclasses.replace(RGBD, latency_ns=90 * MILLISECOND),
        dataclasses.replace(DEPTH, latency_ns=60 * MILLISECOND),
        dataclasses.replace(COLOUR, latency_ns=90 * MILLISECOND),
    )
    cameras.capture(0)
    assert [frame.source for frame in cameras.capture(2 * TICK)] == ["c2-depth", "c1", "c3"]


def test_frames_do_not_change_after_delivery() -> None:
    scene = shop()
    cameras = rig(scene=scene)
    kept = cameras.capture(0)
    before = digest(kept)
    for tick in range(2, 8):
        stride(scene, tick)
        cameras.capture(tick * TICK)
    assert digest(kept) == before


# --- determinism ---------------------------------------------------------------------------------


def run(seed: int) -> str:
    scene = shop()
    cameras = rig(scene=scene, seed=seed)
    frames = []
    for tick in range(10):
        stride(scene, tick)
        frames += cameras.capture(tick * TICK)
    return digest(frames)


def test_one_seed_gives_the_same_bytes_and_another_does_not() -> None:
    assert run(1) == run(1)
    assert run(1) != run(2)


# --- the port ------------------------------------------------------------------------------------


def test_it_is_a_camera_port() -> None:
    camera = rig(RGBD).cameras["c1"]
    assert isinstance(camera, Camera)
    assert (camera.info.id, camera.info.kind, camera.info.model) == ("c1", PortKind.CAMERA, "twin")
    assert camera.calibration is RGBD
    camera.safe_state()


def test_a_camera_that_is_off_delivers_nothing_until_it_is_on_again() -> None:
    cameras = rig(RGBD)
    assert cameras.cameras["c1"].fault(FaultKind.OFF)
    assert [*cameras.capture(0), *cameras.capture(2 * TICK)] == []
    cameras.cameras["c1"].fault(None)
    assert [frame.captured_ns for frame in cameras.capture(4 * TICK)] == [4 * TICK]


def test_a_stuck_camera_repeats_its_last_picture_with_new_times() -> None:
    scene = shop()
    cameras = rig(RGBD, scene=scene)
    (before,) = cameras.capture(0)
    assert cameras.cameras["c1"].fault(FaultKind.STUCK)
    stride(scene, 5)
    (stuck,) = cameras.capture(2 * TICK)
    assert stuck.captured_ns == 2 * TICK
    assert stuck.jpeg == before.jpeg
    assert stuck.depth_mm is before.depth_mm
    cameras.cameras["c1"].fault(None)
    assert cameras.capture(4 * TICK)[0].jpeg != before.jpeg


def test_a_camera_that_sticks_before_its_first_picture_still_takes_one() -> None:
    cameras = rig(RGBD)
    cameras.cameras["c1"].fault(FaultKind.STUCK)
    (first,), (second,) = cameras.capture(0), cameras.capture(2 * TICK)
    assert first.jpeg == second.jpeg != b""


def test_it_says_so_when_it_cannot_have_a_fault() -> None:
    assert not rig(RGBD).cameras["c1"].fault(FaultKind.WRONG)


# --- the audit -----------------------------------------------------------------------------------


def test_the_audit_passes_a_scene_that_told_of_every_change() -> None:
    scene = shop()
    cameras = rig(scene=scene)
    for tick in range(6):
        stride(scene, tick)
        scene.show(4 + tick, visible=False)
        cameras.capture(tick * TICK)
        assert (cameras.full("c1", tick * TICK).ids >= 0).any()


def test_the_audit_catches_a_change_that_the_scene_was_not_told_of() -> None:
    scene = shop()
    cameras = rig(scene=scene)
    cameras.capture(0)
    scene.pose[5, 2, 3] += 0.3
    with pytest.raises(RigFault, match=r"camera c1 at 1\.500 s.*stale"):
        cameras.full("c1", 1_500_000_000)


def test_a_run_audits_one_camera_after_another_by_itself() -> None:
    scene = shop()
    cameras = rig(scene=scene)
    cameras.capture(0)
    scene.pose[5, 2, 3] += 0.3
    cameras.capture(AUDIT_NS - 2 * TICK)
    with pytest.raises(RigFault, match=r"camera c2-depth at 5\.000 s.*stale"):
        cameras.capture(AUDIT_NS)


def test_a_run_without_audits_goes_on() -> None:
    scene = shop()
    cameras = CameraRig(scene, (RGBD,), layered_renderer(2), 1, audited=False)
    cameras.capture(0)
    scene.pose[5, 2, 3] += 0.3
    cameras.capture(AUDIT_NS)


def test_an_audit_leaves_the_run_as_it_was() -> None:
    def frames(audits: bool) -> str:
        scene = shop()
        cameras, seen = rig(scene=scene), []
        for tick in range(8):
            stride(scene, tick)
            seen += cameras.capture(tick * TICK)
            if audits:
                cameras.full("c1", tick * TICK)
        return digest(seen)

    assert frames(audits=True) == frames(audits=False)


def test_a_store_says_how_its_cameras_err() -> None:
    flat = np.full((100, 120), 2.0, np.float32)
    loud = Grain(1, 120, 100, CameraNoise(depth_sd_per_m=0.004, holes=0.05, shadow_m=0.0, range_m=3.0))
    read = depth_mm(flat, loud, (5, 7)).astype(float)
    assert (read == 0).mean() == pytest.approx(0.05, abs=0.01)
    assert read[read > 0].std() == pytest.approx(16, rel=0.1)
    assert depth_mm(flat * 2, loud, (5, 7)).max() == 0


def test_depth_has_a_shadow_beside_nearer_edges() -> None:
    scene = np.full((20, 30), 3.0, np.float32)
    scene[5:15, 10:20] = 1.0
    read = depth_mm(scene, Grain(1, 30, 20, CameraNoise(holes=0.0)), (0, 0))
    assert (read[5:15, 9] == 0).all()
    assert (read == 0).sum() == 10
