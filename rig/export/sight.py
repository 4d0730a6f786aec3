"""What one camera truly saw: the recorded poses drawn again, with the number of each thing in place of its colour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from contracts.layout import CameraInfo
from contracts.truth import TruePerson
from rig.export.joints import Point, points
from rig.export.masks import Ids, Mask, masks
from rig.recording.reader import Recording
from rig.rerender.history import History
from rig.rerender.restaged import Restaged
from twin.camera import TwinCamera
from twin.raster import choose

LEAST_PX = 12
"""Of what shows fewer pixels nobody could say what it is."""
PASSENGER = "'s passenger"
"""How whoever sits in a wheelchair is named."""


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing in one picture.

    Args:
        name: a shopper, an item ("fiji-500#3"), or what a shopper pushes.
        product: product id; "" for people and what they push.
        person: whether it is somebody.
        mask: where it is seen.
        joints: in the order of `twin.shopper.skeleton.JOINTS`; () where nothing is known of them.
    """

    name: str
    product: str
    person: bool
    mask: Mask
    joints: tuple[Point, ...] = ()


class Sight:
    """Looks through one camera of a recorded run.

    Args:
        recording: a run of the twin.
        camera: one of its store's.
        history: all that was recorded of bodies and goods.
        store_path: another store file than its script names.
    """

    def __init__(self, recording: Recording, camera: CameraInfo, history: History, store_path: Path | None) -> None:
        self._restaged, self._history = Restaged(recording, store_path), history
        # The layout of the store as it truly was: a survey may say otherwise of where a camera hangs.
        self.camera = self._restaged.layout.camera[camera.id]
        self._eye, self._renderer = TwinCamera(self.camera, None, 0), choose.renderer("plain")

    def knows(self, t_ns: int) -> bool:
        """Whether anything was recorded of a time."""
        looks = self._history.looks
        return looks[0] <= t_ns <= looks[-1]

    def at(self, t_ns: int) -> tuple[Thing, ...]:
        """Return what is seen at a time, people first; times must come in order."""
        moment = self._history.at(t_ns)
        self._restaged.show(moment, self._history)
        (drawn,) = self._renderer.render(self._restaged.scene, [self._eye.pinhole])
        ids = self._eye.through(drawn).ids
        found = [
            self._thing(number, mask, ids, moment.people)
            for number, mask in masks(ids).items()
            if mask.area >= LEAST_PX and number >= self._restaged.fixtures
        ]
        return tuple(sorted(found, key=lambda thing: (not thing.person, thing.name)))

    def _thing(self, number: int, mask: Mask, ids: Ids, people: Mapping[str, TruePerson]) -> Thing:
        name = self._restaged.names[number]
        if name in people:
            return Thing(name, "", True, mask, points(people[name], self.camera, ids, number))
        return Thing(name, self._restaged.products.get(name, ""), name.endswith(PASSENGER), mask)
