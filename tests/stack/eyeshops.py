"""Two small stores for eye tests: one with cameras straight down, one with the nanostore's real depth imagers."""

from __future__ import annotations

import numpy as np

from contracts.geometry import Pose
from contracts.layout import CameraInfo, GateInfo, Layout
from tests.stack.synthdepth import overhead, rack

# Position, rotation (world from camera), fx, fy, cx, cy (parts of width and height) of the depth imagers.
# Source: AiFi NanoStore calibration, published with the AutoCheckout competition (CPS-IoT Week 2020).
NANO = {
    "c21-depth": (
        (0.6296, 0.0328, 2.3858),
        (0.998271, 0.047844, -0.034149, 0.026921, -0.888569, -0.457952, -0.052254, 0.456241, -0.888321),
        (0.5036, 0.895289, 0.497079, 0.489378),
    ),
    "c22-depth": (
        (3.8018, 0.1596, 2.5139),
        (0.999639, 0.026768, -0.002245, 0.023208, -0.902704, -0.429635, -0.013527, 0.429428, -0.903),
        (0.502823, 0.893907, 0.505948, 0.497792),
    ),
    "c23-depth": (
        (2.7709, 0.0949, 2.508),
        (0.999634, 0.027055, -0.000819, 0.023958, -0.898493, -0.438332, -0.012594, 0.438152, -0.898812),
        (0.502891, 0.894028, 0.500017, 0.492851),
    ),
    "c25-depth": (
        (1.685, 0.0885, 2.5086),
        (0.999565, 0.029453, 0.001635, 0.027319, -0.903381, -0.427968, -0.011128, 0.427826, -0.903792),
        (0.505027, 0.897826, 0.501234, 0.49914),
    ),
    "c26-depth": (
        (4.5143, -0.7103, 2.4702),
        (0.027318, -0.936474, -0.349672, -0.999276, -0.016328, -0.03434, 0.026449, 0.350357, -0.936243),
        (0.504507, 0.896901, 0.49827, 0.500039),
    ),
}


def plain_shop(size: tuple[int, int] = (160, 120)) -> Layout:
    """6 x 4 m, six cameras at 3.2 m, one low wide rack along the upper wall, a lane at the left."""
    cameras = tuple(overhead(f"c{n}", 1 + 2 * (n % 3), 1 + 2 * (n // 3), 3.2, size) for n in range(6))
    gondola = rack("gondola-1", Pose.at(3.0, 3.4), 3.0, 0.4, 1.35, (0.3, 0.8, 1.2))
    gate = GateInfo("gate-in", Pose.at(0.3, 1.0), 0.6)
    return Layout("plain", (-0.5, 0, 6, 4), (0.5, 0, 6, 4), (gondola,), cameras=cameras, gates=(gate,))


def nanostore(size: tuple[int, int] = (160, 90)) -> Layout:
    """Five racks of six boards and five imagers above their fronts, which look away from the shelves."""
    levels = (0.3302, 0.5937, 0.889, 1.1684, 1.4224, 1.6478)
    places = [(0.635, 1.2192), (1.7018, 0.9144), (2.7686, 1.2192), (3.8354, 0.9144)]
    fronts = [(Pose.at(x, 0.0857), width) for x, width in places]
    fronts.append((Pose.at(4.5085, -0.7588, yaw=-np.pi / 2), 0.9144))
    racks = [rack(f"gondola-{n + 1}", pose, width, 0.4382, 2.0701, levels) for n, (pose, width) in enumerate(fronts)]
    cameras = tuple(_imager(id_, *figures, size) for id_, figures in NANO.items())
    return Layout("nano", (-1.63, -2.79, 5.77, 1.42), (-0.6, -2.6, 5.0, 0.1), tuple(racks), cameras=cameras)


def _imager(
    id_: str,
    position: tuple[float, float, float],
    rotation: tuple[float, ...],
    lens: tuple[float, float, float, float],
    size: tuple[int, int],
) -> CameraInfo:
    matrix = np.eye(4)
    matrix[:3, :3], matrix[:3, 3] = np.reshape(rotation, (3, 3)), position
    (w, h), (fx, fy, cx, cy) = size, lens
    pose = Pose.from_matrix(matrix)
    return CameraInfo(f"{id_}", pose, w, h, fx * w, fy * h, cx * w, cy * h, colour=False, depth=True)
