"""Steering by JuPedSim, the pedestrian library: how somebody walks among others, by the collision-free speed model.

Source: Tordeux, Chraibi and Seyfried (2016), Collision-free speed model for pedestrian dynamics.
"""

from __future__ import annotations

import importlib
import math
from collections.abc import Mapping
from typing import Any

from contracts.errors import UsageError
from contracts.layout import Layout
from twin.shopper.floor import BODY_RADIUS_M
from twin.shopper.puppet import FRAME_S
from twin.shopper.traffic import GAP_M
from twin.shopper.vec import Vec2

_RADIUS_M = GAP_M / 2 + 0.01
_TIME_GAP_S = 0.5
"""How long behind others one walks."""
_MOVED_M = 0.03
"""Who was moved by our own code further than this from where the library has them is put there anew."""


class Pedestrians:
    """Everybody on the sales floor, as the library sees them: those it steers, and those who stand in their way.

    Args:
        layout: the store.

    Raises:
        UsageError: the library is not installed.
    """

    def __init__(self, layout: Layout) -> None:
        self._jps, self._shapely = _library("jupedsim"), _library("shapely")
        self._area = self._walkable(layout)
        self._sim = self._jps.Simulation(model=self._jps.CollisionFreeSpeedModelV2(), geometry=self._area, dt=FRAME_S)
        self._stage = self._sim.add_direct_steering_stage()
        self._journey = self._sim.add_journey(self._jps.JourneyDescription([self._stage]))
        self._agent: dict[str, int] = {}
        self._aims: dict[str, tuple[Vec2, float]] = {}

    def aim(self, name: str, target: Vec2, speed_m_s: float) -> None:
        """Let the library steer somebody to a point, from the next frame on."""
        self._aims[name] = (target, speed_m_s)

    def let_be(self, name: str) -> None:
        """Steer somebody no more; they stand."""
        self._aims.pop(name, None)

    def place(self, name: str) -> Vec2 | None:
        """Return where the library has somebody, or None."""
        if name not in self._agent:
            return None
        x, y = self._sim.agent(self._agent[name]).position
        return (float(x), float(y))

    def advance(self, places: Mapping[str, Vec2]) -> None:
        """Let a frame pass.

        Args:
            places: where everybody stands, metres.
        """
        for name in sorted(set(self._agent) - set(places)):
            self._remove(name)
        removed = {name for name in sorted(self._agent) if self._strayed(name, places[name])}
        for name in sorted(places):
            if name in removed:
                self._remove(name)
            elif name not in self._agent:
                self._add(name, places[name])
            self._tell(name)
        self._sim.iterate()

    def _strayed(self, name: str, at: Vec2) -> bool:
        there = self.place(name)
        return there is None or math.dist(there, at) > _MOVED_M

    def _tell(self, name: str) -> None:
        """Pass on where somebody shall go, or that they stand."""
        if name in self._agent:
            agent = self._sim.agent(self._agent[name])
            target, speed = self._aims.get(name, (self.place(name), 0.0))
            agent.target, agent.model.desired_speed = target, speed

    def _add(self, name: str, at: Vec2) -> None:
        """Put somebody in, unless they stand where the library has no floor or too close to another."""
        parameters = self._jps.CollisionFreeSpeedModelV2AgentParameters(
            position=at, journey_id=self._journey, stage_id=self._stage, radius=_RADIUS_M, desired_speed=0.0,
            time_gap=_TIME_GAP_S,
        )  # fmt: skip
        if not self._area.contains(self._shapely.Point(at)):
            return
        try:
            self._agent[name] = self._sim.add_agent(parameters)
        except RuntimeError:
            return  # too close to somebody: our own walking parts them

    def _remove(self, name: str) -> None:
        self._sim.mark_agent_for_removal(self._agent.pop(name))

    def _walkable(self, layout: Layout) -> Any:
        """Return the sales floor without its racks and walls, each with half a body's breadth around it."""
        shapely = self._shapely
        area = shapely.box(*layout.inside_m).buffer(-BODY_RADIUS_M, join_style="mitre")
        for gondola in layout.gondolas:
            w, d = gondola.width_m / 2, gondola.depth_m
            corners = gondola.pose.apply(((-w, 0.0, 0.0), (w, 0.0, 0.0), (w, d, 0.0), (-w, d, 0.0)))[:, :2]
            area = area.difference(shapely.Polygon(corners.tolist()).buffer(BODY_RADIUS_M, quad_segs=2))
        for wall in layout.walls:
            area = area.difference(shapely.LineString([wall.start, wall.end]).buffer(BODY_RADIUS_M, quad_segs=2))
        return max(getattr(area, "geoms", [area]), key=lambda part: part.area)


def _library(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as problem:
        raise UsageError(
            "a pedestrian engine is asked for, and its library is not installed",
            expected=f"the package {name}", found="no such package",
            hint="pip install --no-deps jupedsim, and pip install shapely; or leave out `engine: pedestrians`",
        ) from problem  # fmt: skip
