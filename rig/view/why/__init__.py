"""Receipt lines as pictures: the hand as cameras saw it, the load as the plate felt it, the readings and their odds."""

from rig.view.why.page import draw_why

__all__ = ["draw_why"]
