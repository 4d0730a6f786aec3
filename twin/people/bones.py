"""The compiled step from a body's rigid segments to the turns and places of its bones."""

from __future__ import annotations

import numpy as np

from contracts.geometry import Floats
from twin.raster.jit import kernel

# Rows of the segments, as `twin.shopper.body.SEGMENTS` has them; a side's parts follow one another.
HEAD, TORSO, PELVIS, SIDES = 0, 1, 2, (3, 9)
UPPER_ARM, FOREARM, HAND, THIGH, SHIN, FOOT = 0, 1, 2, 3, 4, 5
# The last of the bones: what hangs from the left hand.
LOAD = 17
# Columns of the measures.
HEIGHT, HEAD_M, NECK_M, HAND_M, SUNK_M = 0, 1, 2, 3, 4

HIP_ASIDE = 0.052


@kernel
def pose_bones(segments: Floats, measures: Floats, rest: Floats, turn: Floats, place: Floats) -> None:
    """Compute where the bones are.

    Args:
        segments: (15, 7) poses of the rigid segments: x, y, z, quaternion.
        measures: (5,) height, head, neck and hand lengths, how far the chest is sunk; metres.
        rest: (18, 3, 3) axes of each bone at rest, by column.
        turn: (18, 3, 3) filled: what takes directions of rest to the world.
        place: (18, 3) filled, metres.
    """
    hip = segments[PELVIS, :3]
    neck = 2.0 * segments[TORSO, :3] - hip
    left, right = arm(segments, SIDES[0], measures[HAND_M]), arm(segments, SIDES[1], measures[HAND_M])
    across = matrix(segments[PELVIS])[:, 1].copy()
    trunk = neck - hip
    turn[0], place[0] = times(frame(trunk, across), rest[0].T), hip
    turn[1] = times(frame(trunk, left[0] - right[0]), rest[1].T)
    place[1] = neck - trunk / norm(trunk) * measures[SUNK_M]
    turn[2] = matrix(segments[HEAD])
    place[2] = segments[HEAD, :3] + turn[2][:, 2] * (0.5 * measures[HEAD_M] - measures[NECK_M])
    turn[LOAD] = upright(across)
    place[LOAD] = segments[SIDES[0] + HAND, :3]
    for k in range(2):
        first = 3 + 7 * k
        pose_arm(left if k == 0 else right, matrix(segments[SIDES[k] + HAND]), first, rest, turn, place)
        root = hip + across * (HIP_ASIDE * measures[HEIGHT] * (1.0 - 2.0 * k))
        pose_leg(segments, SIDES[k], root, across, first + 4, rest, turn, place)


@kernel
def arm(segments: Floats, side: int, hand_m: float) -> Floats:
    """Return shoulder, elbow and wrist (3, 3) of one side."""
    hand = segments[side + HAND]
    out = np.empty((3, 3))
    out[2] = hand[:3] - matrix(hand)[:, 0] * hand_m
    out[1] = 2.0 * segments[side + FOREARM, :3] - out[2]
    out[0] = 2.0 * segments[side + UPPER_ARM, :3] - out[1]
    return out


@kernel
def pose_arm(joints: Floats, hand: Floats, first: int, rest: Floats, turn: Floats, place: Floats) -> None:
    """Turn an arm without twist from the chest outwards; the hand has its own pose, the wrist half of its twist."""
    before = turn[1]
    for k in range(2):
        along = (joints[k + 1] - joints[k]) / norm(joints[k + 1] - joints[k])
        turn[first + k] = times(swing(applied(before, rest[first + k, :, 0]), along), before)
        place[first + k] = joints[k]
        before = turn[first + k]
    # The hand's z is the side of the thumb, its x along the fingers.
    turn[first + 3] = times(frame(hand[:, 0].copy(), hand[:, 2].copy()), rest[first + 3].T)
    place[first + 3] = joints[2]
    along = (joints[2] - joints[1]) / norm(joints[2] - joints[1])
    q = times(turn[first + 3], before.T)
    axial = (q[2, 1] - q[1, 2]) * along[0] + (q[0, 2] - q[2, 0]) * along[1] + (q[1, 0] - q[0, 1]) * along[2]
    # Sine and cosine of half the twist, as a quaternion has them, up to a factor.
    whole = 1.0 + q[0, 0] + q[1, 1] + q[2, 2]
    size = max(np.sqrt(axial * axial + whole * whole), 1e-9)
    turn[first + 2] = times(about(along, whole / size, axial / size), before)
    place[first + 2] = joints[1]


@kernel
def pose_leg(
    segments: Floats,
    side: int,
    hip: Floats,
    across: Floats,
    first: int,
    rest: Floats,
    turn: Floats,
    place: Floats,
) -> None:
    """Turn a leg with its knee ahead; the foot has its own pose."""
    knee = 2.0 * segments[side + THIGH, :3] - hip
    ankle = 2.0 * segments[side + SHIN, :3] - knee
    turn[first], place[first] = times(frame(knee - hip, across), rest[first].T), hip
    turn[first + 1], place[first + 1] = times(frame(ankle - knee, across), rest[first + 1].T), knee
    turn[first + 2], place[first + 2] = matrix(segments[side + FOOT]), ankle


@kernel
def upright(across: Floats) -> Floats:
    """Return axes by column: ahead and level, to the left, up."""
    out = np.zeros((3, 3))
    ahead = np.array([across[1], -across[0], 0.0])
    out[:, 0], out[:, 1] = ahead / norm(ahead), across
    out[2, 2] = 1.0
    return out


@kernel
def norm(a: Floats) -> float:
    """Return the length of a vector."""
    return float(np.sqrt(a[0] * a[0] + a[1] * a[1] + a[2] * a[2]))


@kernel
def cross(a: Floats, b: Floats) -> Floats:
    """Return a x b."""
    return np.array([a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]])


@kernel
def times(a: Floats, b: Floats) -> Floats:
    """Return a b, (3, 3); summed by hand, since a matrix library's order of sums differs between processors."""
    out = np.empty((3, 3))
    for i in range(3):
        for j in range(3):
            out[i, j] = a[i, 0] * b[0, j] + a[i, 1] * b[1, j] + a[i, 2] * b[2, j]
    return out


@kernel
def applied(a: Floats, v: Floats) -> Floats:
    """Return a v."""
    out = np.empty(3)
    for i in range(3):
        out[i] = a[i, 0] * v[0] + a[i, 1] * v[1] + a[i, 2] * v[2]
    return out


@kernel
def matrix(pose: Floats) -> Floats:
    """Return the (3, 3) rotation of a pose (7,)."""
    x, y, z, w = pose[3], pose[4], pose[5], pose[6]
    return np.array(
        [
            [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
            [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
            [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
        ]
    )


@kernel
def frame(along: Floats, wish: Floats) -> Floats:
    """Return axes by column: x along one direction, y as near as may be to another."""
    out = np.empty((3, 3))
    out[:, 0] = along / norm(along)
    x = out[:, 0].copy()
    y = wish - x * (wish[0] * x[0] + wish[1] * x[1] + wish[2] * x[2])
    out[:, 1] = y / max(norm(y), 1e-9)
    out[:, 2] = cross(x, out[:, 1].copy())
    return out


@kernel
def swing(a: Floats, b: Floats) -> Floats:
    """Return the shortest turn (3, 3) from unit a to unit b."""
    w = cross(a, b)
    c = max(a[0] * b[0] + a[1] * b[1] + a[2] * b[2], -0.9999)
    k = 1.0 / (1.0 + c)
    return np.array(
        [
            [c + w[0] * w[0] * k, w[0] * w[1] * k - w[2], w[0] * w[2] * k + w[1]],
            [w[1] * w[0] * k + w[2], c + w[1] * w[1] * k, w[1] * w[2] * k - w[0]],
            [w[2] * w[0] * k - w[1], w[2] * w[1] * k + w[0], c + w[2] * w[2] * k],
        ]
    )


@kernel
def about(axis: Floats, c: float, s: float) -> Floats:
    """Return the turn (3, 3) about a unit axis by the angle with this cosine and sine."""
    x, y, z, d = axis[0], axis[1], axis[2], 1.0 - c
    return np.array(
        [
            [c + x * x * d, x * y * d - z * s, x * z * d + y * s],
            [y * x * d + z * s, c + y * y * d, y * z * d - x * s],
            [z * x * d - y * s, z * y * d + x * s, c + z * z * d],
        ]
    )
