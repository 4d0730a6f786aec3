"""The store as the floor plan draws it: outlines in centimetres, seen from above."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from contracts.geometry import Pose
from contracts.layout import CameraInfo, GateInfo, Gondola, Layout
from rig.page.model.part import cm

Points = list[list[int]]
BEFORE_GATE_M = 1.1


def store_data(layout: Layout) -> dict[str, object]:
    """Return what the page draws of a store."""
    return {
        "name": layout.name,
        "bounds": _bounds(layout),
        "inside": [cm(v) for v in layout.inside_m],
        "walls": [[cm(v) for v in (*wall.start, *wall.end)] for wall in layout.walls],
        "gondolas": [{"id": g.id, "at": _outline(g)} for g in layout.gondolas],
        "gates": [_gate(gate) for gate in layout.gates],
        "tills": [{"id": till.id, "at": flat(till.pose, [[0.45, 0, 0]])[0]} for till in layout.tills],
        "cameras": [_camera(camera) for camera in layout.cameras],
        "products": {product.id: product.name for product in layout.products},
    }


def _bounds(layout: Layout) -> list[int]:
    """Return what the plan shows: everything that stands there, and room before the gates; the street may be wide."""
    spots = [point for gondola in layout.gondolas for point in _outline(gondola)]
    spots += [[cm(x), cm(y)] for wall in layout.walls for x, y in (wall.start, wall.end)]
    ahead = [[-BEFORE_GATE_M, 0, 0], [BEFORE_GATE_M, 0, 0]]
    spots += [point for gate in layout.gates for point in flat(gate.pose, ahead)]
    spots += [point for till in layout.tills for point in flat(till.pose, [[0.7, 0, 0]])]
    x0, y0, x1, y1 = (cm(v) for v in layout.inside_m)
    xs, ys = zip((x0, y0), (x1, y1), *spots, strict=True)
    return [min(xs), min(ys), max(xs), max(ys)]


def flat(pose: Pose, local: ArrayLike) -> Points:
    """Return (N, 3) local points on the floor plan, whole centimetres."""
    return [[cm(x), cm(y)] for x, y, _ in pose.apply(local).tolist()]


def _outline(gondola: Gondola) -> Points:
    half, depth = gondola.width_m / 2, gondola.depth_m
    return flat(gondola.pose, [[-half, 0, 0], [half, 0, 0], [half, depth, 0], [-half, depth, 0]])


def _gate(gate: GateInfo) -> dict[str, Any]:
    half = gate.width_m / 2
    ends = flat(gate.pose, [[0, -half, 0], [0, half, 0]])
    return {"id": gate.id, "at": ends, "blocks": gate.kind == "turnstile", "in": gate.entry, "out": gate.exit}


def _camera(camera: CameraInfo) -> dict[str, Any]:
    """Return where a camera hangs, where it looks, and how it takes metres to its picture, both 1 wide and 1 high."""
    x, y, _ = camera.pose.position
    ahead = camera.pose.rotation[:2, 2]
    return {
        "id": camera.id,
        "at": [cm(x), cm(y)],
        "looks": [round(float(v), 2) for v in ahead],
        "shape": [camera.width, camera.height],
        "takes": [round(float(v), 5) for v in _projection(camera).ravel()],
    }


def _projection(camera: CameraInfo) -> np.ndarray[Any, Any]:
    """Return the (3, 4) matrix from world metres to the picture; lenses bend little enough for a name beside a head."""
    turn = camera.pose.rotation.T
    lens = np.array(
        [
            [camera.fx / camera.width, 0, camera.cx / camera.width],
            [0, camera.fy / camera.height, camera.cy / camera.height],
            [0, 0, 1],
        ]
    )
    matrix: np.ndarray[Any, Any] = lens @ np.hstack([turn, -turn @ np.asarray(camera.pose.position)[:, None]])
    return matrix
