"""The compiled search for a shortest way of something long, over headings and cells."""

from __future__ import annotations

import heapq

import numpy as np
from numpy.typing import NDArray

from twin.raster.jit import kernel
from twin.shopper.path_search import trace

Nodes = NDArray[np.int64]
Masks = NDArray[np.bool_]
_EAGER = 1.2
_BACK = 2.5
"""Rolling back is so much worse than rolling ahead."""
_TURN = 7.0
"""Turning by one heading is as bad as rolling over so many cells."""


@kernel
def search_lattice(free: Masks, goal: Masks, ahead: Nodes, start: int, to: Nodes, slack: float) -> Nodes:
    """Return the nodes of a shortest way to any goal by A*; ties are broken by the nodes' order.

    Args:
        free: (H, I, J) nodes where it may stand: heading, then cell.
        goal: (H, I, J) nodes that will do.
        ahead: (H, 2) cells that it rolls ahead by, in each heading.
        start: index of a node, headings first.
        to: (2,) a cell that no goal is further from than slack.
        slack: cells; how far from that cell a goal may be.

    Returns:
        Indices from start to a goal; empty when there is no way.
    """
    headings, width, height = free.shape
    plane = width * height
    cost = np.full(headings * plane, np.inf)
    came = np.full(headings * plane, -1, np.int64)
    closed = np.zeros(headings * plane, np.bool_)
    cost[start] = 0.0
    queue = [(0.0, start)]
    while queue:
        _, here = heapq.heappop(queue)
        h, i, j = here // plane, here % plane // height, here % height
        if goal[h, i, j]:
            return trace(came, here)
        if closed[here]:
            continue
        closed[here] = True
        for way in range(4):
            g, k, m, more = h, i, j, _TURN
            if way < 2:
                sign = 1 - 2 * way
                k, m = i + sign * ahead[h, 0], j + sign * ahead[h, 1]
                more = np.sqrt(float(ahead[h, 0] ** 2 + ahead[h, 1] ** 2)) * (1.0 if way == 0 else _BACK)
            else:
                g = (h + 5 - 2 * way) % headings
            if k < 0 or m < 0 or k >= width or m >= height or not free[g, k, m]:
                continue
            there, new = g * plane + k * height + m, cost[here] + more
            if new < cost[there]:
                cost[there], came[there] = new, here
                left = np.sqrt(float((k - to[0]) ** 2 + (m - to[1]) ** 2)) - slack
                heapq.heappush(queue, (new + _EAGER * max(left, 0.0), there))
    return came[:0]
