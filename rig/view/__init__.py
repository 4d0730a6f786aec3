"""Pictures of a recording: the floor plan with plate weights, camera frames, a contact sheet."""

from rig.view.frames import contact_sheet, frame_picture
from rig.view.pictures import draw_pictures
from rig.view.plan import draw_plan

__all__ = ["contact_sheet", "draw_pictures", "draw_plan", "frame_picture"]
