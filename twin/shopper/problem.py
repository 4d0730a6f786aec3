"""Why a step of a script cannot be done; ends the step, never the run."""

from __future__ import annotations


class CannotDo(Exception):
    """A shopper gives a step up; the message becomes the problem of its `TrueStep`."""


class WentAway(CannotDo):
    """A shopper did not get in and left; no later step can be done."""
