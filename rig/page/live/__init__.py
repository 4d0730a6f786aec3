"""The page of a run that goes on: a server that tells every browser what has happened so far, and then the rest."""

from rig.page.live.follow import Live, going_live

__all__ = ["Live", "going_live"]
