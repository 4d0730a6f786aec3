"""Reads a case of the public AutoCheckout format: the log of a real store, as the records of a run.

A case is a directory of four files of JSON lines: `plate_data.json` (60 Hz weights), `full_targets.json` (joints of
the store's own body tracker), `planogram.json` and `products.json`.
Source: the format of the CPS-IoT Week 2020 AutoCheckout competition.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np

from contracts.errors import BadFile, UsageError
from contracts.layout import Gondola, Layout
from contracts.records import Bodies, SensorRecord, Weights
from rig.autocheckout.bodies import read_bodies
from rig.autocheckout.layout import TRACKER, store_of
from rig.autocheckout.lines import rows
from rig.autocheckout.planogram import read_places, read_products
from rig.autocheckout.plates import Block, read_blocks, used_positions
from rig.paths import find_store

PLATES, TARGETS, PLANOGRAM, PRODUCTS = "plate_data.json", "full_targets.json", "planogram.json", "products.json"
SURVEYED = ("nanostore",)
"""Stores whose geometry is better known than a case's planogram says."""


@dataclass(frozen=True)
class Case:
    """One case, read and checked.

    Args:
        directory: where it lies.
        layout: the store, with the plates that report.
        blocks: plate messages by gondola number, times since 1970.
        bodies: what the body tracker saw, times since 1970.
    """

    directory: Path
    layout: Layout
    blocks: Mapping[int, Sequence[Block]]
    bodies: Sequence[Bodies]

    @cached_property
    def origin_ns(self) -> int:
        """The beginning of the run, nanoseconds since 1970: the first sample or sighting."""
        started = [blocks[0].started_ns for blocks in self.blocks.values()]
        return min(started + [min(record.captured_ns, record.t_ns) for record in self.bodies])

    def records(self) -> Iterator[SensorRecord]:
        """Yield all that the sensors said, in order of delivery, with bench times and sequence numbers from 1."""
        weights = (record for n in self.blocks for record in self._weights(n))
        everything: list[Weights | Bodies] = [*weights, *self.bodies]
        for seq, record in enumerate(sorted(everything, key=lambda record: (record.t_ns, record.source)), start=1):
            t_ns = record.t_ns - self.origin_ns
            if isinstance(record, Weights):
                yield replace(record, t_ns=t_ns, seq=seq, started_ns=record.started_ns - self.origin_ns)
            else:
                yield replace(record, t_ns=t_ns, seq=seq, captured_ns=record.captured_ns - self.origin_ns)

    def _weights(self, number: int) -> Iterator[Weights]:
        """Yield one gondola's messages, their columns in the order of its plates."""
        gondola = self.layout.gondola[f"gondola-{number}"]
        shelves, plates = zip(*_positions(gondola), strict=True) if gondola.plates else ((), ())
        for block in self.blocks[number]:
            yield Weights(
                t_ns=max(block.delivered_ns, block.started_ns + len(block.grams) * block.period_ns),
                source=gondola.id,
                started_ns=block.started_ns,
                period_ns=block.period_ns,
                grams=np.ascontiguousarray(block.grams[:, list(shelves), list(plates)]),
            )


def read_case(directory: Path, surveys: Sequence[Layout] | None = None) -> Case:
    """Read a case.

    Args:
        directory: holds its four files.
        surveys: stores whose geometry is used where the planogram agrees with it; None for those that the rig has.

    Raises:
        BadFile: a file is missing, cut or says something impossible; names file and line.
    """
    if not directory.is_dir():
        raise BadFile(
            "is no case", file=directory, expected=f"a directory with {PLATES}, {TARGETS}, {PLANOGRAM} and {PRODUCTS}"
        )
    blocks = read_blocks(rows(directory / PLATES))
    used = {number: used_positions(messages) for number, messages in blocks.items()}
    places = read_places(rows(directory / PLANOGRAM))
    products = read_products(rows(directory / PRODUCTS))
    layout = store_of(places, products, used, _surveys() if surveys is None else surveys)
    _check_racks(layout, blocks)
    return Case(directory, _with_rates(layout, blocks), blocks, _sightings(directory / TARGETS))


def _sightings(file: Path) -> list[Bodies]:
    return [
        Bodies(
            t_ns=row.seconds_ns("timestamp"),
            source=TRACKER,
            captured_ns=min(row.utc_ns("document", "header", "t_origin"), row.seconds_ns("timestamp")),
            bodies=read_bodies(row),
        )
        for row in rows(file)
    ]


def _surveys() -> list[Layout]:
    """Return the stores that the rig knows of."""
    from twin.store import load_store

    found: list[Layout] = []
    for name in SURVEYED:
        try:
            path = find_store(name)
        except UsageError:
            continue  # the planogram alone will do
        found.append(load_store(path).layout)
    return found


def _check_racks(layout: Layout, blocks: Mapping[int, Sequence[Block]]) -> None:
    for number, messages in blocks.items():
        if f"gondola-{number}" not in layout.gondola:
            raise messages[0].row.bad(
                "plates of a gondola that the planogram does not have", ", ".join(layout.gondola), f"gondola-{number}"
            )


def _with_rates(layout: Layout, blocks: Mapping[int, Sequence[Block]]) -> Layout:
    """Return the layout with the rates that the log shows."""
    first = {f"gondola-{number}": messages[0] for number, messages in blocks.items()}
    gondolas = tuple(
        replace(g, sample_rate_hz=round(1e9 / first[g.id].period_ns, 3), block=len(first[g.id].grams))
        if g.id in first
        else g
        for g in layout.gondolas
    )
    return replace(layout, gondolas=gondolas)


def _positions(gondola: Gondola) -> list[tuple[int, ...]]:
    """Return (shelf, plate) numbers of a gondola's plates, as their ids say."""
    return [tuple(int(part.rsplit("-", 1)[1]) for part in plate.id.split("/")[1:]) for plate in gondola.plates]
