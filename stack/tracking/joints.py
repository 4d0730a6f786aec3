"""A third-party body tracker as a sensor: its joints become people and reaching hands, like any camera's.

Its target ids become tracks as they are. Trackers end an arm at the wrist; the hand is added along the forearm.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from contracts.clock import MILLISECOND
from contracts.geometry import Floats, Vec3, vec3
from contracts.layout import Gondola, Layout
from contracts.records import Bodies, Body, Joint
from stack.sightings import Person, Reach

HAND_M = 0.10
"""Wrist to the middle of the grip. Source: Drillis and Contini 1966, half of a hand of 0.108 x 1.75 m."""

APART_M = 0.03
"""A hand joint nearer to its wrist than this is the wrist again."""

NECK_TO_TOP_M = 0.25
"""Neck to the top of the head, for bodies whose head is not seen (0.25 m between the two in a real log)."""

BEFORE_M = 0.12
"""A hand this near to a shelf front counts as reaching: joints are 5-10 cm off."""

MARGIN_M = 0.10
"""How far beside or above a rack a hand may seem to be."""

SURE = 0.3
"""Joints with a lower score are left out."""

SHOULDERS = ("left_shoulder", "right_shoulder")

SMOOTH_NS = 300 * MILLISECOND
"""Time over which velocity is averaged: trackers report bursts of captures a few milliseconds apart."""


@dataclass(slots=True)
class _Track:
    """What is known of one target."""

    born_ns: int
    t_ns: int
    head: Floats
    velocity: Floats

    def move(self, t_ns: int, head: Floats) -> None:
        """Take in a sighting; one that is not newer only corrects the place."""
        passed_ns = t_ns - self.t_ns
        if passed_ns > 0:
            speed = (head - self.head) / (passed_ns / 1e9)
            self.velocity = self.velocity + (speed - self.velocity) * (1 - math.exp(-passed_ns / SMOOTH_NS))
            self.t_ns = t_ns
        self.head = head


class BodySensor:
    """Turns `Bodies` records into people and reaches.

    Args:
        layout: the store; its gondolas are what hands reach into.
    """

    def __init__(self, layout: Layout) -> None:
        self._gondolas = layout.gondolas
        self._tracks: dict[str, _Track] = {}

    def update(self, bodies: Bodies) -> tuple[list[Person], list[Reach]]:
        """Take one record; return the people in it and their hands in shelf fronts."""
        people: list[Person] = []
        reaches: list[Reach] = []
        for body in bodies.bodies:
            joints = {joint.name: joint for joint in body.joints if joint.score >= SURE}
            head = _head(joints)
            if head is not None:
                people.append(self._person(body, head, bodies.captured_ns))
                reaches += self._reaches(body.target, joints, bodies.captured_ns)
        return people, reaches

    def _person(self, body: Body, head: Floats, t_ns: int) -> Person:
        track = self._tracks.get(body.target)
        if track is None:
            track = self._tracks[body.target] = _Track(t_ns, t_ns, head, np.zeros(3))
        else:
            track.move(t_ns, head)
        return Person(body.target, t_ns, vec3(head), vec3(track.velocity), track.born_ns)

    def _reaches(self, target: str, joints: Mapping[str, Joint], t_ns: int) -> list[Reach]:
        hands = (_hand(side, joints) for side in ("left", "right"))
        return [
            Reach(t_ns, gondola.id, hand[0], depth_m, ((target, min(1.0, hand[1])),))
            for hand in hands
            if hand
            for gondola in self._gondolas
            if (depth_m := _depth(gondola, hand[0])) is not None
        ]


def _head(joints: Mapping[str, Joint]) -> Floats | None:
    """Return the top of the head, or where it must be above the neck or between the shoulders."""
    if "head" in joints:
        return np.array(joints["head"].position)
    below = [joints["neck"]] if "neck" in joints else [joints[n] for n in SHOULDERS if n in joints]
    if not below or (len(below) == 1 and "neck" not in joints):
        return None  # one shoulder alone says little of where the head is
    top: Floats = np.mean([joint.position for joint in below], axis=0)
    top[2] += NECK_TO_TOP_M
    return top


def _hand(side: str, joints: Mapping[str, Joint]) -> tuple[Vec3, float] | None:
    """Return the middle of a hand and its score: as reported, or beyond the wrist along the forearm."""
    wrist, hand, elbow = (joints.get(f"{side}_{part}") for part in ("wrist", "hand", "elbow"))
    if wrist is None:
        return (hand.position, hand.score) if hand else None
    if hand and math.dist(hand.position, wrist.position) >= APART_M:
        return hand.position, hand.score
    if elbow is None:
        return wrist.position, wrist.score
    forearm = np.array(wrist.position) - np.array(elbow.position)
    length = float(np.linalg.norm(forearm))
    if length < APART_M:
        return wrist.position, wrist.score
    return vec3(np.array(wrist.position) + forearm * (HAND_M / length)), min(wrist.score, elbow.score)


def _depth(gondola: Gondola, hand: Vec3) -> float | None:
    """Return how far a hand is behind a gondola's front, metres; None when it is not in the slab of that front."""
    x, y, z = gondola.pose.unapply(hand).tolist()
    across = abs(x) <= gondola.width_m / 2 + MARGIN_M and 0.0 <= z <= gondola.height_m + MARGIN_M
    return y if across and -BEFORE_M <= y <= gondola.depth_m else None
