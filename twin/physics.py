"""Rigid bodies and their contact forces: the one place where PyBullet is imported.

One `Physics` is one PyBullet client. The world keeps one for each gondola, so that only the gondolas where
something happens cost time. Bodies are PyBullet's plain rigid bodies (`useMaximalCoordinates`): half the price of
its multibodies for goods that have no joints, and exact contact forces once settled.
"""

from __future__ import annotations

from collections.abc import Sequence

from contracts.errors import RigFault
from contracts.geometry import Pose, Quaternion, Vec3
from twin.quiet import silenced

with silenced():  # it prints when it was built
    import pybullet as bullet

STEP_HZ = 240
GRAVITY = 9.81

# PyBullet's default (50 iterations, 20 mm contact margin) is what settles goods to within 0.1 g of their weight;
# a smaller margin is faster but leaves ripples of tens of grams.
ITERATIONS = 50

# A hand is soft: a stiff one would press with kilograms where fingers press with hundreds of grams.
HAND_STIFFNESS = 500.0
HAND_DAMPING = 20.0

PARKED_Z = -100.0
"""Where bodies wait that are not in the game; far enough to touch nothing, metres."""


class Physics:
    """One deterministic PyBullet world with gravity and no ground."""

    def __init__(self) -> None:
        self._client = bullet.connect(bullet.DIRECT)
        if self._client < 0:
            raise RigFault(
                "PyBullet gave no physics client",
                expected="a DIRECT connection",
                hint="close() worlds that are no longer needed; a process holds at most 1024",
            )
        self._shapes: dict[tuple[object, ...], int] = {}
        bullet.setPhysicsEngineParameter(
            fixedTimeStep=1 / STEP_HZ,
            numSolverIterations=ITERATIONS,
            deterministicOverlappingPairs=1,
            physicsClientId=self._client,
        )
        bullet.setGravity(0, 0, -GRAVITY, physicsClientId=self._client)

    # shapes: made once for each size and shared

    def box(self, size: Vec3) -> int:
        """Return the shape of a box of full size (x, y, z) metres."""
        half = [side / 2 for side in size]
        return self._shape(("box", *size), shapeType=bullet.GEOM_BOX, halfExtents=half)

    def cylinder(self, radius_m: float, height_m: float) -> int:
        """Return the shape of an upright cylinder, centred."""
        return self._shape(
            ("cylinder", radius_m, height_m), shapeType=bullet.GEOM_CYLINDER, radius=radius_m, height=height_m
        )

    def capsule(self, radius_m: float, length_m: float) -> int:
        """Return the shape of a capsule along z, centred; its length includes the caps."""
        height = max(length_m - 2 * radius_m, 0.0)
        return self._shape(("capsule", radius_m, height), shapeType=bullet.GEOM_CAPSULE, radius=radius_m, height=height)

    def hull(self, points: tuple[Vec3, ...]) -> int:
        """Return the convex hull of points, metres, local frame."""
        return self._shape(("hull", points), shapeType=bullet.GEOM_MESH, vertices=points)

    def _shape(self, key: tuple[object, ...], **arguments: object) -> int:
        """Return the shape of this key, made at the first call."""
        if key not in self._shapes:
            shape = bullet.createCollisionShape(physicsClientId=self._client, **arguments)
            if shape < 0:
                raise RigFault("PyBullet refused a collision shape", found=repr(key))
            self._shapes[key] = shape
        return self._shapes[key]

    # bodies

    def static(self, shape: int, pose: Pose, friction: float = 0.5) -> int:
        """Add a body that never moves; return its id."""
        body = self._body(shape, pose, 0.0, friction)
        # Bullet tests a pair if one of the two is awake, and what never moves is born awake: with goods asleep on a
        # plate that is not, a step costs ten times as much.
        self._change(body, activationState=bullet.ACTIVATION_STATE_SLEEP)
        return body

    def good(self, shape: int, pose: Pose, mass_kg: float, friction: float = 0.5) -> int:
        """Add a body that gravity moves and that may sleep; return its id."""
        return self.goods(shape, (pose,), mass_kg, friction)[0]

    def goods(self, shape: int, poses: Sequence[Pose], mass_kg: float, friction: float = 0.5) -> tuple[int, ...]:
        """Add bodies that gravity moves and that may sleep; return their ids.

        Args:
            shape: of each.
            poses: where they are; all turned alike. Together they cost a fifth of what they cost one by one.
            mass_kg: of each.
            friction: of each.
        """
        bodies = self._bodies(shape, poses, mass_kg)
        for body in bodies:
            # Angular damping stands for the contents of a bottle or bag, which slosh and stop it.
            state = bullet.ACTIVATION_STATE_ENABLE_SLEEPING
            self._change(body, lateralFriction=friction, angularDamping=0.3, activationState=state)
        return bodies

    def hand(self, shape: int) -> int:
        """Add a soft body that goes where it is put and pushes what is in its way; return its id."""
        body = self._body(shape, Pose((0.0, 0.0, PARKED_Z)), 0.0, 0.3)
        # It must find goods that are asleep.
        self._change(body, activationState=bullet.ACTIVATION_STATE_DISABLE_SLEEPING)
        self._change(body, contactStiffness=HAND_STIFFNESS, contactDamping=HAND_DAMPING)
        return body

    def _body(self, shape: int, pose: Pose, mass_kg: float, friction: float) -> int:
        """Create a rigid body."""
        (body,) = self._bodies(shape, (pose,), mass_kg)
        self._change(body, lateralFriction=friction)
        return body

    def _bodies(self, shape: int, poses: Sequence[Pose], mass_kg: float) -> tuple[int, ...]:
        """Create rigid bodies that differ in their places alone."""
        many = {"batchPositions": [pose.position for pose in poses]} if len(poses) > 1 else {}
        made = bullet.createMultiBody(
            mass_kg,
            shape,
            -1,
            poses[0].position,
            poses[0].quaternion,
            useMaximalCoordinates=1,
            physicsClientId=self._client,
            **many,
        )
        bodies = tuple(made) if many else (int(made),)
        if len(bodies) < len(poses) or min(bodies) < 0:
            raise RigFault("PyBullet refused a body", found=f"shape {shape}, {mass_kg} kg, {poses[0]}")
        return bodies

    def _change(self, body: int, **values: float) -> None:
        """Set dynamics properties of a body."""
        bullet.changeDynamics(body, -1, physicsClientId=self._client, **values)

    # motion

    def place(self, body: int, position: Vec3, quaternion: Quaternion) -> None:
        """Put a body somewhere; it keeps its velocity and its state of sleep."""
        bullet.resetBasePositionAndOrientation(body, position, quaternion, physicsClientId=self._client)

    def park(self, body: int, *, asleep: bool = True) -> None:
        """Take a body out of the game, at a spot of its own; goods must sleep there, or they fall."""
        if asleep:
            self.sleep(body)
        self.place(body, (2.0 * body, 0.0, PARKED_Z), (0.0, 0.0, 0.0, 1.0))

    def pose(self, body: int) -> Pose:
        """Return where a body is."""
        position, quaternion = bullet.getBasePositionAndOrientation(body, physicsClientId=self._client)
        return Pose(position, quaternion)

    def speed(self, body: int) -> tuple[float, float]:
        """Return the largest component of a body's velocity, m/s, and of its spin, rad/s."""
        linear, angular = bullet.getBaseVelocity(body, physicsClientId=self._client)
        return max(map(abs, linear)), max(map(abs, angular))

    def wake(self, body: int) -> None:
        """Let a body move from the next step on."""
        self._change(body, activationState=bullet.ACTIVATION_STATE_WAKE_UP)

    def sleep(self, body: int) -> None:
        """Stop a body; it keeps its contacts until something touches it."""
        bullet.resetBaseVelocity(body, (0, 0, 0), (0, 0, 0), physicsClientId=self._client)
        self._change(body, activationState=bullet.ACTIVATION_STATE_SLEEP)

    def roughen(self, body: int) -> None:
        """Give a toppled body rolling friction; an upright one would ripple on its plate with it."""
        self._change(body, rollingFriction=0.004, spinningFriction=0.004)

    def step(self) -> None:
        """Let 1/240 s pass."""
        try:
            bullet.stepSimulation(physicsClientId=self._client)
        except bullet.error as problem:
            raise RigFault("PyBullet could not step", found=str(problem)) from problem

    def detect(self) -> None:
        """Find what touches what as it stands now, without letting time pass."""
        bullet.performCollisionDetection(physicsClientId=self._client)

    # contacts

    def touching(self, body: int) -> tuple[int, ...]:
        """Return the bodies that press against a body, by id."""
        points = bullet.getContactPoints(bodyA=body, physicsClientId=self._client)
        return tuple(sorted({point[2] for point in points if point[8] <= 0.0}))

    def load_g(self, body: int) -> float:
        """Return the weight that rests on a body: the vertical normal forces on it, as grams."""
        points = bullet.getContactPoints(bodyA=body, physicsClientId=self._client)
        newtons = 0.0
        for point in points:
            # point[7] is the normal from the other body towards this one, point[9] the normal force in newtons.
            newtons -= point[7][2] * point[9]
        return newtons / GRAVITY * 1000

    def supports(self, body: int) -> dict[int, float]:
        """Return the upward normal force in newtons that each other body gives to a body."""
        forces: dict[int, float] = {}
        for point in bullet.getContactPoints(bodyA=body, physicsClientId=self._client):
            forces[point[2]] = forces.get(point[2], 0.0) + point[7][2] * point[9]
        return {other: force for other, force in sorted(forces.items()) if force > 0.0}

    def close(self) -> None:
        """Free the client; may be called twice."""
        if self._client >= 0:
            bullet.disconnect(physicsClientId=self._client)
            self._client = -1
