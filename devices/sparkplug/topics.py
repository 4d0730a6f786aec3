"""Sparkplug's topics: spBv1.0/group/type/node[/device]. No I/O.

Source: Eclipse Sparkplug Specification 3.0.0, section 4.1.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

NAMESPACE = "spBv1.0"


@dataclass(frozen=True, slots=True)
class Address:
    """An edge node.

    Args:
        group: group id.
        node: edge node id, unique in the group.
    """

    group: str
    node: str

    def topic(self, kind: str, device: str = "") -> str:
        """Return where a kind of message goes, as "spBv1.0/nanostore/DDATA/rig/gondola-1"."""
        return "/".join([NAMESPACE, self.group, kind, self.node, *([device] if device else [])])


def as_id(name: str) -> str:
    """Return a name as an id: without what means something in a topic."""
    return re.sub(r"[+#/\x00]", "-", name) or "-"
