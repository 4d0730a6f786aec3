"""What a recording says of the run itself: how it began, where it stood every second, how it ended."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.record import Record


@dataclass(frozen=True, slots=True)
class Version:
    """A program and its version."""

    name: str
    version: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RunStart(Record):
    """The first message of a recording.

    Args:
        scenario: id of the scenario, or the name of an imported log.
        script: the scenario as YAML, so that a recording can be run again; "" for an imported log.
        store: store name.
        seed: the scenario's seed.
        renderer: name of the renderer, "" without cameras.
        stack: "reference" or the address of the stack under test.
        versions: of everything that shapes the bytes.
    """

    scenario: str
    script: str = ""
    store: str
    seed: int
    renderer: str = ""
    stack: str = "reference"
    versions: tuple[Version, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RunEnd(Record):
    """The last message of a recording that was closed in order.

    Args:
        status: "finished", "out of time", "interrupted" or "failed".
        reason: why, for people.
    """

    status: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Checkpoint(Record):
    """The rolling state of a recording: any difference between two runs is narrowed to a second by these.

    Args:
        messages: how many the digest covers.
        digest: SHA-256, hex, over all messages of sensors, truth and answers before this one.
    """

    messages: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ClockOffset(Record):
    """How far the clock of a device shim was from the run's, measured once a second.

    Args:
        shim: its address.
        offset_ns: positive when the shim's clock is ahead; right within half the round trip.
        round_trip_ns: of the question that measured it.
    """

    shim: str
    offset_ns: int
    round_trip_ns: int
