"""A camera without a wire, and driver and emulator at both ends of a pseudo-terminal."""

from pathlib import Path

import pytest

from contracts.clock import MILLISECOND, VirtualClock
from contracts.geometry import Pose
from contracts.layout import CameraInfo
from contracts.ports import Camera, FaultKind, PortInfo
from contracts.records import Frame
from devices.drivers.opening import open_device, open_exposed
from devices.line_pair import line_pair
from my_camera import KINDS, MyCamera

(KIND,) = KINDS
DEVICE = "c1"


CAMERA = CameraInfo("c1", Pose.at(0, 0, 3), 320, 180, fx=200.0, fy=200.0, cx=160.0, cy=90.0)

PICTURE = b"\xff\xd8" + bytes(6000)


def test_pictures_cross_a_wire(tmp_path: Path) -> None:
    clock, port = VirtualClock(), tmp_path / "line"
    device = open_exposed(KIND, DEVICE, f"pty:{port}", clock, camera=CAMERA)
    driver = open_device(KIND, DEVICE, str(port), clock, camera=CAMERA)
    device.live(Frame(t_ns=0, source=DEVICE, captured_ns=0, jpeg=PICTURE))
    found = []
    for _ in range(10):
        clock.wait_until(clock.now_ns + 50 * MILLISECOND)
        device.work()
        found += driver.read(clock.now_ns)
    assert [frame.jpeg for frame in found] == [PICTURE]
    assert driver.calibration is CAMERA
    driver.close()
    device.close()


def test_it_has_the_methods_of_its_port_and_can_be_off_and_safe() -> None:
    ours, _ = line_pair()
    port = MyCamera(PortInfo(DEVICE, KIND.kind, KIND.name), ours, VirtualClock(), CAMERA)
    assert isinstance(port, Camera)
    assert port.info.kind is KIND.kind
    assert port.fault(FaultKind.OFF)
    assert port.fault(None)
    port.safe_state()


def test_garbage_is_no_exception_and_no_record() -> None:
    ours, theirs = line_pair()
    port = MyCamera(PortInfo(DEVICE, KIND.kind, KIND.name), ours, VirtualClock(), CAMERA)
    for garbage in (b"\xff" * 9000, b"\r\n\r\n", b"NONSENSE 1 2 3\r\n", bytes(range(256)) + b"\n"):
        theirs.write(garbage)
        assert list(port.read(10)) == []


def test_the_rig_knows_it_by_name() -> None:
    from devices.drivers.registry import load

    kinds = load().kinds
    if KIND.name not in kinds:
        pytest.skip("not installed: pip install -e .")
    assert kinds[KIND.name] == KIND
