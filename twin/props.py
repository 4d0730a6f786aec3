"""What the scene is made of: meshes and textures, each made once and shared."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Mapping
from functools import partial
from typing import get_args

import numpy as np

from contracts.geometry import Floats, Pose
from contracts.layout import Layout
from contracts.steps import Pushed
from twin import limb_kernels, shapes
from twin.furniture import Colour, Solid
from twin.goods import Item
from twin.labels import label, plain
from twin.people.models import Level
from twin.people.paint import painted
from twin.pushed import look
from twin.scene import F32, Mesh, Scene
from twin.stage import Guise, Segment
from twin.store import ProductLook

PUSHED = frozenset(get_args(Pushed))
SHARP = (160.0, math.inf)
"""Pixels a metre from which on a body is drawn in high detail: 2.5 m before a camera of 640 pixels and 77 degrees."""
NEARBY = 60.0
"""The same for its rigid parts: an arm is 6 pixels wide there, and six corners miss it by a third of one."""
ROUND = ("capsule", "ellipsoid")


class Props:
    """Adds furniture, goods and body parts to a scene.

    Args:
        scene: where to.
        layout: the store, for names and barcodes on labels.
        looks: shape and colour of each product.
    """

    def __init__(self, scene: Scene, layout: Layout, looks: Mapping[str, ProductLook]) -> None:
        self.scene, self._layout, self._looks = scene, layout, looks
        self.names: list[str] = []
        self._meshes: dict[Hashable, int] = {}
        self._textures: dict[Hashable, int] = {}
        self._numbers: dict[str, int] = {}

    def solid(self, solid: Solid) -> int:
        """Add a piece of furniture; return its handle."""
        mesh = self._mesh(("box", solid.size_m), lambda: shapes.box(solid.size_m))
        # The barrier of a gate comes and goes; all else stays.
        fixed = solid.name not in self._layout.gate
        return self._add(mesh, self._plain(solid.colour), solid.pose, solid.name, fixed=fixed)

    def good(self, item: Item) -> int:
        """Add a product item; return its handle."""
        look = self._looks[item.product]
        mesh = self._mesh((look.shape, item.size_m), lambda: shapes.package(look.shape, item.size_m))
        if item.product not in self._textures:
            picture = label(self._layout.product[item.product], look.colour)
            self._textures[item.product] = self.scene.add_texture(picture)
        return self._add(mesh, self._textures[item.product], item.pose, item.item)

    def segment(self, shopper: str, segment: Segment) -> tuple[int, ...]:
        """Add a body part, hidden and moving; return the handles of its levels of detail.

        All parts of a body share one object id.
        """
        texture = self._cloth(segment.colour) if segment.kind in PUSHED else self._plain(segment.colour)
        handles = []
        for far in (False, True) if segment.kind in ROUND else (False,):
            mesh = self._mesh((segment.kind, segment.size_m, far), partial(_part, segment, far))
            handle = self._add(mesh, texture, Pose(), shopper, moving=True)
            if segment.kind in ROUND:
                self.scene.set_detail(handle, *((0.0, NEARBY) if far else (NEARBY, math.inf)))
            self.scene.show(handle, visible=False)
            handles.append(handle)
        return tuple(handles)

    def skin(self, shopper: str, guise: Guise, bodies: Mapping[Level, Mesh]) -> dict[Level, int]:
        """Add a skinned body, hidden and moving; return the handles of its levels of detail."""
        texture = self.scene.add_texture(painted(guise))
        handles = {}
        for level, mesh in bodies.items():
            handle = self._add(self.scene.add_mesh(mesh), texture, Pose(), shopper, moving=True)
            self.scene.set_detail(handle, *(SHARP if level == "high" else (0.0, SHARP[0])))
            self.scene.show(handle, visible=False)
            handles[level] = handle
        return handles

    def _add(self, mesh: int, texture: int, pose: Pose, name: str, *, moving: bool = False, fixed: bool = False) -> int:
        return self.scene.add(mesh, texture, matrix(pose), object_id=self._number(name), moving=moving, fixed=fixed)

    def _number(self, name: str) -> int:
        """Return the object id of a name."""
        if name not in self._numbers:
            self._numbers[name] = len(self.names)
            self.names.append(name)
        return self._numbers[name]

    def _mesh(self, key: Hashable, make: Callable[[], Mesh]) -> int:
        if key not in self._meshes:
            self._meshes[key] = self.scene.add_mesh(make())
        return self._meshes[key]

    def _cloth(self, colour: Colour) -> int:
        if ("cloth", colour) not in self._textures:
            self._textures["cloth", colour] = self.scene.add_texture(look.painted(colour))
        return self._textures["cloth", colour]

    def _plain(self, colour: Colour) -> int:
        if colour not in self._textures:
            self._textures[colour] = self.scene.add_texture(plain(colour))
        return self._textures[colour]


def matrix(pose: Pose) -> F32:
    """Return the (4, 4) matrix of a pose as the scene keeps it."""
    return pose.matrix.astype(np.float32)


def matrices(rows: Floats) -> F32:
    """Return the (K, 4, 4) matrices of poses as rows (K, 7), each as `matrix` has it."""
    made = np.empty((len(rows), 4, 4), np.float32)
    limb_kernels.matrices(rows, made)
    return made


def _part(segment: Segment, far: bool) -> Mesh:
    """Return the mesh of a body part."""
    x, y, z = segment.size_m
    if segment.kind == "capsule":
        return shapes.capsule(x, z, far=far)
    if segment.kind == "box":
        return shapes.box((2 * x, 2 * y, 2 * z))
    if segment.kind == "ellipsoid":
        return shapes.ellipsoid(segment.size_m, far=far)
    return look.mesh(segment.kind)
