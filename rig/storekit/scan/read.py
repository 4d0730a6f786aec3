"""Point clouds from files: PLY, PCD, XYZ."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from contracts.errors import BadFile, UsageError
from contracts.geometry import Floats
from rig.storekit.scan.library import open3d

FORMATS = (".ply", ".pcd", ".xyz")
LEAST_POINTS = 5_000
"""A rack seen with fewer than a thousand points tells nothing, and a store has several."""


def read_scan(path: Path) -> Floats:
    """Return the points (N, 3) of a scan, metres in the scanner's frame.

    Raises:
        BadFile: it is not there, of another format, damaged, or nearly empty.
    """
    if path.suffix.lower() not in FORMATS:
        raise BadFile("not a scan", file=path, expected=" or ".join(FORMATS), found=path.suffix or "no suffix")
    if not path.is_file():
        raise BadFile("cannot read the file", file=path, found="no such file")
    library = open3d()
    with library.utility.VerbosityContextManager(library.utility.VerbosityLevel.Error):
        cloud = library.io.read_point_cloud(str(path))
    points: Floats = np.asarray(cloud.points, float)
    points = np.asarray(points[np.isfinite(points).all(axis=1)])
    if len(points) < LEAST_POINTS:
        raise BadFile(
            "too few points for a scan of a store",
            file=path,
            expected=f"{LEAST_POINTS} or more",
            found=f"{len(points)}; a damaged file gives 0",
            hint="export it again as PLY or PCD, in metres",
        )
    return points


def check_scale(points: Floats, store_m: float) -> None:
    """Refuse a scan whose size says that it is in other units.

    Args:
        points: (N, 3) the scan.
        store_m: the diagonal of the store.

    Raises:
        UsageError: it is ten times smaller or larger than the store.
    """
    low, high = np.percentile(points, (1, 99), axis=0)
    size = float(np.linalg.norm(high - low))
    if not store_m / 10 < size < store_m * 10:
        raise UsageError(
            "the scan is of another size than the store",
            expected=f"about {store_m:.1f} m across",
            found=f"{size:.4g} across",
            hint="scans are read in metres; export it in metres",
        )
