"""A recorded run's store, put up again without physics: what its cameras saw at any time."""

from __future__ import annotations

from pathlib import Path

from contracts.geometry import Pose
from rig.altered_store import altered_store
from rig.compare.rerun import scenario_of, store_of
from rig.recording.reader import Recording
from rig.rerender.cast import Boards, Extras
from rig.rerender.history import History, Moment, Placed, nobody_knows
from rig.scenario.errands import with_crowd
from twin.furniture import barriers, building, rack
from twin.goods import Goods, Item
from twin.props import Props, matrix
from twin.scene import Scene
from twin.store import load_store


class Restaged:
    """The store of a recording at one moment after another.

    Args:
        recording: a run of the twin.
        store_path: another store file than its script names.

    Attributes:
        scene: what can be seen.
        layout: the store as it truly was, which its survey may not say.
        names: what each number of an id image stands for: furniture, then items, then bodies and what they push.
        fixtures: how many of them are furniture.
        products: the product of each item.

    Raises:
        UsageError: the recording is of a real store.
    """

    def __init__(self, recording: Recording, store_path: Path | None = None) -> None:
        if not recording.start.script:
            raise nobody_knows(recording)
        scenario = scenario_of(recording.start, recording.path)
        file = store_path or store_of(scenario.store, recording.path)
        store = altered_store(load_store(file), scenario.altered)
        scenario = with_crowd(scenario, store.layout)
        self.layout, self.scene = store.layout, Scene()
        props = Props(self.scene, store.layout, store.looks)
        for solid in (*building(self.layout), *(piece for g in self.layout.gondolas for piece in rack(g))):
            props.solid(solid)
        self._barriers = {solid.name: props.solid(solid) for solid in barriers(self.layout)}
        self.names, self.fixtures = props.names, len(props.names)
        self._goods = Goods(self.layout, scenario.seed).items
        self.products = {name: item.product for name, item in self._goods.items()}
        for item in self._goods.values():
            item.handle = props.good(item)
        boards = Boards(self.layout, props, skinned=scenario.bodies == "skinned")
        self._extras = Extras(boards, scenario.shoppers, scenario.seed)
        self._placed: dict[str, Placed | None] = {}

    def show(self, moment: Moment, history: History) -> None:
        """Put everything where it was; moments must come in order."""
        self._extras.show(moment, history)
        for name, item in self._goods.items():
            placed = None if name in moment.hidden else moment.goods.get(name, Placed(item.pose, moving=False))
            self._place(item, placed)
        for gate, handle in self._barriers.items():
            self.scene.show(handle, visible=gate not in moment.open)

    def _place(self, item: Item, placed: Placed | None) -> None:
        """Bring one item up to date, unless it is where it was: what never changes is drawn only once."""
        was = self._placed.get(item.item, Placed(item.pose, moving=False))
        if placed == was:
            return
        self._placed[item.item] = placed
        self.scene.show(item.handle, visible=placed is not None)
        if placed is not None:
            self.scene.set_moving(item.handle, moving=placed.moving)
            self.scene.move(item.handle, matrix(placed.pose))

    def where(self, item: str) -> Pose | None:
        """Return where an item is shown; None where it is not."""
        placed = self._placed.get(item, Placed(self._goods[item].pose, moving=False))
        return None if placed is None else placed.pose
