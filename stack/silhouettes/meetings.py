"""Finds arms between people in carved bodies: those are broad, so they are carved once more with no view in doubt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from contracts.layout import Layout
from contracts.records import Frame
from stack.reaching.meeting import MeetingFinder
from stack.silhouettes.view import SilhouetteView
from stack.tracking.depthview import DepthView, View


class SilhouetteMeetings(MeetingFinder):
    """Finds arms between people.

    Args:
        layout: the store as surveyed.
        view: the joined pictures, shared with the person tracker; None makes an own one.
    """

    def __init__(self, layout: Layout, view: SilhouetteView | None = None) -> None:
        super().__init__(layout, StrictView(view or SilhouetteView(layout)))


class StrictView(DepthView):
    """The views of another, with bodies only where not one camera sees the empty store.

    With one view of five in doubt, two people who face each other are one body without arms.

    Args:
        view: the other.
    """

    def __init__(self, view: SilhouetteView) -> None:
        super().__init__(view.layout)
        self._broad = view

    def look(self, frames: Sequence[Frame]) -> View | None:
        """Join the colour frames of one capture time; None when there are none."""
        view = self._broad.look(frames)
        if view is None:
            return None
        return replace(view, heights=self._broad.carver.strict())
