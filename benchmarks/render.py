"""How long a camera frame takes: layered, in full, and by PyBullet's TinyRenderer, in one run on one machine.

Run from the repository root: `python -m benchmarks.render`. Prints JSON: processor milliseconds a frame on one thread,
the best of some repeats, since whatever else the machine does only adds.
The ratios say something; the milliseconds are this machine's at this moment.
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable

import numpy as np
import pybullet

from contracts.layout import CameraInfo
from tests.twin.raster_scenes import box, capsule, checks, cylinder, looking, pose
from twin.raster import layered_renderer
from twin.raster.look import PLAIN, REAL, Look
from twin.scene import Scene
from twin.sensor import Grain, depth_mm, jpeg

BODIES, SEGMENTS = 3, 14
SIZES = ((640, 360), (320, 240))


def store() -> Scene:
    """Five gondolas with 300 goods each, half boxes, half cans, and three bodies of 14 capsules."""
    scene = Scene()
    meshes = [scene.add_mesh(m) for m in (box(), cylinder(24), capsule())]
    looks = [scene.add_texture(checks(n, 256)) for n in range(32)]
    scene.add(meshes[0], looks[0], pose(0, 0, -0.05, scale=(12, 9, 0.1)), object_id=0, fixed=True)
    for unit in range(5):
        x = -4.0 + 2.0 * unit
        for shelf in range(6):
            z = 0.2 + 0.3 * shelf
            at = pose(x, 2.5, z, scale=(1.9, 0.5, 0.02))
            scene.add(meshes[0], looks[1], at, object_id=len(scene), fixed=True)
            for n in range(50):
                column, row = divmod(n, 5)
                at = pose(x - 0.85 + 0.18 * column, 2.33 + 0.09 * row, z + 0.12, 0.0, (0.08, 0.07, 0.2))
                scene.add(meshes[n % 2], looks[2 + (n * 7 + shelf) % 30], at, object_id=len(scene))
    for _ in range(BODIES * SEGMENTS):
        scene.add(meshes[2], looks[3], pose(0, 0, -9), object_id=len(scene), moving=True)
    return scene


def stride(scene: Scene, tick: int) -> list[tuple[int, tuple[float, float, float]]]:
    """Walk the bodies on; return where each capsule is."""
    first = len(scene) - BODIES * SEGMENTS
    placed = []
    for n in range(BODIES * SEGMENTS):
        body, part = divmod(n, SEGMENTS)
        angle = 0.02 * tick + 2.1 * body
        at = (3 * math.cos(angle) + 0.1 * (part % 3), 1.2 + 0.8 * math.sin(angle), 0.2 + 0.11 * part)
        scene.move(first + n, pose(*at))
        placed.append((first + n, at))
    return placed


def cameras(width: int, height: int) -> list[CameraInfo]:
    """Four under the ceiling, looking down, and four oblique."""
    focal = 0.69 * height
    down = [looking((x, 1.2, 3), (x, 1.21, 0), width=width, height=height, focal=focal) for x in (-4, -1, 1, 4)]
    across = [looking((x, -2, 2.8), (0.5 * x, 2, 0.9), width=width, height=height, focal=focal) for x in (-4, -1, 1, 4)]
    return down + across


def best_ms(work: Callable[[int], None], repeats: int, frames: int) -> float:
    """Return milliseconds a frame, the best of some repeats."""
    spent = []
    for n in range(repeats):
        started = time.process_time()
        work(n)
        spent.append((time.process_time() - started) * 1000 / frames)
    return round(min(spent), 3)


def ours(scene: Scene, views: list[CameraInfo], look: Look) -> dict[str, float]:
    """Time the layers, a full picture, a taken product and the sensor."""
    renderer = layered_renderer(1, look)
    stride(scene, 0)
    images = renderer.render(scene, views)
    found = {"first": best_ms(lambda _: _all(layered_renderer(1, look).render(scene, views)), 3, len(views))}

    def layered(tick: int) -> None:
        stride(scene, tick)
        renderer.render(scene, views)

    def taken(tick: int) -> None:
        scene.show(20 + 5 * tick, visible=False)
        layered(tick)

    found["layered"] = best_ms(layered, 40, len(views))
    found["layered, one product taken"] = best_ms(taken, 40, len(views))
    found["full"] = best_ms(lambda _: _all(renderer.full(scene, view) for view in views), 8, len(views))
    grain = Grain(1, views[0].width, views[0].height)
    found["colour grain and JPEG"] = best_ms(
        lambda _: _all(jpeg(grain.on_colour(image.rgb, (3, 7))) for image in images), 5, len(views)
    )
    found["depth grain"] = best_ms(lambda _: _all(depth_mm(i.depth_m, grain, (3, 7)) for i in images), 5, len(views))
    found["moving pixels, share"] = round(float(np.mean([(i.ids >= len(scene) - 42).mean() for i in images])), 4)
    return found


def shown(scene: Scene) -> Scene:
    """Put back all that was taken."""
    for handle in range(len(scene)):
        scene.show(handle, visible=True)
    return scene


def _all(work: object) -> None:
    for _ in work:  # type: ignore[attr-defined]
        pass


def tiny(scene: Scene, views: list[CameraInfo]) -> float:
    """Time TinyRenderer on the same triangles, without shadows."""
    client = pybullet.connect(pybullet.DIRECT)
    textures = [_texture(client, n) for n in range(32)]
    bodies = [_body(scene, handle, textures, client) for handle in range(len(scene))]
    near, far = 0.05, 30.0
    flip = np.diag([1.0, -1.0, -1.0, 1.0])

    def shoot(tick: int) -> None:
        for handle, at in stride(scene, tick):
            pybullet.resetBasePositionAndOrientation(bodies[handle], at, (0, 0, 0, 1), physicsClientId=client)
        for camera in views:
            project = np.zeros((4, 4))
            project[0, 0], project[1, 1] = 2 * camera.fx / camera.width, 2 * camera.fy / camera.height
            project[2, 2], project[2, 3], project[3, 2] = -1.0, -2 * far * near / (far - near), -1
            view = flip @ np.linalg.inv(camera.pose.matrix)
            pybullet.getCameraImage(
                camera.width,
                camera.height,
                view.T.reshape(-1).tolist(),
                project.T.reshape(-1).tolist(),
                shadow=0,
                renderer=pybullet.ER_TINY_RENDERER,
                physicsClientId=client,
            )

    spent = best_ms(shoot, 4, len(views))
    pybullet.disconnect(client)
    return spent


def _texture(client: int, seed: int) -> int:
    """Hand a texture to PyBullet, which takes files only."""
    import tempfile
    from pathlib import Path

    import cv2

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{seed}.png"
        cv2.imwrite(str(path), checks(seed, 256))
        return int(pybullet.loadTexture(str(path), physicsClientId=client))


def _body(scene: Scene, handle: int, textures: list[int], client: int) -> int:
    mesh, world = scene.meshes[scene.mesh_of[handle]], scene.pose[handle].astype(float)
    shape = pybullet.createVisualShape(
        pybullet.GEOM_MESH,
        vertices=mesh.vertices.tolist(),
        indices=mesh.faces.reshape(-1).tolist(),
        normals=mesh.normals.tolist(),
        uvs=mesh.uv.tolist(),
        meshScale=np.linalg.norm(world[:3, :3], axis=0).tolist(),
        physicsClientId=client,
    )
    body = int(pybullet.createMultiBody(0, -1, shape, world[:3, 3].tolist(), physicsClientId=client))
    look = textures[scene.texture_of[handle]]
    pybullet.changeVisualShape(body, -1, textureUniqueId=look, physicsClientId=client)
    return body


def main() -> None:
    """Measure and print."""
    report: dict[str, object] = {}
    for width, height in SIZES:
        scene, views = store(), cameras(width, height)
        plain = ours(scene, views, PLAIN)
        found: dict[str, object] = dict(plain)
        real = ours(shown(scene), views, REAL)
        found["baked light and smooth edges"] = {
            name: {"ms": real[name], "of plain": round(real[name] / plain[name], 2)}
            for name in ("first", "layered", "layered, one product taken", "full")
        }
        shown(scene)
        spent = tiny(scene, views)
        found["TinyRenderer"] = spent
        found["TinyRenderer / layered"] = round(spent / plain["layered"], 1)
        found["TinyRenderer / full"] = round(spent / plain["full"], 1)
        found["full / layered"] = round(plain["full"] / plain["layered"], 1)
        report[f"{width}x{height}"] = {"instances": len(scene), "cameras": len(views), **found}
    print(json.dumps(report, indent=2))


if __name__ == "__main__":
    main()
