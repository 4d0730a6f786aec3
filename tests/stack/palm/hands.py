"""Palms that the tests of the palm reader share; generated once a process."""

from functools import cache

import numpy as np

from contracts.seeds import stream
from stack.palm.acquire import Reading, acquire
from stack.palm.keys import new_keys
from twin.palms import draw_palm, hand

SEED = 41


@cache
def palm(owner, side="right"):
    return draw_palm(SEED, owner, side)


@cache
def picture(owner, sample, side="right"):
    made = hand(palm(owner, side), sample)
    made.flags.writeable = False
    return made


def pictures(owner, count=3, side="right", first=0):
    return [picture(owner, f"enrol-{first + k}", side) for k in range(count)]


@cache
def probe(owner, sample, side="right"):
    reading = acquire(picture(owner, sample, side), check_live=False)
    assert isinstance(reading, Reading), reading
    return reading.probe


def entropy(name="entropy"):
    return stream(SEED, name).bytes


def keys(name="keys"):
    return new_keys(entropy(name))


def apart(windows, core):
    """Return the share of differing bits of the best window."""
    return np.count_nonzero(windows ^ core, axis=1).min() / core.size
