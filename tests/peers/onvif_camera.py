"""Our ONVIF driver beside ipycam, a camera by somebody else, in a network of their own: it wants fixed ports.

Words of the command line: ipycam's Python, and a folder to work in. Prints as JSON what the driver tells and how many
pictures came.
"""

import json
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from contracts.clock import MILLISECOND, SECOND, WallClock
from contracts.errors import DeviceUnavailable
from contracts.geometry import Pose
from contracts.layout import CameraInfo
from devices.drivers.opening import open_device
from devices.drivers.registry import find

URL = "http://127.0.0.1:8080/onvif/device_service"
SIZE = ["--width", "320", "--height", "180", "--fps", "25"]
CAMERA = CameraInfo("c1", Pose.at(0, 0, 3), 320, 180, fx=200.0, fy=200.0, cx=160.0, cy=90.0)


def main(python, folder):
    video = Path(folder) / "t.mp4"
    drawn = ["-f", "lavfi", "-i", "testsrc=size=320x180:rate=25", "-t", "5", "-pix_fmt", "yuv420p"]
    subprocess.run(["ffmpeg", "-v", "error", "-y", *drawn, video], check=True)
    ipycam = [python, "-m", "ipycam", "--source", str(video), "--hw", "cpu", *SIZE]
    with subprocess.Popen(ipycam, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as peer:
        try:
            clock, frames = WallClock(), []
            camera = open_device(find("camera/onvif"), "c1", URL, clock, camera=CAMERA)
            while len(frames) < 20 and clock.now_ns < 60 * SECOND:
                clock.wait_until(clock.now_ns + 50 * MILLISECOND)
                with suppress(DeviceUnavailable):  # until ipycam listens
                    frames += camera.read(clock.now_ns)
            told = camera.probe()
            camera.close()
        finally:
            peer.kill()
    json.dump({"identity": told.identity, "firmware": told.firmware, "frames": len(frames)}, sys.stdout)


main(*sys.argv[1:])
