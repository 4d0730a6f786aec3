"""The stage that shoppers act on: what `twin.shopper` needs of `twin.world`, and nothing more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from contracts.geometry import Pose, Vec3
from contracts.layout import Layout
from contracts.records import Direction
from contracts.steps import Pushed, Wear
from contracts.truth import MoveKind
from twin.counter import Counter

Side = Literal["left", "right"]


@dataclass(frozen=True, slots=True)
class Segment:
    """One rigid part of a body.

    Args:
        name: "head", "torso", "pelvis", "left_upper_arm", "left_forearm", "left_hand", "left_thigh", ...
        kind: "capsule" along the local z axis, centred; "ellipsoid"; "box"; or something on wheels, x ahead, origin
            on the floor.
        size_m: capsule: radius, radius, full length including caps; ellipsoid: half axes; box: half extents; of what
            has wheels, half its width.
        colour: RGB 0..255.
        solid: whether it pushes goods (hands and forearms do).
    """

    name: str
    kind: Literal["capsule", "ellipsoid", "box"] | Pushed
    size_m: Vec3
    colour: tuple[int, int, int]
    solid: bool = False


Colour = tuple[int, int, int]
"""RGB 0..255."""


@dataclass(frozen=True, slots=True)
class Guise:
    """How a body looks around its rigid parts: which skin they move, and what it is dressed in.

    Args:
        body: the model of its skin, "woman-1".
        height_m: standing height.
        skin: colour.
        hair: colour.
        shirt: colour.
        legs: colour of trousers or skirt.
        shoes: colour.
        pattern: of the shirt.
        wears: what else it has on; a basket hangs from the left hand. Seen, but not felt by goods.
        extra: colour of that.
    """

    body: str
    height_m: float
    skin: Colour
    hair: Colour
    shirt: Colour
    legs: Colour
    shoes: Colour = (40, 36, 34)
    pattern: Literal["plain", "stripes", "blocks"] = "plain"
    wears: tuple[Wear, ...] = ()
    extra: Colour = (120, 40, 40)


@dataclass(frozen=True, slots=True)
class Good:
    """One product item in the world.

    Args:
        item: "fiji-500#3".
        product: product id.
        size_m: width, depth, height.
        mass_g: its true mass.
        pose: where it is now; origin at the centre of its bounding box.
        shelf: the shelf it stands on, "floor", or "" while held or moving.
    """

    item: str
    product: str
    size_m: Vec3
    mass_g: float
    pose: Pose
    shelf: str


class Stage(Protocol):
    """Goods, bodies and gates, as the shoppers' code may touch them."""

    @property
    def layout(self) -> Layout:
        """The store."""

    @property
    def now_ns(self) -> int:
        """Bench time."""

    # bodies
    def add_body(self, shopper: str, segments: tuple[Segment, ...], guise: Guise | None = None) -> None:
        """Create a body, out of sight until first moved; without a guise its rigid parts are what is seen."""

    def move_body(self, shopper: str, poses: Sequence[Pose]) -> None:
        """Put every segment where it is now."""

    def remove_body(self, shopper: str) -> None:
        """Take a body out of the scene; what it still holds leaves with it."""

    # goods
    def goods(self, product: str, place: str = "") -> tuple[Good, ...]:
        """Return items of a product standing on a shelf or plate (or anywhere), the most reachable first."""

    def good(self, item: str) -> Good:
        """Return one item as it is now."""

    def grasp(self, shopper: str, side: Side, item: str) -> None:
        """Close a hand on an item: from now on it moves rigidly with the hand and no longer collides."""

    def stow(self, shopper: str, item: str) -> None:
        """Move a held item from the hand into the shopper's bag: out of sight, still theirs."""

    def unstow(self, shopper: str, side: Side, item: str) -> None:
        """Take an item out of the bag into a hand."""

    def release(self, item: str, pose: Pose) -> None:
        """Let go of a held item at a pose; physics takes over."""

    def hand_over(self, item: str, to: str, side: Side) -> None:
        """Move a held item from its holder's hand into another shopper's hand."""

    def moved(self, kind: MoveKind, shopper: str, item: str, target: str = "") -> None:
        """Report what a shopper has just done to an item; the stage adds origin, plates and mass to the truth.

        Called when it is irrevocable: TAKE once the item is clear of its shelf, PUT and DROP once it rests.
        """

    def free_spot(self, product: str, place: str) -> Pose | None:
        """Return a pose (item centre) near the front of a shelf or plate where the product fits, or None."""

    # devices
    def show_code(self, scanner: str, code: bytes, owner: str) -> None:
        """Hold a phone or a card with the code of a shopper in front of a gate's scanner."""

    def show_palm(self, reader: str, handle: str, shopper: str) -> None:
        """Hold a shopper's palm over a reader."""

    def gate_opens(self, gate: str, direction: Direction) -> bool:
        """Whether a body may go through now."""

    def passed(self, shopper: str, gate: str, direction: Direction) -> None:
        """Report that a body has crossed a gate's line."""

    @property
    def counter(self) -> Counter:
        """Tills and phones."""

    def paid(self, shopper: str, till: str, means: str, *, paid: bool, shown_ns: int, payer: str = "") -> None:
        """Report that somebody has paid at a till, or tried to."""
