"""Renderers by name, as the command line asks for them."""

from __future__ import annotations

from contracts.errors import UsageError
from twin.raster import layered_renderer
from twin.raster.look import REAL
from twin.scene import Renderer

NAMES = ("numba", "plain", "gl")
DEFAULT = "numba"


def renderer(name: str = DEFAULT) -> Renderer:
    """Return a renderer.

    Args:
        name: "numba" draws on the processor, with soft light and smooth edges; "plain" too, without them; "gl" on a
            graphics processor.

    Raises:
        UsageError: there is no such renderer, or this machine cannot have it.
    """
    if name == "numba":
        return layered_renderer(look=REAL)
    if name == "plain":
        return layered_renderer()
    if name == "gl":
        from twin.gl.renderer import GlRenderer  # an extra

        return GlRenderer()
    raise UsageError("no such renderer", where="--renderer", expected=", ".join(NAMES), found=name)
