"""Where everybody truly was: heads, hands and headings."""

from __future__ import annotations

import math

from contracts.clock import MILLISECOND
from contracts.record import Record
from contracts.truth import TruePerson, TruePoses
from rig.page.model.part import Batch, cm, ms

# Ten places a second make a smooth walk; some recordings hold more.
LEAST_NS = 90 * MILLISECOND
HANDS = ("left_hand", "right_hand")


class People:
    """Collects the true places of everybody."""

    def __init__(self) -> None:
        self._rows: dict[str, list[list[int]]] = {}
        self._last_ns = -LEAST_NS

    def take(self, record: Record) -> None:
        """Look for poses."""
        if not isinstance(record, TruePoses) or record.t_ns - self._last_ns < LEAST_NS:
            return
        self._last_ns = record.t_ns
        for person in record.people:
            row = _row(record.t_ns, person)
            if row:
                self._rows.setdefault(person.shopper, []).append(row)

    def drain(self) -> Batch:
        """Return name -> rows of time, head x, y and z, heading in degrees, left hand x and y, right hand x and y."""
        rows, self._rows = self._rows, {}
        return {"people": rows} if rows else {}


def _row(t_ns: int, person: TruePerson) -> list[int]:
    at = {joint.name: joint.position for joint in person.joints}
    if "head" not in at:
        return []
    hands = [cm(v) for name in HANDS for v in at.get(name, at["head"])[:2]]
    return [ms(t_ns), *(cm(v) for v in at["head"]), round(math.degrees(person.heading)), *hands]
