"""Camera pictures small enough for a page: a key picture, and of every other one only the patches that differ."""

from rig.page.pictures.shots import Shots
from rig.page.pictures.thin import thinned

__all__ = ["Shots", "thinned"]
