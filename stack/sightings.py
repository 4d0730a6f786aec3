"""What perception hands to attribution: where people are and where their hands reach."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.geometry import Vec3


@dataclass(frozen=True, slots=True)
class Person:
    """One followed person at one capture time.

    Args:
        track: id, never reused ("t3").
        t_ns: capture time.
        head: top of the head, metres, world.
        velocity: metres a second, world.
        born_ns: capture time of the first sighting of this track.
        seen: whether it was seen in this very capture, or only predicted.
        pushes: tracks that turned out to be something that this person pushes.
        pushed_at: x, y of what this person pushes and is seen now, metres, world.
    """

    track: str
    t_ns: int
    head: Vec3
    velocity: Vec3
    born_ns: int
    seen: bool = True
    pushes: tuple[str, ...] = ()
    pushed_at: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Reach:
    """One sighting of a hand inside the slab of a shelf front.

    Args:
        t_ns: capture time.
        gondola: gondola id.
        hand: estimated hand position, metres, world.
        depth_m: how far the hand is behind the front plane of the shelves; negative = before it.
        owners: (track, probability) of whose hand it is; probabilities sum to at most 1.
        cameras: ids of the cameras that saw it.
        sigma_m: standard deviation of `hand` along the shelf, into it, and up.
        shelf: id of the shelf into whose opening the hand's height falls, "" when unknown.
        hidden: whether boards hide the hand itself, so that it was placed along the forearm.
        roots: (track, x and y) where the way from that person's head to the hand leaves the shoulders, metres, world.
        span_m: how deep behind the front what is seen of the arm begins and ends.
    """

    t_ns: int
    gondola: str
    hand: Vec3
    depth_m: float
    owners: tuple[tuple[str, float], ...]
    cameras: tuple[str, ...] = ()
    sigma_m: Vec3 = (0.03, 0.05, 0.05)
    shelf: str = ""
    hidden: bool = False
    roots: tuple[tuple[str, tuple[float, float]], ...] = ()
    span_m: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Lying:
    """Something low that lies still.

    Args:
        at: x, y of its middle, metres, world.
        size_m: length and width on the floor, and height.
        since_ns: since when.
        seen: whether most of it was seen just now; else somebody may be in the way, and it is only remembered.
    """

    at: tuple[float, float]
    size_m: tuple[float, float, float]
    since_ns: int
    seen: bool = True


@dataclass(frozen=True, slots=True)
class Meeting:
    """Arms that met between two people who face each other.

    Args:
        tracks: the two.
        held_out_s: how long each of them held out an arm alone before the other's came, seconds.
        began_ns: when the arms met.
        ended_ns: when they were last seen together.
    """

    tracks: tuple[str, str]
    held_out_s: tuple[float, float]
    began_ns: int
    ended_ns: int
