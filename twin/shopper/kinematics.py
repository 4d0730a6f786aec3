"""The compiled step from how a body is held to where its joints and its rigid parts are.

Sixty times a second for every body, and once more for each stance that somebody thinks of. Points are plain triples:
the compiler keeps them in registers. Everything that calls one another stays in this file: the compiler's cache
notices a change of this file only.
"""

from __future__ import annotations

import math

from contracts.geometry import Floats, Quaternion, Vec3
from twin.raster.jit import inlined, kernel

Vec2 = tuple[float, float]
Bent = tuple[Vec3, Vec3, float]
"""Elbow or knee, wrist or ankle, and how far that is from where it should be."""

# What a row of lengths holds (`twin.shopper.skeleton.lengths_of`), metres; the last is 1 for somebody who sits.
HIP_Z, TORSO, SHOULDER, NECK, HEAD, UPPER_ARM, FOREARM, HAND, THIGH, SHIN, ANKLE_Z, HEIGHT, SEATED = range(13)
# What a row of posture holds: place, heading, trunk; then each hand's aim; then each foot, ahead and up.
X, Y, YAW, DROP, RISE, PITCH, TWIST, HANDS, FEET, POSTURE = 0, 1, 2, 3, 4, 5, 6, 7, 17, 21
# An aim: where, how level, how far the elbow stands out.
LEVEL, SWIVEL, AIM = 3, 4, 5
# Rows of joints; of those in pairs the left one's.
J_HEAD, J_NECK, J_SHOULDER, J_ELBOW, J_WRIST, J_HAND, J_HIP, J_KNEE, J_ANKLE, JOINTS = 0, 1, 2, 4, 6, 8, 10, 12, 14, 16
# Rows of parts: head, torso, pelvis, and then six of each side.
P_TORSO, P_PELVIS, P_SIDE, P_SIDES, PARTS = 1, 2, 3, 6, 15
# What else is told: the axis of the head, and how far each hand is from its aim.
MISSED, REST = 3, 5

FOOTREST_M = 0.05
"""Height of a wheelchair's footrests; a short person's end higher, where the shins do."""
HIP_ASIDE = 0.052
"""Middle of the body to a hip, over height."""
FOOT_Z = 0.020
"""Half the thickness of a shoe, over height."""
# How far the middle of a foot is ahead of the ankle, and its ball; over height.
FOOT_AHEAD, BALL = 0.030, 0.13
# Sine of the steepest foot.
STEEPEST = 0.7


@inlined
def add(a: Vec3, b: Vec3) -> Vec3:
    """Return a + b."""
    return (a[0] + b[0], a[1] + b[1], a[2] + b[2])


@inlined
def sub(a: Vec3, b: Vec3) -> Vec3:
    """Return a - b."""
    return (a[0] - b[0], a[1] - b[1], a[2] - b[2])


@inlined
def scale(a: Vec3, k: float) -> Vec3:
    """Return k a."""
    return (a[0] * k, a[1] * k, a[2] * k)


@inlined
def dot(a: Vec3, b: Vec3) -> float:
    """Return the scalar product."""
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


@inlined
def lerp(a: Vec3, b: Vec3, t: float) -> Vec3:
    """Return a at t = 0, b at t = 1."""
    return (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t)


@kernel
def unit(a: Vec3) -> Vec3:
    """Return a at length 1; a zero vector becomes straight up."""
    length = math.sqrt(dot(a, a))
    return scale(a, 1 / length) if length > 1e-9 else (0.0, 0.0, 1.0)


@kernel
def turned(a: Vec3, yaw: float) -> Vec3:
    """Return a turned by yaw radians about z."""
    c, s = math.cos(yaw), math.sin(yaw)
    return (c * a[0] - s * a[1], s * a[0] + c * a[1], a[2])


@kernel
def after_yaw(x: float, y: float, z: float, w: float, yaw: float) -> Quaternion:
    """Return a rotation, made unit, followed by a turn of yaw about z."""
    k = 1 / math.sqrt(x * x + y * y + z * z + w * w)
    c, s = math.cos(yaw / 2) * k, math.sin(yaw / 2) * k
    return (c * x - s * y, c * y + s * x, c * z + s * w, c * w - s * z)


@kernel
def z_along(direction: Vec3, yaw: float) -> Quaternion:
    """Return the rotation that takes local z to a unit direction, or to its opposite if that points down.

    The opposite will do for a capsule, and keeps clear of the half turn where the shortest arc is undefined.
    """
    d = turned(direction if direction[2] >= 0 else scale(direction, -1.0), -yaw)
    return after_yaw(-d[1], d[0], 0.0, 1 + d[2], yaw)


@kernel
def x_along(direction: Vec3, yaw: float) -> Quaternion:
    """Return the rotation that turns by yaw and then takes local x to a unit direction by the shortest arc."""
    d = turned(direction, -yaw)
    return after_yaw(0.0, -d[2], d[1], max(1 + d[0], 1e-6), yaw)


@kernel
def across(axis: Vec3, pole: Vec3) -> Vec3:
    """Return the unit direction across an axis that is nearest to the pole; any one if the pole is along the axis."""
    side = sub(pole, scale(axis, dot(pole, axis)))
    if math.sqrt(dot(side, side)) <= 1e-6:
        side = sub((1.0, 0.0, 0.0), scale(axis, axis[0]))
    if math.sqrt(dot(side, side)) <= 1e-6:
        side = sub((0.0, 1.0, 0.0), scale(axis, axis[1]))
    return unit(side)


@kernel
def bend(root: Vec3, target: Vec3, upper_m: float, lower_m: float, pole: Vec3) -> Bent:
    """Bend a limb so that its end meets the target, or gets as near as it can; its middle tends to the pole."""
    line = sub(target, root)
    wanted = math.sqrt(dot(line, line))
    reach = min(max(wanted, abs(upper_m - lower_m) + 1e-6), upper_m + lower_m)
    axis = unit(line)
    end = add(root, scale(axis, reach))
    # Law of cosines: how far along the line the middle joint stands, and how far beside it.
    along = (reach * reach + upper_m * upper_m - lower_m * lower_m) / (2 * reach)
    aside = math.sqrt(max(upper_m * upper_m - along * along, 0.0))
    middle = add(root, add(scale(axis, along), scale(across(axis, pole), aside)))
    return middle, end, abs(wanted - reach)


@kernel
def hips(p: Floats, at: Floats) -> Vec3:
    """Return the middle of the hips; they move back as the trunk leans, which keeps the balance."""
    if p[SEATED]:
        return (at[X], at[Y], p[HIP_Z])
    back, yaw = 0.35 * p[TORSO] * math.sin(at[PITCH]) + 0.25 * at[DROP], at[YAW]
    return (at[X] - back * math.cos(yaw), at[Y] - back * math.sin(yaw), p[HIP_Z] - at[DROP] + at[RISE])


@kernel
def shoulders(p: Floats, hip: Vec3, at: Floats) -> tuple[Vec3, Vec3, Vec3]:
    """Return neck, left and right shoulder."""
    yaw, pitch = at[YAW], at[PITCH]
    neck = add(hip, turned((p[TORSO] * math.sin(pitch), 0.0, p[TORSO] * math.cos(pitch)), yaw))
    aside = turned((0.0, p[SHOULDER], 0.0), yaw + at[TWIST])
    return neck, add(neck, aside), add(neck, scale(aside, -1.0))


@kernel
def head_axis(at: Floats) -> Vec3:
    """Return the unit axis of the head, which stays more upright than a leaning trunk."""
    return turned((math.sin(0.4 * at[PITCH]), 0.0, math.cos(0.4 * at[PITCH])), at[YAW])


@kernel
def stretch(p: Floats, out: float, shoulder: Vec3, yaw: float, aim: Floats) -> tuple[Bent, Vec3, Vec3]:
    """Bend one arm so that its hand is at the aim.

    Args:
        p: lengths.
        out: 1 for the left arm, -1 for the right.
        shoulder: metres, world.
        yaw: heading of the body.
        aim: (5,) where, how level, how far the elbow stands out.

    Returns:
        The arm, the middle of the hand, and the unit direction of the fingers.
    """
    goal = (aim[0], aim[1], aim[2])
    ahead, aside = turned((1.0, 0.0, 0.0), yaw), turned((0.0, out, 0.0), yaw)
    pole = add(add(scale(aside, math.sin(aim[SWIVEL])), (0.0, 0.0, -math.cos(aim[SWIVEL]))), scale(ahead, -0.25))
    toward = unit(add(goal, scale(shoulder, -1.0)))
    fingers = unit(lerp(toward, ahead, aim[LEVEL]))
    wrist = add(goal, scale(fingers, -p[HAND]))
    arm = bend(shoulder, wrist, p[UPPER_ARM], p[FOREARM], pole)
    return arm, add(arm[1], scale(fingers, p[HAND])), fingers


@kernel
def leg(p: Floats, hip: Vec3, at: Floats, aside: float, foot: Vec2) -> Bent:
    """Bend a leg with its knee ahead, or up for somebody who sits, whose ankles are on the footrests."""
    yaw, ahead, up = at[YAW], foot[0], p[ANKLE_Z] + foot[1] + at[RISE]
    if p[SEATED]:
        # Thighs level, shins a little ahead.
        up = p[ANKLE_Z] + FOOTREST_M
        ahead = p[THIGH] + math.sqrt(max(p[SHIN] * p[SHIN] - (p[HIP_Z] - up) * (p[HIP_Z] - up), 0.0))
    root = add(hip, turned((0.0, aside, 0.0), yaw))
    ankle = add((at[X], at[Y], 0.0), turned((ahead, aside, up), yaw))
    return bend(root, ankle, p[THIGH], p[SHIN], turned((1.0, 0.0, 1.0 if p[SEATED] else 0.0), yaw))


@kernel
def put(rows: Floats, k: int, at: Vec3) -> None:
    """Write a point."""
    rows[k, 0], rows[k, 1], rows[k, 2] = at


@kernel
def put_part(parts: Floats, k: int, at: Vec3, turn: Quaternion) -> None:
    """Write the pose of a part."""
    parts[k, 0], parts[k, 1], parts[k, 2] = at
    parts[k, 3], parts[k, 4], parts[k, 5], parts[k, 6] = turn


@kernel
def put_limb(parts: Floats, k: int, lower: Vec3, upper: Vec3, yaw: float) -> None:
    """Write the pose of a capsule from joint to joint."""
    put_part(parts, k, lerp(lower, upper, 0.5), z_along(unit(sub(upper, lower)), yaw))


@kernel
def put_foot(parts: Floats, k: int, p: Floats, ankle: Vec3, yaw: float) -> None:
    """Write the pose of a foot: level, or toes down when the heel is lifted, until the ball would touch the floor."""
    h = p[HEIGHT]
    down = min(max((ankle[2] - p[ANKLE_Z]) / (BALL * h), 0.0), STEEPEST)
    level = math.sqrt(1.0 - down * down)
    turn = x_along((level * math.cos(yaw), level * math.sin(yaw), -down), yaw)
    ahead, below = FOOT_AHEAD * h, p[ANKLE_Z] - FOOT_Z * h
    along, up = ahead * level - below * down, -ahead * down - below * level
    put_part(parts, k, add(ankle, (along * math.cos(yaw), along * math.sin(yaw), up)), turn)


@kernel
def stand(p: Floats, at: Floats, joints: Floats, parts: Floats, rest: Floats) -> None:
    """Write where everything is in a posture.

    Args:
        p: (13,) lengths.
        at: (21,) the posture.
        joints: (16, 3) metres, world; written.
        parts: (15, 7) pose of each rigid part, a place and a quaternion; written.
        rest: (5,) axis of the head, and how far each hand is from its aim; written.
    """
    yaw, hip, axis = at[YAW], hips(p, at), head_axis(at)
    neck, left, right = shoulders(p, hip, at)
    top = add(neck, scale(axis, p[NECK]))
    put(joints, J_NECK, neck)
    put(joints, J_HEAD, top)
    rest[0], rest[1], rest[2] = axis
    put_part(parts, 0, add(top, scale(axis, -0.5 * p[HEAD])), z_along(axis, yaw))
    aside = HIP_ASIDE * p[HEIGHT]
    roots = add(hip, turned((0.0, aside, 0.0), yaw)), add(hip, turned((0.0, -aside, 0.0), yaw))
    middle = lerp(roots[0], roots[1], 0.5)
    back = unit(sub(neck, middle))
    put_part(parts, P_TORSO, lerp(middle, neck, 0.5), z_along(back, yaw + at[TWIST]))
    put_part(parts, P_PELVIS, middle, z_along(back, yaw))
    for k in range(2):
        out, first = 1.0 - 2.0 * k, P_SIDE + P_SIDES * k
        shoulder, root = (left, roots[0]) if k == 0 else (right, roots[1])
        arm, hand, fingers = stretch(p, out, shoulder, yaw, at[HANDS + AIM * k : HANDS + AIM * (k + 1)])
        foot = (at[FEET + 2 * k], at[FEET + 2 * k + 1])
        knee, ankle, _ = leg(p, hip, at, aside * out, foot)
        put(joints, J_SHOULDER + k, shoulder)
        put(joints, J_ELBOW + k, arm[0])
        put(joints, J_WRIST + k, arm[1])
        put(joints, J_HAND + k, hand)
        put(joints, J_HIP + k, root)
        put(joints, J_KNEE + k, knee)
        put(joints, J_ANKLE + k, ankle)
        rest[MISSED + k] = arm[2]
        put_limb(parts, first, arm[0], shoulder, yaw)
        put_limb(parts, first + 1, arm[1], arm[0], yaw)
        put_part(parts, first + 2, hand, x_along(fingers, yaw))
        put_limb(parts, first + 3, knee, root, yaw)
        put_limb(parts, first + 4, ankle, knee, yaw)
        put_foot(parts, first + 5, p, ankle, yaw)


@kernel
def upper(p: Floats, at: Floats, found: Floats) -> None:
    """Write neck, left and right shoulder, and the axis of the head.

    Args:
        p: (13,) lengths.
        at: (7,) or more: place, heading, trunk.
        found: (4, 3) metres, world; written.
    """
    neck, left, right = shoulders(p, hips(p, at), at)
    put(found, 0, neck)
    put(found, 1, left)
    put(found, 2, right)
    put(found, 3, head_axis(at))


@kernel
def reach(p: Floats, out: float, shoulder: Floats, yaw: float, aim: Floats, found: Floats) -> None:
    """Write elbow and wrist of one arm, (2, 3); the rest as for `stretch`."""
    arm, _, _ = stretch(p, out, (shoulder[0], shoulder[1], shoulder[2]), yaw, aim)
    put(found, 0, arm[0])
    put(found, 1, arm[1])
