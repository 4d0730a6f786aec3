"""What a body does by itself from frame to frame, compiled: the walk cycle, and hands that swing or go to their rest.

Everything that calls one another stays in this file: the compiler's cache notices a change of this file only.
"""

from __future__ import annotations

import math

from contracts.geometry import Floats
from twin.raster.jit import kernel

FRAME_S = 1 / 60
STRIDE_OVER_HEIGHT = 1.35 / 1.72
"""Source: measured on a retargeted mocap walk, 1.35 m a full cycle of an adult of 1.72 m at 1.1 m/s."""
CRUISE_M_S = 1.1
STANCE = 0.6  # share of the cycle that a foot is on the ground
SWING_LIFT = 0.05  # of the height
HANGS = 0.98  # how far a hanging arm is stretched
# What becomes of a difference in one frame: of speed, in the vigour of the walk, and between a hand and its rest.
SPEED_EASE, VIGOUR_EASE, HAND_EASE = (1 - math.exp(-FRAME_S / seconds) for seconds in (0.1, 0.12, 0.13))

# What a row of state holds: speed (low-passed, m/s), phase (share of the cycle), vigour (0 standing .. 1 walking), and
# of each hand where it is in the body's frame, how level, and how far the elbow stands out.
SPEED, PHASE, VIGOUR, HANDS, HAND, STATE = 0, 1, 2, 3, 5, 13
# What a row of wishes holds: place, heading, trunk, speed, and of each hand what it does, where, and how it is held.
X, Y, YAW, DROP, TWIST, NOW, DOES, WISH, WISHES = 0, 1, 2, 3, 6, 7, 8, 6, 20
# What a hand does: it hangs and swings; holds on to something or rests, in the body's frame; is somewhere in the world.
SWINGS, HOLDS, RESTS, REACHES = 0.0, 1.0, 2.0, 3.0


@kernel
def stride_m(height_m: float, speed_m_s: float) -> float:
    """Return the length of a full cycle: slow walkers take shorter steps."""
    return STRIDE_OVER_HEIGHT * height_m * (0.5 + 0.5 * min(1.0, speed_m_s / CRUISE_M_S))


@kernel
def walk_on(state: Floats, height_m: float, speed_m_s: float) -> None:
    """Go on one frame in the walk cycle."""
    state[PHASE] = (state[PHASE] + speed_m_s * FRAME_S / stride_m(height_m, speed_m_s)) % 1.0
    state[VIGOUR] += (min(1.0, speed_m_s / 0.4) - state[VIGOUR]) * VIGOUR_EASE


@kernel
def foot(state: Floats, height_m: float, phase: float) -> tuple[float, float]:
    """Return metres ahead and above the floor of a foot at a phase."""
    half = 0.5 * STANCE * stride_m(height_m, state[SPEED]) * state[VIGOUR] * 0.85
    if phase < STANCE:
        return (half * (1 - 2 * phase / STANCE), 0.0)
    t = (phase - STANCE) / (1 - STANCE)
    lift = SWING_LIFT * height_m * state[VIGOUR] * math.sin(math.pi * t)
    return (half * (-1 + 2 * t * t * (3 - 2 * t)), lift)


@kernel
def bob(state: Floats, height_m: float) -> float:
    """Return how far the hips sink at this moment, metres."""
    return float(0.010 * height_m * state[VIGOUR] * (1 + math.cos(4 * math.pi * state[PHASE])) / 2)


@kernel
def hang(state: Floats, height_m: float, arm_m: float, shoulder: Floats, out: float) -> tuple[float, float, float]:
    """Return where a free hand hangs and swings, in the body's frame."""
    # How far the left hand swings ahead; the right one does the opposite.
    swing = -0.35 * state[VIGOUR] * math.cos(2 * math.pi * state[PHASE]) * out
    arm = HANGS * arm_m
    return (
        shoulder[0] + arm * math.sin(swing + 0.08),
        shoulder[1] + 0.015 * height_m * out,
        shoulder[2] + -arm * math.cos(swing + 0.08),
    )


@kernel
def ease(state: Floats, wish: Floats, k: int, free: tuple[float, float, float]) -> None:
    """Bring a hand nearer to where it tends; one that reaches is there."""
    hand, wanted = state[HANDS + HAND * k : HANDS + HAND * (k + 1)], wish[DOES + WISH * k : DOES + WISH * (k + 1)]
    does, goal, level, swivel = wanted[0], (wanted[1], wanted[2], wanted[3]), 0.0, 0.05
    if does == REACHES:
        c, s = math.cos(-wish[YAW]), math.sin(-wish[YAW])
        x, y = goal[0] - wish[X], goal[1] - wish[Y]
        hand[0], hand[1], hand[2], hand[3], hand[4] = c * x - s * y, s * x + c * y, goal[2], wanted[4], wanted[5]
        return
    # The elbow of a hanging arm bends back, not out, where it would sweep shelves.
    if does == SWINGS:
        goal = free
    if does == RESTS:
        level, swivel = 1.0, 0.5
    for axis in range(3):
        hand[axis] += (goal[axis] - hand[axis]) * HAND_EASE
    hand[3] += (level - hand[3]) * HAND_EASE
    hand[4] += (swivel - hand[4]) * HAND_EASE


@kernel
def hold(state: Floats, wish: Floats, height_m: float, at: Floats) -> None:
    """Write the posture (`twin.shopper.kinematics`) of this moment."""
    at[: TWIST + 1] = wish[: TWIST + 1]
    at[DROP] = wish[DROP] + bob(state, height_m)
    c, s = math.cos(wish[YAW]), math.sin(wish[YAW])
    for k in range(2):
        hand, wanted = state[HANDS + HAND * k : HANDS + HAND * (k + 1)], wish[DOES + WISH * k : DOES + WISH * (k + 1)]
        aim = at[TWIST + 1 + HAND * k : TWIST + 1 + HAND * (k + 1)]
        if wanted[0] == REACHES:
            aim[:] = wanted[1:]
        else:
            aim[:] = hand
            aim[0] = wish[X] + (c * hand[0] - s * hand[1])
            aim[1] = wish[Y] + (s * hand[0] + c * hand[1])
        phase = state[PHASE] if k == 0 else (state[PHASE] + 0.5) % 1.0
        at[TWIST + 1 + 2 * HAND + 2 * k], at[TWIST + 2 + 2 * HAND + 2 * k] = foot(state, height_m, phase)


@kernel
def go_on(state: Floats, wish: Floats, height_m: float, arm_m: float, shoulders: Floats, at: Floats) -> None:
    """Let one frame pass.

    Args:
        state: (13,) of the body; changed.
        wish: (20,) where it is now, and what its hands do.
        height_m: standing height.
        arm_m: shoulder to the middle of the hand, stretched.
        shoulders: (2, 3) left and right, in the body's frame.
        at: (21,) the posture at the end of it; written.
    """
    state[SPEED] += (wish[NOW] - state[SPEED]) * SPEED_EASE
    walk_on(state, height_m, state[SPEED])
    for k in range(2):
        ease(state, wish, k, hang(state, height_m, arm_m, shoulders[k], 1.0 - 2.0 * k))
    hold(state, wish, height_m, at)
