"""What the cameras can see: meshes, textures and instances, independent of any renderer and of PyBullet."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from contracts.layout import CameraInfo

F32 = NDArray[np.float32]

NEAREST_M = 0.1
"""Nothing is taken to be nearer to a camera when its detail is chosen."""


@dataclass(frozen=True, slots=True)
class Mesh:
    """Triangles with one texture coordinate a vertex.

    Args:
        vertices: (V, 3) float32, metres, local frame.
        normals: (V, 3) float32, unit.
        uv: (V, 2) float32, 0..1, v upwards.
        faces: (F, 3) int32, counter-clockwise seen from outside.
    """

    vertices: F32
    normals: F32
    uv: F32
    faces: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Image:
    """One rendered view.

    Args:
        rgb: (H, W, 3) uint8.
        depth_m: (H, W) float32, along the optical axis; +inf where nothing is.
        ids: (H, W) int32, object ids; -1 where nothing is. For tests only.
    """

    rgb: NDArray[np.uint8]
    depth_m: F32
    ids: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Moment:
    """What a scene was like when it was looked at: a drawing goes by this, whatever happens to the scene meanwhile.

    Args:
        visible: (N,) whether each instance is drawn.
        moving: (N,) whether each instance belongs to the moving layer.
        revision: (N,) the number of each instance's last change.
        latest: the number of the last change of all.
        latest_standing: the number of the last change of what stands, or stood before it.
    """

    visible: NDArray[np.bool_]
    moving: NDArray[np.bool_]
    revision: NDArray[np.int64]
    latest: int
    latest_standing: int


class Scene:
    """All that can be drawn. The world keeps it current; renderers only read it.

    Instances are static (shelves, goods at rest) or moving (bodies, carried and falling goods). Every change of
    an instance gets the next number of one count, so that each camera can tell what is new since it last looked,
    however long ago that was. Static ones may be fixed for good (floor, walls, boards): these shape the light.
    Skin bends: such an instance brings the points of each moment with it, and may exist in several levels of detail.
    """

    def __init__(self) -> None:
        self.meshes: list[Mesh] = []
        self.textures: list[NDArray[np.uint8]] = []
        self.mesh_of: list[int] = []
        self.texture_of: list[int] = []
        self.object_of: list[int] = []
        self._pose = np.zeros((64, 4, 4), np.float32)
        self._visible = np.zeros(64, np.bool_)
        self._moving = np.zeros(64, np.bool_)
        self._fixed = np.zeros(64, np.bool_)
        self._revision = np.zeros(64, np.int64)
        self._latest = 0
        self._latest_fixed = 0
        self._latest_standing = 0
        self._bent: dict[int, F32] = {}
        self._sharp = np.tile(np.array([0.0, np.inf], np.float32), (64, 1))

    def __len__(self) -> int:
        """How many instances there are."""
        return len(self.mesh_of)

    @property
    def pose(self) -> F32:
        """(N, 4, 4) float32, world from local, scale allowed."""
        return self._pose[: len(self)]

    @property
    def visible(self) -> NDArray[np.bool_]:
        """(N,) whether each instance is drawn."""
        return self._visible[: len(self)]

    @property
    def moving(self) -> NDArray[np.bool_]:
        """(N,) whether each instance belongs to the moving layer."""
        return self._moving[: len(self)]

    @property
    def fixed(self) -> NDArray[np.bool_]:
        """(N,) whether each instance is furniture that stays for good."""
        return self._fixed[: len(self)]

    @property
    def revision(self) -> NDArray[np.int64]:
        """(N,) the number of each instance's last change, counted over the whole scene from 1."""
        return self._revision[: len(self)]

    @property
    def latest(self) -> int:
        """The number of the last change of all."""
        return self._latest

    @property
    def latest_fixed(self) -> int:
        """The number of the last change of a fixed instance."""
        return self._latest_fixed

    def moment(self) -> Moment:
        """Return what the scene is like now."""
        return Moment(self.visible.copy(), self.moving.copy(), self.revision.copy(), self.latest, self._latest_standing)

    def add_mesh(self, mesh: Mesh) -> int:
        """Register a mesh; return its index."""
        self.meshes.append(mesh)
        return len(self.meshes) - 1

    def add_texture(self, texture: NDArray[np.uint8]) -> int:
        """Register a square (S, S, 3) uint8 texture, S a power of two; return its index."""
        size = texture.shape[0]
        if texture.shape != (size, size, 3) or size & (size - 1):
            raise ValueError(f"a texture must be (S, S, 3) with S a power of two, not {texture.shape}")
        self.textures.append(texture)
        return len(self.textures) - 1

    def add(
        self, mesh: int, texture: int, pose: F32, *, object_id: int, moving: bool = False, fixed: bool = False
    ) -> int:
        """Add an instance; return its handle.

        Args:
            mesh: index of its mesh.
            texture: index of its texture.
            pose: (4, 4) world from local.
            object_id: what the id image shows; several instances may share one.
            moving: whether it belongs to the moving layer.
            fixed: whether it is furniture that stays for good: it shapes the light, so to change it costs a fresh bake.
        """
        handle = len(self)
        if handle == len(self._pose):
            grow = len(self._pose)
            self._pose = np.concatenate([self._pose, np.zeros((grow, 4, 4), np.float32)])
            self._visible = np.concatenate([self._visible, np.zeros(grow, np.bool_)])
            self._moving = np.concatenate([self._moving, np.zeros(grow, np.bool_)])
            self._fixed = np.concatenate([self._fixed, np.zeros(grow, np.bool_)])
            self._revision = np.concatenate([self._revision, np.zeros(grow, np.int64)])
            self._sharp = np.concatenate([self._sharp, np.tile(np.array([0.0, np.inf], np.float32), (grow, 1))])
        self.mesh_of.append(mesh)
        self.texture_of.append(texture)
        self.object_of.append(object_id)
        self._pose[handle] = pose
        self._visible[handle] = True
        self._moving[handle] = moving
        self._fixed[handle] = fixed
        self._touch(handle)
        return handle

    def move(self, handle: int, pose: F32) -> None:
        """Give an instance a new (4, 4) pose."""
        self._pose[handle] = pose
        self._touch(handle)

    def move_all(self, handles: NDArray[np.int64], poses: F32) -> None:
        """Give moving instances (K,) new poses (K, 4, 4), in this order."""
        self._pose[handles] = poses
        self._revision[handles] = self._latest + 1 + np.arange(len(handles))
        self._latest += len(handles)

    def bend(self, handle: int, skin: F32) -> None:
        """Give an instance points of its own in place of its mesh's.

        Args:
            handle: which.
            skin: (2, V, 3) float32: points, metres, and unit normals, both in the instance's local frame; kept, so
                the caller must not write to it again.
        """
        self._bent[handle] = skin
        self._touch(handle)

    @property
    def bent(self) -> Mapping[int, F32]:
        """The skins of instances that have points of their own, by handle."""
        return self._bent

    def set_detail(self, handle: int, low: float, high: float) -> None:
        """Let only those cameras draw a moving instance that see low <= pixels a metre < high at its origin."""
        self._sharp[handle] = (low, high)
        self._touch(handle)

    def moving_for(self, camera: CameraInfo) -> NDArray[np.int64]:
        """Return the handles of what moves and this camera draws, in order."""
        return self.moving_for_all([camera])[0]

    def moving_for_all(self, cameras: Sequence[CameraInfo]) -> Sequence[NDArray[np.int64]]:
        """Return the same for each of some cameras."""
        handles = np.flatnonzero(self.visible & self.moving)
        eyes = np.array([camera.pose.position for camera in cameras], np.float32).reshape(-1, 1, 3)
        away = self._pose[handles, :3, 3] - eyes
        focal = np.array([camera.fx for camera in cameras], np.float32)[:, None]
        sharp = focal / np.maximum(np.sqrt((away * away).sum(axis=-1)), NEAREST_M)
        low, high = self._sharp[handles].T
        return [handles[chosen] for chosen in (low <= sharp) & (sharp < high)]

    def show(self, handle: int, visible: bool) -> None:
        """Draw an instance, or not."""
        if self._visible[handle] != visible:
            self._visible[handle] = visible
            self._touch(handle)

    def set_moving(self, handle: int, moving: bool) -> None:
        """Promote an instance to the moving layer, or bake it back."""
        if self._moving[handle] != moving:
            self._moving[handle] = moving
            self._touch(handle)
            self._latest_standing = self._latest

    def _touch(self, handle: int) -> None:
        self._latest += 1
        self._revision[handle] = self._latest
        if self._fixed[handle]:
            self._latest_fixed = self._latest
        if not self._moving[handle]:
            self._latest_standing = self._latest


Drawing = Callable[[], Image]
"""A picture still to be made; the arrays belong to the renderer and hold until the camera's next one."""


class Renderer(Protocol):
    """Draws a scene as a pinhole camera sees it."""

    @property
    def name(self) -> str:
        """Goes into every recording and report."""

    @property
    def remembers(self) -> bool:
        """Whether it takes short cuts that `full` does not, and is worth an audit."""

    def look(self, scene: Scene, cameras: Sequence[CameraInfo]) -> Sequence[Drawing]:
        """Take in the scene as it is now, and return a drawing a camera.

        Each is made once, from any thread, before the next look; the scene may change meanwhile.
        """

    def render(self, scene: Scene, cameras: Sequence[CameraInfo]) -> Sequence[Image]:
        """Look, and make every drawing; the arrays belong to the renderer and hold until the next call."""

    def full(self, scene: Scene, camera: CameraInfo) -> Image:
        """Draw one camera from scratch, with nothing remembered: the check on every short cut of `look`."""
