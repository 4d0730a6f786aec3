"""Open3D, imported when a scan is worked on: it is an extra, and takes seconds to load."""

from __future__ import annotations

import importlib
from typing import Any

from contracts.errors import UsageError

EXTRA = "pip install 'walkout-rig[pointcloud]'"


def open3d() -> Any:
    """Return the Open3D module.

    Raises:
        UsageError: it is not installed, or a library of the system that it needs is not.
    """
    try:
        return importlib.import_module("open3d")
    except ModuleNotFoundError as error:
        raise UsageError(
            "scans need Open3D", expected="the extra `pointcloud`", found=str(error), hint=EXTRA
        ) from error
    except (ImportError, OSError) as error:
        raise UsageError(
            "Open3D is here but cannot be loaded",
            expected="the shared libraries that it links",
            found=str(error),
            hint="apt-get install libusb-1.0-0 libgomp1 libgl1",
        ) from error
