"""From the 31 bones of the source rig to the 17 that the twin moves: their rest frames and the skin's weights."""

from __future__ import annotations

import numpy as np

from ci.people.mpfb import Floats, Human

LIMB = ("upper_arm", "forearm", "wrist", "hand", "thigh", "shin", "foot")
BONES = ("pelvis", "chest", "head", *(f"{side}_{part}" for side in ("left", "right") for part in LIMB))

# Which of our bones moves what a bone of the source moved, and by what share: the spine's turn is spread, so is the
# neck's bend. Bones of a side stand without it.
_SHARES = {
    "Hips": {"pelvis": 1.0}, "HipJoint": {"pelvis": 1.0},
    "LowerBack": {"pelvis": 0.67, "chest": 0.33}, "Spine": {"pelvis": 0.33, "chest": 0.67},
    "Spine1": {"chest": 1.0}, "Shoulder": {"chest": 1.0},
    "Neck": {"chest": 0.6, "head": 0.4}, "Neck1": {"chest": 0.2, "head": 0.8}, "Head": {"head": 1.0},
    "Arm": {"upper_arm": 1.0}, "ForeArm": {"forearm": 1.0},
    "Hand": {"hand": 1.0}, "Thumb": {"hand": 1.0}, "FingerBase": {"hand": 1.0}, "HandFinger1": {"hand": 1.0},
    "UpLeg": {"thigh": 1.0}, "Leg": {"shin": 1.0}, "Foot": {"foot": 1.0}, "ToeBase": {"foot": 1.0},
}  # fmt: skip


def plain(bone: str) -> tuple[str, str]:
    """Return the side of a bone of the source ("left", "right" or "") and its name without it."""
    for short, long, side in (("L", "Left", "left"), ("R", "Right", "right")):
        for prefix in (long, short):
            if bone.startswith(prefix) and bone[len(prefix) :] in _SHARES:
                return side, bone[len(prefix) :]
    return "", bone


def reduced(human: Human) -> Floats:
    """Return (V, 17) weights of our bones."""
    out = np.zeros((len(human.points), len(BONES)))
    for column, source in enumerate(human.bones):
        side, name = plain(source)
        for bone, share in _SHARES[name].items():
            full = bone if bone in BONES else f"{side}_{bone}"
            out[:, BONES.index(full)] += share * human.weights[:, column]
    for side in ("Left", "Right"):
        _spread_twist(human, side, out)
    return out


def _spread_twist(human: Human, side: str, weights: Floats) -> None:
    """Give the lower half of a forearm to the bone that follows half of the hand's turn."""
    elbow, wrist = human.heads[f"{side}ForeArm"], human.heads[f"{side}Hand"]
    axis = wrist - elbow
    along = np.clip((human.points - elbow) @ axis / (axis @ axis), 0.0, 1.0)
    share = np.clip((along - 0.3) / 0.6, 0.0, 1.0)
    fore, twist = (BONES.index(f"{side.lower()}_{part}") for part in ("forearm", "wrist"))
    weights[:, twist] += share * weights[:, fore]
    weights[:, fore] *= 1.0 - share


def joints(human: Human, top_z: float) -> dict[str, Floats]:
    """Return the places that the twin's own skeleton has too, metres."""
    h = human.heads
    places = {
        "hip": (h["LeftUpLeg"] + h["RightUpLeg"]) / 2,
        "neck": (h["LeftArm"] + h["RightArm"]) / 2,
        "top": np.array([h["Head"][0], 0.0, top_z]),
    }
    for side in ("Left", "Right"):
        ours = side.lower()
        places |= {
            f"{ours}_shoulder": h[f"{side}Arm"],
            f"{ours}_elbow": h[f"{side}ForeArm"],
            f"{ours}_wrist": h[f"{side}Hand"],
            f"{ours}_fingers": human.tails[f"{side}FingerBase"],
            f"{ours}_thumb": human.tails[f"{side[0]}Thumb"],
            f"{ours}_hip": h[f"{side}UpLeg"],
            f"{ours}_knee": h[f"{side}Leg"],
            f"{ours}_ankle": h[f"{side}Foot"],
        }
    return places
